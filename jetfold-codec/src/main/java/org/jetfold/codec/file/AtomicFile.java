package org.jetfold.codec.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A file that appears under its final name complete or not at all: it is written under a temporary
 * name in the same folder, forced to the device, and renamed.
 *
 * <p>A crash at any moment leaves the old file or the new one under the final name, and at worst a
 * temporary file (its name starts with a dot and ends with {@code .tmp}) beside it. A symbolic link
 * is followed, so that the file behind it is replaced. A target that exists and is no regular file,
 * such as {@code /dev/null} or a named pipe, is written directly. A file that is replaced leaves
 * its permissions to the new one; one that is read-only is not replaced. Not thread-safe.
 */
public final class AtomicFile implements Closeable {
  /** So many characters of the name are in the temporary file's. */
  private static final int MAX_SHOWN = 50;

  private final Path target;
  private final Path written;
  private final boolean overwrite;
  private @Nullable OutputStream stream;
  private boolean committed;

  private AtomicFile(Path target, Path written, boolean overwrite) {
    this.target = target;
    this.written = written;
    this.overwrite = overwrite;
  }

  /**
   * Prepares to write a file.
   *
   * @param overwrite whether a file of that name is replaced
   * @throws FileAlreadyExistsException where the file is there and must not be replaced
   * @throws IOException where the target is a folder or read-only, or its folder does not take a
   *     new file
   */
  public static AtomicFile create(Path target, boolean overwrite) throws IOException {
    if (Files.isDirectory(target)) {
      throw new FileSystemException(target.toString(), null, "is a folder");
    }
    if (Files.exists(target) && !Files.isRegularFile(target)) {
      return new AtomicFile(target, target, true);
    }
    if (Files.exists(target) && !overwrite) {
      throw new FileAlreadyExistsException(target.toString());
    }
    Path followed =
        Files.isSymbolicLink(target) && Files.exists(target)
            ? target.toRealPath()
            : target.toAbsolutePath();
    if (Files.exists(followed) && !Files.isWritable(followed)) {
      throw new FileSystemException(target.toString(), null, "is read-only");
    }
    AtomicFile file = new AtomicFile(followed, temporaryBeside(followed), overwrite);
    // The file is made at once, so that a folder that is missing or read-only shows before hours of
    // work.
    Files.newOutputStream(file.written, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)
        .close();
    return file;
  }

  private static Path temporaryBeside(Path target) {
    String random = HexFormat.of().toHexDigits(new SplittableRandom().nextLong());
    String name = String.valueOf(target.getFileName());
    // A name that is nearly as long as names can be has no room for more.
    int shown = Math.min(MAX_SHOWN, name.codePointCount(0, name.length()));
    String start = name.substring(0, name.offsetByCodePoints(0, shown));
    return target.resolveSibling("." + start + "." + random + ".tmp");
  }

  /**
   * Where the bytes go until {@link #commit}; for writers that open files themselves, instead of
   * {@link #stream}.
   */
  public Path path() {
    return written;
  }

  /**
   * A good place for other temporary files of the same size: the folder that the file is written
   * in, where it is a real one.
   */
  public Path folder() {
    if (written.equals(target)) {
      return Path.of(System.getProperty("java.io.tmpdir", "."));
    }
    Path parent = written.toAbsolutePath().getParent();
    return parent == null ? Path.of(".") : parent;
  }

  /**
   * Takes the file's bytes; unbuffered. The same stream at every call; closing it does not complete
   * the file.
   */
  public OutputStream stream() throws IOException {
    OutputStream open = stream;
    if (open == null) {
      OpenOption[] options =
          written.equals(target)
              ? new OpenOption[] {StandardOpenOption.WRITE}
              : new OpenOption[] {StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING};
      open = Files.newOutputStream(written, options);
      stream = open;
    }
    return open;
  }

  /** Forces the bytes to the device and puts them under the final name. */
  public void commit() throws IOException {
    closeStream();
    if (!written.equals(target)) {
      try (FileChannel channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      if (!overwrite && Files.exists(target)) {
        throw new FileAlreadyExistsException(target.toString());
      }
      keepMode();
      Files.move(written, target, StandardCopyOption.ATOMIC_MOVE);
      forceFolder();
    }
    committed = true;
  }

  /** Whoever could read the file that is replaced can read the new one, and nobody else. */
  private void keepMode() throws IOException {
    PosixFileAttributeView mode = Files.getFileAttributeView(written, PosixFileAttributeView.class);
    if (mode != null && Files.exists(target)) {
      mode.setPermissions(Files.getPosixFilePermissions(target));
    }
  }

  private void forceFolder() {
    // The rename is in the folder's data. Not every system lets a folder be opened; there the
    // rename lasts a little later.
    try (FileChannel folder =
        FileChannel.open(target.resolveSibling("."), StandardOpenOption.READ)) {
      folder.force(true);
    } catch (IOException e) {
      return;
    }
  }

  private void closeStream() throws IOException {
    OutputStream open = stream;
    if (open != null) {
      open.close();
    }
  }

  /** Removes the temporary file where {@link #commit} did not happen. */
  @Override
  public void close() throws IOException {
    if (committed) {
      return;
    }
    try {
      closeStream();
    } finally {
      if (!written.equals(target)) {
        Files.deleteIfExists(written);
      }
    }
  }
}
