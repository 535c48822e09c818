package org.jetfold.spark.write;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;

/**
 * The file of one attempt of a task. Closed before it is complete, it is removed. Not thread-safe.
 */
final class AttemptFile implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final FileSystem system;
  private final Path file;
  private final OutputStream out;
  private boolean complete;

  private AttemptFile(FileSystem system, Path file, OutputStream out) {
    this.system = system;
    this.file = file;
    this.out = out;
  }

  /**
   * Makes the file; a folder that was removed, as the job has ended, is not made again.
   *
   * @param name of the file, without what tells the attempts apart
   */
  static AttemptFile create(String folder, String name, Configuration configuration)
      throws IOException {
    Path file = new Path(folder, "%s.%d".formatted(name, TaskContext.get().taskAttemptId()));
    FileSystem system = file.getFileSystem(configuration);
    OutputStream out =
        new BufferedOutputStream(system.createFile(file).overwrite(true).build(), BUFFER);
    return new AttemptFile(system, file, out);
  }

  String name() {
    return file.getName();
  }

  OutputStream stream() {
    return out;
  }

  /** Ends the file. */
  void complete() throws IOException {
    out.close();
    complete = true;
  }

  @Override
  public void close() throws IOException {
    if (!complete) {
      try (out) {
        complete = true;
      } finally {
        system.delete(file, false);
      }
    }
  }
}
