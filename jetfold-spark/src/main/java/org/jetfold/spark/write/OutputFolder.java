package org.jetfold.spark.write;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.tables.format.TableUsageException;

/**
 * A folder that a job writes, wholly or not at all. Tasks write into a hidden folder beside it; the
 * job's end puts the files of those attempts that count under their final names, and the folder in
 * its place by one renaming. Files that are added to a folder are renamed one by one, and taken
 * back where one fails. Used by the driver; not thread-safe.
 */
public final class OutputFolder implements AutoCloseable {
  /** How often removing a folder is tried again, which tasks still write to. */
  private static final int REMOVALS = 50;

  private static final Duration PAUSE = Duration.ofMillis(100);

  private final FileSystem system;
  private final Path target;
  private final Path hidden;
  private final Mode mode;

  /** What becomes of a folder that is there. */
  public enum Mode {
    /** It must not be there. */
    CREATE,
    /** Files are added to it. */
    APPEND,
    /** It is replaced. */
    REPLACE
  }

  private OutputFolder(FileSystem system, Path target, Path hidden, Mode mode) {
    this.system = system;
    this.target = target;
    this.hidden = hidden;
    this.mode = mode;
  }

  /**
   * Begins to write.
   *
   * @throws TableUsageException where the folder is there and must not be, or is a file
   */
  public static OutputFolder begin(String path, Mode mode, Configuration configuration)
      throws IOException {
    Path given = new Path(path);
    FileSystem system = given.getFileSystem(configuration);
    Path target = system.makeQualified(given);
    try {
      FileStatus there = system.getFileStatus(target);
      if (!there.isDirectory()) {
        throw new TableUsageException(path + ": is a file: name a folder");
      }
      if (mode == Mode.CREATE) {
        throw new TableUsageException(
            TableUsageException.Subject.OVERWRITE,
            path + ": exists already: choose another name, or overwrite it");
      }
    } catch (FileNotFoundException ignored) {
      // As it should be.
    }
    Path parent = target.getParent();
    if (parent == null) {
      throw new TableUsageException(path + ": is no folder that can be made");
    }
    Path hidden =
        new Path(
            mode == Mode.APPEND ? target : parent,
            ".%s.%s".formatted(target.getName(), UUID.randomUUID()));
    OutputFolder folder = new OutputFolder(system, target, hidden, mode);
    system.mkdirs(folder.attempts());
    return folder;
  }

  /** Where tasks write, each attempt under a name of its own. */
  Path attempts() {
    return new Path(hidden, "attempts");
  }

  /**
   * Ends the job.
   *
   * @param tasks what each task wrote, in the attempt that counts
   * @throws UnreadableTableException where a file is not there, or not whole: nothing is visible
   *     then
   */
  void commit(List<TaskFile> tasks) throws IOException {
    List<TaskFile> files = tasks.stream().filter(TaskFile::isThere).toList();
    Path ready = new Path(hidden, "files");
    system.mkdirs(ready);
    for (TaskFile file : files) {
      Path attempt = new Path(attempts(), String.valueOf(file.attempt()));
      if (system.getFileStatus(attempt).getLen() != file.bytes()) {
        throw new UnreadableTableException(
            "%s: has not the %d bytes that its task wrote: is the folder one that all machines share?"
                .formatted(attempt, file.bytes()));
      }
      rename(attempt, new Path(ready, file.name()));
    }
    switch (mode) {
      case CREATE -> rename(ready, target);
      case APPEND -> append(ready, files);
      case REPLACE -> replace(ready);
    }
  }

  private void append(Path ready, List<TaskFile> files) throws IOException {
    List<Path> done = new ArrayList<>();
    try {
      for (TaskFile file : files) {
        Path name = new Path(target, file.name());
        rename(new Path(ready, file.name()), name);
        done.add(name);
      }
    } catch (IOException e) {
      for (Path name : done) {
        system.delete(name, false);
      }
      throw e;
    }
  }

  private void replace(Path ready) throws IOException {
    if (!system.exists(target)) {
      rename(ready, target);
      return;
    }
    Path before = new Path(hidden, "before");
    rename(target, before);
    try {
      rename(ready, target);
    } catch (IOException e) {
      rename(before, target);
      throw e;
    }
  }

  private void rename(Path from, Path to) throws IOException {
    if (system.exists(to) || !system.rename(from, to)) {
      throw new IOException("%s cannot be renamed to %s".formatted(from, to));
    }
  }

  /**
   * Removes what tasks have written, and the job's end has not put in its place. Tasks of a job
   * that failed may still be at work: where one makes a file meanwhile, the folder cannot be
   * removed yet.
   */
  @Override
  public void close() throws IOException {
    system.delete(hidden, true);
    for (int again = 0; again < REMOVALS && system.exists(hidden); again++) {
      LockSupport.parkNanos(PAUSE.toNanos());
      system.delete(hidden, true);
    }
  }
}
