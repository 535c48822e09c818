package org.jetfold.root;

/** A file uses something of the ROOT format that this library does not read. */
public final class UnsupportedRootException extends RootException {
  private static final long serialVersionUID = 1L;

  /** What is not supported at a byte offset of a file. */
  public UnsupportedRootException(String file, long offset, String reason) {
    super(file, "", offset, reason);
  }

  private UnsupportedRootException(String place, UnsupportedRootException other) {
    super(other.file(), place, other.offset(), other.reason());
    initCause(other);
  }

  @Override
  public UnsupportedRootException at(String name) {
    return new UnsupportedRootException(name, this);
  }
}
