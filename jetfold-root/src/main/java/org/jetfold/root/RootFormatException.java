package org.jetfold.root;

import java.io.IOException;

/**
 * A file is not what the ROOT format allows: damaged, cut off, or of a kind that this library does
 * not know. The message names the file and the byte offset.
 */
public final class RootFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final long offset;

  /**
   * @param file the file's name
   * @param offset the byte offset in the file; where the bytes were compressed, that of the key or
   *     page that held them
   * @param message what is wrong there
   */
  public RootFormatException(String file, long offset, String message) {
    super("%s: byte %d: %s".formatted(file, offset, message));
    this.file = file;
    this.offset = offset;
  }

  /** The same, with the error that led to it. */
  public RootFormatException(String file, long offset, String message, Throwable cause) {
    this(file, offset, message);
    initCause(cause);
  }

  /** The file's name. */
  public String file() {
    return file;
  }

  /** The byte offset in the file. */
  public long offset() {
    return offset;
  }
}
