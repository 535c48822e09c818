package org.jetfold.tables.format;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jetfold.codec.file.AtomicFile;
import org.jspecify.annotations.Nullable;

/**
 * Where a table is written: a file that appears under its name when it is complete, or a stream
 * that stays open. Not thread-safe.
 */
public final class TableOutput implements Closeable {
  private final String name;
  private final @Nullable AtomicFile file;
  private final @Nullable OutputStream stream;
  private @Nullable Path beforeStream;

  private TableOutput(String name, @Nullable AtomicFile file, @Nullable OutputStream stream) {
    this.name = name;
    this.file = file;
    this.stream = stream;
  }

  /**
   * A file.
   *
   * @param overwrite whether a file of that name is replaced
   * @throws java.nio.file.FileAlreadyExistsException where the file is there and must not be
   *     replaced
   * @throws IOException where the folder does not take a new file
   */
  public static TableOutput file(String name, Path path, boolean overwrite) throws IOException {
    return new TableOutput(name, AtomicFile.create(path, overwrite), null);
  }

  /** A stream, which may be a pipe. */
  public static TableOutput stream(String name, OutputStream stream) {
    return new TableOutput(name, null, stream);
  }

  /** What messages call the output. */
  public String name() {
    return name;
  }

  /** Takes the bytes; unbuffered. Closing it does not complete the file. */
  public OutputStream stream() throws IOException {
    return stream != null ? stream : Objects.requireNonNull(file).stream();
  }

  /**
   * The temporary file that the bytes go to, for writers that open files themselves. What is
   * written there goes to the stream, where that is the output, when it is complete.
   */
  public Path path() throws IOException {
    if (file != null) {
      return file.path();
    }
    if (beforeStream == null) {
      beforeStream = Files.createTempFile(temporaryFolder(), "jetfold", ".tmp");
    }
    return beforeStream;
  }

  /** A folder for temporary files as large as the output. */
  public Path temporaryFolder() {
    return file == null ? Path.of(System.getProperty("java.io.tmpdir", ".")) : file.folder();
  }

  /** Ends the output: what was written to the file appears under its name. */
  public void commit() throws IOException {
    if (stream != null) {
      if (beforeStream != null) {
        Files.copy(beforeStream, stream);
      }
      stream.flush();
    }
    if (file != null) {
      file.commit();
    }
  }

  /** Removes a file that is not complete; a stream stays open. */
  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
    if (beforeStream != null) {
      Files.deleteIfExists(beforeStream);
    }
  }
}
