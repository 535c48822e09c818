package org.jetfold.spark.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.jetfold.codec.error.JetfoldException;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.tables.format.TableUsageException;
import org.jspecify.annotations.Nullable;

/**
 * A file that programs can open which know nothing of Hadoop: the file itself where it is on the
 * machine or on a file system that is mounted there, else a copy in the folder for temporary files,
 * which is removed in the end.
 */
public final class LocalCopy implements Closeable {
  private final String original;
  private final Path path;
  private final @Nullable Path folder;

  private LocalCopy(String original, Path path, @Nullable Path folder) {
    this.original = original;
    this.path = path;
    this.folder = folder;
  }

  /** Whether a file is on the machine, or on a file system that is mounted there. */
  public static boolean isLocal(String original, Configuration configuration) throws IOException {
    return new org.apache.hadoop.fs.Path(original).getFileSystem(configuration)
        instanceof LocalFileSystem;
  }

  /** The file with a path of Hadoop's. */
  public static LocalCopy of(String original, Configuration configuration) throws IOException {
    org.apache.hadoop.fs.Path remote = new org.apache.hadoop.fs.Path(original);
    FileSystem system = remote.getFileSystem(configuration);
    if (system instanceof LocalFileSystem local) {
      return new LocalCopy(original, local.pathToFile(remote).toPath(), null);
    }
    Path folder = Files.createTempDirectory("jetfold");
    Path copy = folder.resolve(remote.getName());
    system.copyToLocalFile(false, remote, new org.apache.hadoop.fs.Path(copy.toUri()), true);
    return new LocalCopy(original, copy, folder);
  }

  /** Where the bytes are. */
  public Path path() {
    return path;
  }

  /** A message about the file with the name that the user knows. */
  public String shown(String message) {
    return message.replace(path.toString(), original);
  }

  /** A failure of reading the file, with the name that the user knows. */
  public JetfoldException named(JetfoldException failure) {
    String message = shown(String.valueOf(failure.getMessage()));
    String whole = message.startsWith(original) ? message : original + ": " + message;
    return failure instanceof TableUsageException
        ? new TableUsageException(whole)
        : new UnreadableTableException(whole, failure);
  }

  @Override
  public void close() throws IOException {
    if (folder != null) {
      Files.deleteIfExists(path);
      Files.deleteIfExists(folder);
    }
  }
}
