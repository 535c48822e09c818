package org.jetfold.codec.bytes;

/**
 * Bytes do not follow the format. Unchecked, because it travels through deep decoding loops; the
 * container turns it into the checked exception that users of the library see.
 */
public final class MalformedBytesException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long offset;

  /**
   * What is wrong and where.
   *
   * @param offset of the offending byte, counted as the reader that found it counts
   */
  public MalformedBytesException(long offset, String message) {
    super(message);
    this.offset = offset;
  }

  /** Where the offending byte is. */
  public long offset() {
    return offset;
  }
}
