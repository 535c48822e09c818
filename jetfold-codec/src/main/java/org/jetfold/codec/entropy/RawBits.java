package org.jetfold.codec.entropy;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.ByteWriter;
import org.jetfold.codec.bytes.MalformedBytesException;

/**
 * Offsets in leaves, packed bit by bit from the least significant bit up (docs/format.md section
 * 9), for the streams that share a distribution. Immutable and safe to share.
 */
public final class RawBits {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Up to this level, an offset and the bits of a byte before it fit a long together. */
  private static final int SHORT = 56;

  /**
   * Up to this level, the offsets of four symbols and the bits of a byte before them fit a long.
   */
  private static final int FOUR_TOGETHER = SHORT / 4;

  /** Up to this level, the offsets of two symbols and the bits of a byte before them fit a long. */
  private static final int TWO_TOGETHER = SHORT / 2;

  private static final int LEVEL_BITS = 6;

  private final int highest;
  private final long[] first;
  private final byte[] levels;

  /**
   * For each leaf its first symbol, shifted up by {@link #LEVEL_BITS}, and its level: all that a
   * loop needs of a leaf in one load. Only where four symbols go together; else empty.
   */
  private final long[] places;

  /**
   * For leaves, or other parts into which symbols are divided.
   *
   * @param first the smallest symbol of each
   * @param levels how many bits distinguish the symbols of each
   */
  public RawBits(long[] first, byte[] levels) {
    this.first = first;
    this.levels = levels;
    int most = 0;
    for (byte level : levels) {
      most = Math.max(most, level);
    }
    highest = most;
    boolean together = highest > 0 && highest <= FOUR_TOGETHER;
    for (long symbol : first) {
      together &= symbol << LEVEL_BITS >> LEVEL_BITS == symbol;
    }
    places = new long[together ? first.length : 0];
    for (int leaf = 0; leaf < places.length; leaf++) {
      places[leaf] = first[leaf] << LEVEL_BITS | levels[leaf];
    }
  }

  /** Writes of each symbol, from index {@code from} on, its offset in its leaf. */
  public void pack(
      long[] symbols, int from, char[] leaves, int count, ByteWriter out, StreamBuffers buffers) {
    if (highest == 0) {
      return;
    }
    if (highest > SHORT) {
      packLong(symbols, from, leaves, count, out);
      return;
    }
    byte[] bytes = buffers.bits((int) (((long) count * highest + 7) >>> 3) + Long.BYTES);
    long buffer = 0;
    int filled = 0;
    int at = 0;
    int i = 0;
    // Whole bytes are stored eight at a time and overwritten by the next store; no branch depends
    // on the data. Each store waits for the one before, so several symbols share one.
    if (places.length > 0) {
      for (; i < count - 3; i += 4) {
        long place0 = places[leaves[i]];
        long place1 = places[leaves[i + 1]];
        long place2 = places[leaves[i + 2]];
        long place3 = places[leaves[i + 3]];
        // A shift counts the lowest six bits alone: the level, or, below 64, a sum of levels.
        long two = place0 + place1;
        long lower =
            offset(symbols[from + i], place0) | offset(symbols[from + i + 1], place1) << place0;
        long upper =
            offset(symbols[from + i + 2], place2) | offset(symbols[from + i + 3], place3) << place2;
        buffer |= (lower | upper << two) << filled;
        filled += (int) (two + place2 + place3) & 63;
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

  private static long offset(long symbol, long place) {
    return symbol - (place >> LEVEL_BITS);
  }

  private void packLong(long[] symbols, int from, char[] leaves, int count, ByteWriter out) {
    long buffer = 0;
    int filled = 0;
    for (int i = 0; i < count; i++) {
      int level = levels[leaves[i]];
      if (level == 0) {
        continue;
      }
      long offset = symbols[from + i] - first[leaves[i]];
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

  /**
   * Reads the offsets, which must fill the rest of the reader, and gives the symbols.
   *
   * @throws MalformedBytesException where they do not
   */
  public void unpack(ByteReader in, char[] leaves, long[] symbols, int count) {
    if (highest == 0) {
      in.expectEnd("a stream");
      for (int i = 0; i < count; i++) {
        symbols[i] = first[leaves[i]];
      }
      return;
    }
    byte[] bytes = in.array();
    int start = in.position();
    int length = in.remaining();
    long position = 0;
    int i = 0;
    if (places.length > 0) {
      // A long is loaded for four symbols, as long as the array has one; what it holds of what is
      // behind the stream is not used, or the lengths differ below.
      int lastLong = bytes.length - Long.BYTES - start;
      for (; i < count - 3; i += 4) {
        if (position >>> 3 > lastLong) {
          break;
        }
        long word = (long) LONG.get(bytes, start + (int) (position >>> 3)) >>> ((int) position & 7);
        long place0 = places[leaves[i]];
        long place1 = places[leaves[i + 1]];
        long place2 = places[leaves[i + 2]];
        long place3 = places[leaves[i + 3]];
        long two = place0 + place1;
        long three = two + place2;
        symbols[i] = symbol(word, place0);
        symbols[i + 1] = symbol(word >>> place0, place1);
        symbols[i + 2] = symbol(word >>> two, place2);
        symbols[i + 3] = symbol(word >>> three, place3);
        position += (three + place3) & 63;
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

  private static long symbol(long word, long place) {
    return (place >> LEVEL_BITS) + (word & ~(-1L << place));
  }
}
