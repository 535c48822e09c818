package org.jetfold.cli.console;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * UTF-8 text on its way to a terminal: bytes of control characters become question marks, so that a
 * name or a value in a file cannot send the terminal commands. Tabs and line ends stay.
 */
final class TerminalOutput extends FilterOutputStream {
  /** The first byte of U+0080 to U+00BF in UTF-8; control characters up to U+009F. */
  private static final int LEAD = 0xC2;

  private boolean led;

  TerminalOutput(OutputStream terminal) {
    super(terminal);
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    byte[] shown = new byte[length];
    for (int i = 0; i < length; i++) {
      int value = bytes[from + i] & 0xFF;
      boolean control =
          value < ' ' ? value != '\t' && value != '\n' && value != '\r' : value == 0x7F;
      boolean controlPair = led && value >= 0x80 && value < 0xA0;
      // Where the pair's first byte is out already, a no-break space comes of it, which is
      // harmless.
      shown[i] = (byte) (controlPair ? 0xA0 : control ? '?' : value);
      led = value == LEAD;
    }
    out.write(shown, 0, length);
  }
}
