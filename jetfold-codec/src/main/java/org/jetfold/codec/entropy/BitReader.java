package org.jetfold.codec.entropy;

import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.MalformedBytesException;

/** Reads what {@link BitWriter} writes. Not thread-safe. */
final class BitReader {
  private final ByteReader in;
  private long buffer;
  private int filled;

  BitReader(ByteReader in) {
    this.in = in;
  }

  /** Reads {@code count} bits, at most 32. */
  long read(int count) {
    for (; filled < count; filled += Byte.SIZE) {
      buffer |= (long) in.u8() << filled;
    }
    long value = buffer & ((1L << count) - 1);
    buffer >>>= count;
    filled -= count;
    return value;
  }

  /**
   * Checks that the rest of the last byte is zeros.
   *
   * @throws MalformedBytesException where it is not
   */
  void finish() {
    if (buffer != 0) {
      throw in.malformed("the last byte of a coder's states is not filled with zeros");
    }
  }
}
