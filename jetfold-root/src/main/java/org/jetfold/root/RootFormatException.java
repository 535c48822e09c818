package org.jetfold.root;

/** A file is not what the ROOT format allows: it is damaged, cut off, or no ROOT file at all. */
public final class RootFormatException extends RootException {
  private static final long serialVersionUID = 1L;

  /** What is wrong at a byte offset of a file. */
  public RootFormatException(String file, long offset, String reason) {
    super(file, "", offset, reason);
  }

  /** The same, with the error that led to it. */
  public RootFormatException(String file, long offset, String reason, Throwable cause) {
    this(file, offset, reason);
    initCause(cause);
  }

  private RootFormatException(String place, RootFormatException other) {
    super(other.file(), place, other.offset(), other.reason());
    initCause(other);
  }

  @Override
  public RootFormatException at(String name) {
    return new RootFormatException(name, this);
  }
}
