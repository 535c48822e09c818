package org.jetfold.tables.format;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.jetfold.codec.error.JetfoldException;
import org.jetfold.codec.table.UnreadableTableException;

/** Says why a file cannot be read or written: its name and the reason, on one line. */
public final class FileFailures {
  private FileFailures() {}

  /**
   * A failure of a device while reading, with the file's name in its message.
   *
   * @throws UnreadableTableException where it is the file's: it ends early, or is not there
   */
  public static IOException reading(String name, IOException failure) {
    return switch (failure) {
      case EOFException e ->
          throw new UnreadableTableException(name + ": it ends early: it is damaged or cut off", e);
      case FileSystemException e -> throw new UnreadableTableException(cannot(name, "read", e), e);
      default -> new IOException(cannot(name, "read", failure), failure);
    };
  }

  /** A failure of writing, with the file's name in its message. */
  public static IOException writing(String name, IOException failure) {
    return new IOException(cannot(name, "written", failure), failure);
  }

  private static String cannot(String name, String done, IOException failure) {
    return JetfoldException.oneLine("%s: cannot be %s: %s".formatted(name, done, reason(failure)));
  }

  /** What went wrong with a file, a folder or a device. */
  public static String reason(IOException failure) {
    return switch (failure) {
      case NoSuchFileException unused -> "there is no such file or folder";
      case AccessDeniedException unused -> "permission denied";
      case FileSystemException e when e.getReason() != null -> e.getReason();
      default -> String.valueOf(failure.getMessage());
    };
  }
}
