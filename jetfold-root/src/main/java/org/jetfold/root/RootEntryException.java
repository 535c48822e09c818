package org.jetfold.root;

/**
 * An entry of a branch does not hold what the file's description of its class says, although its
 * basket is whole. The class may have been written by code of its own.
 */
public final class RootEntryException extends RootException {
  private static final long serialVersionUID = 1L;

  /** What is wrong with an entry. */
  public RootEntryException(String place, RootFormatException cause) {
    super(cause.file(), place, cause.offset(), cause.reason());
    initCause(cause);
  }

  private RootEntryException(String place, RootEntryException other) {
    super(other.file(), place, other.offset(), other.reason());
    initCause(other);
  }

  @Override
  public RootEntryException at(String name) {
    return new RootEntryException(name, this);
  }
}
