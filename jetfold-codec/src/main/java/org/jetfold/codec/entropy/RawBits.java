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

  /** Up to this level, the offsets of four symbols and the bits of a byte before them fit a long; */
  private static final int FOUR_TOGETHER = SHORT / 4;

  /** up to this one, those of two symbols. */
  private static final int TWO_TOGETHER = SHORT / 2;

  /** Writes of each symbol, from index {@code from} on, its offset in its leaf. */
  static void pack(
      Distribution distribution,
      long[] symbols,
      int from,
      char[] leaves,
      int count,
      ByteWriter out,
      StreamBuffers buffers) {
    int highest = distribution.highestLevel();
    if (highest == 0) {
      return;
    }
    if (highest > SHORT) {
      packLong(distribution, symbols, from, leaves, count, out);
      return;
    }
    long[] first = distribution.firsts();
    byte[] levels = distribution.levels();
    byte[] bytes = buffers.bits((int) (((long) count * highest + 7) >>> 3) + Long.BYTES);
    long buffer = 0;
    int filled = 0;
    int at = 0;
    int i = 0;
    // Whole bytes are stored eight at a time and overwritten by the next store; no branch depends
    // on the data. Each store waits for the one before, so several symbols share one.
    if (highest <= FOUR_TOGETHER) {
      for (; i < count - 3; i += 4) {
        int leaf0 = leaves[i];
        int leaf1 = leaves[i + 1];
        int leaf2 = leaves[i + 2];
        int leaf3 = leaves[i + 3];
        int level0 = levels[leaf0];
        int level2 = levels[leaf2];
        long lower =
            symbols[from + i] - first[leaf0] | (symbols[from + i + 1] - first[leaf1]) << level0;
        long upper =
            symbols[from + i + 2] - first[leaf2] | (symbols[from + i + 3] - first[leaf3]) << level2;
        int lowerLevel = level0 + levels[leaf1];
        buffer |= (lower | upper << lowerLevel) << filled;
        filled += lowerLevel + level2 + levels[leaf3];
        LONG.set(bytes, at, buffer);
        at += filled >>> 3;
        buffer >>>= filled & ~7;
        filled &= 7;
      }
    } else if (highest <= TWO_TOGETHER) {
      for (; i < count - 1; i += 2) {
        int leaf0 = leaves[i];
        int leaf1 = leaves[i + 1];
        int level0 = levels[leaf0];
        long both =
            symbols[from + i] - first[leaf0] | (symbols[from + i + 1] - first[leaf1]) << level0;
        buffer |= both << filled;
        filled += level0 + levels[leaf1];
        LONG.set(bytes, at, buffer);
        at += filled >>> 3;
        buffer >>>= filled & ~7;
        filled &= 7;
      }
    }
    for (; i < count; i++) {
      int leaf = leaves[i];
      buffer |= (symbols[from + i] - first[leaf]) << filled;
      filled += levels[leaf];
      LONG.set(bytes, at, buffer);
      at += filled >>> 3;
      buffer >>>= filled & ~7;
      filled &= 7;
    }
    out.raw(bytes, 0, filled > 0 ? at + 1 : at);
  }

  private static void packLong(
      Distribution distribution,
      long[] symbols,
      int from,
      char[] leaves,
      int count,
      ByteWriter out) {
    long buffer = 0;
    int filled = 0;
    for (int i = 0; i < count; i++) {
      int level = distribution.level(leaves[i]);
      if (level == 0) {
        continue;
      }
      long offset = symbols[from + i] - distribution.first(leaves[i]);
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
    byte[] bytes = in.array();
    int start = in.position();
    int length = in.remaining();
    long position = 0;
    int i = 0;
    if (highest <= FOUR_TOGETHER) {
      // A long is loaded for four symbols, as long as the array has one; what it holds of what is
      // behind the stream is not used, or the lengths differ below.
      int lastLong = bytes.length - Long.BYTES - start;
      for (; i < count - 3; i += 4) {
        if (position >>> 3 > lastLong) {
          break;
        }
        long word = (long) LONG.get(bytes, start + (int) (position >>> 3)) >>> ((int) position & 7);
        int leaf0 = leaves[i];
        int leaf1 = leaves[i + 1];
        int leaf2 = leaves[i + 2];
        int leaf3 = leaves[i + 3];
        int level0 = levels[leaf0];
        int level1 = level0 + levels[leaf1];
        int level2 = level1 + levels[leaf2];
        int level3 = level2 + levels[leaf3];
        symbols[i] = first[leaf0] + (word & ~(-1L << level0));
        symbols[i + 1] = first[leaf1] + ((word & ~(-1L << level1)) >>> level0);
        symbols[i + 2] = first[leaf2] + ((word & ~(-1L << level2)) >>> level1);
        symbols[i + 3] = first[leaf3] + ((word & ~(-1L << level3)) >>> level2);
        position += level3;
      }
    }
    // The rest behind nine spare bytes, which let every offset be loaded as a long and a byte.
    int before = (int) Math.min(position >>> 3, length);
    int left = length - before;
    byte[] rest = new byte[left + Long.BYTES + 1];
    System.arraycopy(bytes, start + before, rest, 0, left);
    for (; i < count; i++) {
      int leaf = leaves[i];
      int level = levels[leaf];
      // Where the bits end early, nothing is read beyond the spare bytes, and the lengths differ
      // below.
      int at = (int) Math.min((position >>> 3) - before, left);
      int shift = (int) position & 7;
      long offset = (long) LONG.get(rest, at) >>> shift;
      if (highest > SHORT) {
        // Twice, as a shift by 64 would be a shift by 0.
        offset |= (long) rest[at + Long.BYTES] << 1 << (63 - shift);
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
    if (last != 0 && (bytes[start + length - 1] & 0xFF) >>> last != 0) {
      throw in.malformed("the last byte of a stream is not filled with zeros");
    }
  }
}
