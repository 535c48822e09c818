package org.jetfold.codec.reference;

/** What is wrong with a file, in the words of docs/format.md. */
public final class FileError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean unsupported;

  private FileError(boolean unsupported, String message) {
    super(message);
    this.unsupported = unsupported;
  }

  static FileError damaged(long offset, String message) {
    return new FileError(false, "byte " + offset + ": " + message);
  }

  static FileError unsupported(String message) {
    return new FileError(true, message);
  }

  /** True where the file may be right, but needs what this version of the document does not say. */
  public boolean isUnsupported() {
    return unsupported;
  }
}
