package org.jetfold.cli.file;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jetfold.cli.console.CommandFailure;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.cli.console.Failures;
import org.jetfold.cli.console.Streams;
import org.jetfold.codec.file.AtomicFile;
import org.jetfold.codec.text.Quantities;
import org.jetfold.tables.TableFiles;
import org.jetfold.tables.format.FileFailures;
import org.jspecify.annotations.Nullable;

/**
 * Where a {@code .jetf} file goes: a file that appears complete or not at all, or standard output.
 */
public final class OutputFile implements Closeable {
  private static final int BUFFER = 1 << 16;

  private final String name;
  private final @Nullable AtomicFile file;
  private final OutputStream stream;
  private long bytes;

  private OutputFile(String name, @Nullable AtomicFile file, OutputStream stream) {
    this.name = name;
    this.file = file;
    this.stream = new BufferedOutputStream(new Named(stream), BUFFER);
  }

  /**
   * Starts to write.
   *
   * @param name a file name, or {@code -}
   */
  public static OutputFile create(String name, boolean overwrite, Streams streams) {
    if (name.equals(TableFiles.STANDARD)) {
      if (streams.outIsTerminal()) {
        throw CommandFailure.usage(
            "a Jetfold file is not text: name a file with -o, or send the output to a"
                + " program");
      }
      return new OutputFile("standard output", null, streams.out());
    }
    Path target = FileNames.path(name);
    Path folder = target.getParent();
    if (folder != null && !Files.exists(folder)) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "%s: cannot be written: there is no folder %s; make it first".formatted(name, folder));
    }
    try {
      AtomicFile file = AtomicFile.create(target, overwrite);
      try {
        return new OutputFile(name, file, file.stream());
      } catch (IOException e) {
        file.close();
        throw e;
      }
    } catch (IOException e) {
      throw Failures.about(name, e);
    }
  }

  /** A line that says what was written. */
  public String written() {
    return "%s: %s written".formatted(name, Quantities.bytes(bytes));
  }

  public OutputStream stream() {
    return stream;
  }

  /** Writes all that the file will be, so that {@link #commit} has little left that can fail. */
  public void write(byte[] bytes) throws IOException {
    stream.write(bytes);
    stream.flush();
  }

  /** Takes a file away that got its name: what belongs to it could not be written. */
  public void remove() throws IOException {
    if (file != null && Files.isRegularFile(FileNames.path(name))) {
      Files.delete(FileNames.path(name));
    }
  }

  /** Puts the file under its final name. */
  public void commit() throws IOException {
    stream.flush();
    if (file != null) {
      try {
        file.commit();
      } catch (IOException e) {
        throw named(e);
      }
    }
  }

  private IOException named(IOException e) {
    return FileFailures.writing(name, e);
  }

  @Override
  public void close() {
    if (file == null) {
      return;
    }
    try {
      file.close();
    } catch (IOException e) {
      throw Failures.about(name, e);
    }
  }

  /** Puts the file's name into what a failing device says. */
  private final class Named extends OutputStream {
    private final OutputStream target;

    Named(OutputStream target) {
      this.target = target;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      try {
        target.write(bytes, from, length);
        OutputFile.this.bytes += length;
      } catch (IOException e) {
        throw named(e);
      }
    }

    @Override
    public void flush() throws IOException {
      try {
        target.flush();
      } catch (IOException e) {
        throw named(e);
      }
    }
  }
}
