package org.jetfold.spark.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.jetfold.tables.format.TableUsageException;

/**
 * A file that the driver writes, wholly or not at all: under a hidden name beside its own, which it
 * gets in the end. Not thread-safe.
 */
public final class OutputFile implements Closeable {
  private final FileSystem system;
  private final Path file;
  private final Path hidden;

  private OutputFile(FileSystem system, Path file, Path hidden) {
    this.system = system;
    this.file = file;
    this.hidden = hidden;
  }

  /** Writes the bytes. */
  @FunctionalInterface
  public interface Content {
    /** Writes to a stream, which it leaves open. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Checks that a file can be written, before it is known what.
   *
   * @param replace whether it may be there
   * @throws TableUsageException where it is there and must not be
   */
  public static OutputFile at(String path, boolean replace, Configuration configuration)
      throws IOException {
    Path file = new Path(path);
    FileSystem system = file.getFileSystem(configuration);
    if (!replace && system.exists(file)) {
      throw new TableUsageException(
          TableUsageException.Subject.OVERWRITE,
          path + ": exists already: choose another name, or overwrite it");
    }
    Path hidden =
        new Path(parent(system, file), ".%s.%s".formatted(file.getName(), UUID.randomUUID()));
    return new OutputFile(system, file, hidden);
  }

  private static Path parent(FileSystem system, Path file) {
    return Objects.requireNonNullElseGet(file.getParent(), system::getWorkingDirectory);
  }

  /** Writes the file. */
  public void write(Content content) throws IOException {
    try (OutputStream out = system.create(hidden, false)) {
      content.writeTo(out);
    }
    system.delete(file, false);
    if (!system.rename(hidden, file)) {
      throw new IOException("%s cannot be renamed to %s".formatted(hidden, file));
    }
  }

  /** Removes what was not ended. */
  @Override
  public void close() throws IOException {
    system.delete(hidden, false);
  }
}
