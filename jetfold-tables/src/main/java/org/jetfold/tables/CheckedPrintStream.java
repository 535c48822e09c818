package org.jetfold.tables;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;

/**
 * A print stream, such as standard output, that reports its failures instead of only remembering
 * them.
 */
final class CheckedPrintStream extends OutputStream {
  private final PrintStream out;

  CheckedPrintStream(PrintStream out) {
    this.out = out;
  }

  @Override
  public void write(int value) throws IOException {
    out.write(value);
    check();
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    out.write(bytes, from, length);
    check();
  }

  @Override
  public void flush() throws IOException {
    check();
  }

  /** Also flushes. */
  private void check() throws IOException {
    if (out.checkError()) {
      throw new IOException("nobody reads it any more, or no space is left");
    }
  }
}
