package org.jetfold.codec.entropy;

import org.jetfold.codec.bytes.ByteWriter;

/** Packs a few small numbers, each from its least significant bit up. Not thread-safe. */
final class BitWriter {
  private final ByteWriter out;
  private long buffer;
  private int filled;

  BitWriter(ByteWriter out) {
    this.out = out;
  }

  /** Writes the lowest {@code count} bits, at most 32, of a value that has no others. */
  void write(long value, int count) {
    buffer |= value << filled;
    filled += count;
    for (; filled >= Byte.SIZE; filled -= Byte.SIZE) {
      out.u8((int) buffer & 0xFF);
      buffer >>>= Byte.SIZE;
    }
  }

  /** Fills the last byte with zeros. */
  void finish() {
    if (filled > 0) {
      out.u8((int) buffer);
      filled = 0;
      buffer = 0;
    }
  }
}
