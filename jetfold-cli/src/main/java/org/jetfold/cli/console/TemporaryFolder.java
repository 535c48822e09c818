package org.jetfold.cli.console;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The folder that the launcher made for the temporary files of this process, native libraries that
 * are unpacked included. It is removed at the end, and so are the folders that processes of the
 * same user left when they were killed: those whose lock nobody holds.
 */
public final class TemporaryFolder implements AutoCloseable {
  /** The property with the folder's name; without it there is none. */
  private static final String PROPERTY = "jetfold.temporary";

  private static final String PATTERN = "jetfold-????????";
  private static final String LOCK = "lock";

  /** A folder without a lock may be that of a process that is about to take it. */
  private static final Duration STARTING = Duration.ofMinutes(10);

  private final @Nullable Path folder;
  private final @Nullable FileChannel lock;

  private TemporaryFolder(@Nullable Path folder, @Nullable FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /** Takes the folder of this process, and removes those of processes that are gone. */
  public static TemporaryFolder ofProcess() {
    String name = System.getProperty(PROPERTY);
    if (name == null) {
      return new TemporaryFolder(null, null);
    }
    Path folder = Path.of(name);
    FileChannel lock = null;
    try {
      lock = lock(folder);
      removeLeftovers(folder);
    } catch (IOException _) {
      // The command does without: it says so itself where it needs the folder.
    }
    return new TemporaryFolder(folder, lock);
  }

  /** An open file whose lock this process holds; null where another does. */
  private static @Nullable FileChannel lock(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve(LOCK),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);
    FileLock lock = null;
    try {
      lock = channel.tryLock();
      return lock == null ? null : channel;
    } finally {
      if (lock == null) {
        channel.close();
      }
    }
  }

  private static void removeLeftovers(Path own) throws IOException {
    Path around = own.getParent();
    if (around == null) {
      return;
    }
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(around, PATTERN)) {
      for (Path folder : folders) {
        if (!folder.equals(own) && isLeftover(folder, own)) {
          remove(folder);
        }
      }
    }
  }

  private static boolean isLeftover(Path folder, Path own) {
    try {
      if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
          || !Files.getOwner(folder).equals(Files.getOwner(own))) {
        return false;
      }
      if (!Files.exists(folder.resolve(LOCK))) {
        Instant changed = Files.getLastModifiedTime(folder).toInstant();
        return changed.isBefore(Instant.now().minus(STARTING));
      }
      try (FileChannel free = lock(folder)) {
        return free != null;
      }
    } catch (IOException _) {
      return false;
    }
  }

  private static void remove(Path folder) {
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.deleteIfExists(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
                throws IOException {
              Files.deleteIfExists(visited);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException _) {
      // The next run tries again.
    }
  }

  /** Removes the folder. */
  @Override
  public void close() {
    if (folder != null) {
      remove(folder);
    }
    try {
      if (lock != null) {
        lock.close();
      }
    } catch (IOException _) {
      // The process ends now.
    }
  }
}
