package org.jetfold.codec.entropy;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.ByteWriter;

/**
 * Offsets in leaves, packed bit by bit from the least significant bit up (docs/format.md section
 * 9).
 */
final class RawBits {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private RawBits() {}

  /** Writes of each symbol its offset in its leaf. */
  static void pack(
      Distribution distribution, long[] symbols, char[] leaves, int count, ByteWriter out) {
    if (!distribution.hasRawBits()) {
      return;
    }
    long buffer = 0;
    int filled = 0;
    for (int i = 0; i < count; i++) {
      int level = distribution.level(leaves[i]);
      if (level == 0) {
        continue;
      }
      long offset = symbols[i] - distribution.first(leaves[i]);
      buffer |= offset << filled;
      filled += level;
      if (filled >= 64) {
        out.u64(buffer);
        filled -= 64;
        // A shift by 64 would be a shift by 0.
        buffer = filled == 0 ? 0 : offset >>> (level - filled);
      }
    }
    for (; filled > 0; filled -= 8) {
      out.u8((int) buffer);
      buffer >>>= 8;
    }
  }

  /** Reads the offsets, which must fill the rest of the reader, and gives the symbols. */
  static void unpack(
      Distribution distribution, ByteReader in, char[] leaves, long[] symbols, int count) {
    if (!distribution.hasRawBits()) {
      in.expectEnd("a stream");
      for (int i = 0; i < count; i++) {
        symbols[i] = distribution.first(leaves[i]);
      }
      return;
    }
    long bits = 0;
    for (int i = 0; i < count; i++) {
      bits += distribution.level(leaves[i]);
    }
    if ((bits + 7) >>> 3 != in.remaining()) {
      throw in.malformed(
          "a stream has %d bytes of raw bits, but needs %d"
              .formatted(in.remaining(), (bits + 7) >>> 3));
    }
    // Eight spare bytes let every offset be loaded as a long.
    byte[] bytes =
        Arrays.copyOfRange(in.array(), in.position(), in.position() + in.remaining() + 8);
    Arrays.fill(bytes, in.remaining(), bytes.length, (byte) 0);
    long position = 0;
    for (int i = 0; i < count; i++) {
      int leaf = leaves[i];
      int level = distribution.level(leaf);
      long offset = 0;
      if (level > 0) {
        int at = (int) (position >>> 3);
        int shift = (int) position & 7;
        offset = (long) LONG.get(bytes, at) >>> shift;
        if (shift + level > 64) {
          offset |= (long) bytes[at + 8] << (64 - shift);
        }
        if (level < 64) {
          offset &= (1L << level) - 1;
        }
        position += level;
      }
      symbols[i] = distribution.first(leaf) + offset;
    }
    int last = (int) position & 7;
    if (last != 0 && (bytes[in.remaining() - 1] & 0xFF) >>> last != 0) {
      throw in.malformed("the last byte of a stream is not filled with zeros");
    }
  }
}
