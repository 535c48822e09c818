package org.jetfold.codec.entropy;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
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

  /** Up to this level, an offset and the bits of a byte before it fit a long together. */
  private static final int SHORT = 56;

  /** Writes of each symbol its offset in its leaf. */
  static void pack(
      Distribution distribution, long[] symbols, char[] leaves, int count, ByteWriter out) {
    int highest = distribution.highestLevel();
    if (highest == 0) {
      return;
    }
    if (highest > SHORT) {
      packLong(distribution, symbols, leaves, count, out);
      return;
    }
    long[] first = distribution.firsts();
    byte[] levels = distribution.levels();
    byte[] bytes = new byte[(int) (((long) count * highest + 7) >>> 3) + Long.BYTES];
    long buffer = 0;
    int filled = 0;
    int at = 0;
    // Whole bytes are stored eight at a time and overwritten by the next store; no branch depends
    // on the data.
    for (int i = 0; i < count; i++) {
      int leaf = leaves[i];
      buffer |= (symbols[i] - first[leaf]) << filled;
      filled += levels[leaf];
      LONG.set(bytes, at, buffer);
      at += filled >>> 3;
      buffer >>>= filled & ~7;
      filled &= 7;
    }
    out.raw(bytes, 0, filled > 0 ? at + 1 : at);
  }

  private static void packLong(
      Distribution distribution, long[] symbols, char[] leaves, int count, ByteWriter out) {
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
    int highest = distribution.highestLevel();
    long[] first = distribution.firsts();
    if (highest == 0) {
      in.expectEnd("a stream");
      for (int i = 0; i < count; i++) {
        symbols[i] = first[leaves[i]];
      }
      return;
    }
    byte[] levels = distribution.levels();
    int length = in.remaining();
    // Nine spare bytes let every offset be loaded as a long and a byte.
    byte[] bytes = new byte[length + Long.BYTES + 1];
    System.arraycopy(in.array(), in.position(), bytes, 0, length);
    long position = 0;
    for (int i = 0; i < count; i++) {
      int leaf = leaves[i];
      int level = levels[leaf];
      // Where the bits end early, nothing is read beyond the spare bytes, and the lengths differ
      // below.
      int at = (int) Math.min(position >>> 3, length);
      int shift = (int) position & 7;
      long offset = (long) LONG.get(bytes, at) >>> shift;
      if (highest > SHORT) {
        // Twice, as a shift by 64 would be a shift by 0.
        offset |= (long) bytes[at + Long.BYTES] << 1 << (63 - shift);
      }
      // The two shifts keep the lowest bits, as many as the level says: none for 0, all for 64.
      symbols[i] = first[leaf] + (offset & ~(-1L << (level >>> 1) << (level - (level >>> 1))));
      position += level;
    }
    if ((position + 7) >>> 3 != length) {
      throw in.malformed(
          "a stream has %d bytes of raw bits, but needs %d"
              .formatted(length, (position + 7) >>> 3));
    }
    int last = (int) position & 7;
    if (last != 0 && (bytes[length - 1] & 0xFF) >>> last != 0) {
      throw in.malformed("the last byte of a stream is not filled with zeros");
    }
  }
}
