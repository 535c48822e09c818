package org.jetfold.root;

import java.io.IOException;

/**
 * A ROOT file, or a part of it, cannot be read. The message names the file, the column where there
 * is one, the byte offset, and the reason.
 */
public abstract sealed class RootException extends IOException
    permits RootFormatException, UnsupportedRootException, RootEntryException {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final String place;
  private final long offset;
  private final String reason;

  /**
   * @param file the file's name
   * @param place where in the file, in words; empty where the offset says it all
   * @param offset the byte offset in the file; where the bytes were compressed, that of the key or
   *     page that held them
   * @param reason what is wrong there
   */
  RootException(String file, String place, long offset, String reason) {
    super(file + ": " + detail(place, offset, reason));
    this.file = file;
    this.place = place;
    this.offset = offset;
    this.reason = reason;
  }

  private static String detail(String place, long offset, String reason) {
    String at = "byte %d: %s".formatted(offset, reason);
    return place.isEmpty() ? at : place + ": " + at;
  }

  /** The file's name, without its folders. */
  public final String file() {
    return file;
  }

  /** The byte offset in the file. */
  public final long offset() {
    return offset;
  }

  /** The message without the file's name. */
  public final String detail() {
    return detail(place, offset, reason);
  }

  /** Whether it is known where it was met, beside the offset. */
  public final boolean hasPlace() {
    return !place.isEmpty();
  }

  /** What is wrong, without the place. */
  public final String reason() {
    return reason;
  }

  /**
   * The same failure with the place where it was met.
   *
   * @param name what messages call the place: a tree and a branch, say
   */
  public abstract RootException at(String name);
}
