package org.jetfold.codec.entropy;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jetfold.codec.bytes.ByteReader;

/**
 * The reading half of the entropy coder (docs/format.md section 9). Immutable and safe to share.
 */
final class TansDecoder {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int LENGTH_AT = 6;
  private static final int NEXT_AT = 12;
  private static final int LEAF_AT = 32;

  /** Four values from any bit of a byte on are in this many bytes. */
  private static final int BYTES_FOR_FOUR = (4 * StateTable.VALUE_BITS + 2 * 7) / 8 + Long.BYTES;

  private final int bits;
  private final long[] first;

  /**
   * For each state, from the lowest bit up: in six bits how many bits its next state takes from the
   * stream, in six more these and the raw bits; the least that its next state is; the leaf.
   */
  private final long[] states;

  TansDecoder(StateTable table, Distribution distribution) {
    this(table, distribution, IntStream.range(0, distribution.leaves()).toArray());
  }

  /** A decoder that finds this number in the place of a leaf's own. */
  TansDecoder(StateTable table, Distribution distribution, int[] numbers) {
    bits = table.bits();
    first = distribution.firsts();
    states = new long[1 << bits];
    int[] seen = new int[distribution.leaves()];
    for (int state = 0; state < states.length; state++) {
      int leaf = table.leaf(state);
      int number = table.frequency(leaf) + seen[leaf]++;
      int taken = bits - (Integer.SIZE - 1 - Integer.numberOfLeadingZeros(number));
      long next = ((long) number << taken) - states.length;
      states[state] =
          taken
              | (long) (taken + table.bitsBeside(leaf)) << LENGTH_AT
              | next << NEXT_AT
              | (long) numbers[leaf] << LEAF_AT;
    }
  }

  /**
   * Decodes {@code count} leaves, and for each its first symbol plus the raw bits that stand
   * beside; leaves the reader behind the coder's last byte.
   */
  void decode(ByteReader in, char[] leaves, long[] symbols, int count) {
    int[] x = new int[StateTable.lanes(count)];
    byte[] bytes = in.array();
    int start = in.position();
    int length = in.remaining();
    Bits rest = new Bits(bytes, start, length);
    long position = 0;
    for (int lane = 0; lane < x.length; lane++) {
      x[lane] = (int) rest.at(position) & (states.length - 1);
      position += bits;
    }
    int i = 0;
    if (x.length == 4) {
      int x0 = x[0];
      int x1 = x[1];
      int x2 = x[2];
      int x3 = x[3];
      long[] table = states;
      int mask = table.length - 1;
      // What is loaded of what is behind the stream is not used, or the lengths differ below.
      long last = 8L * (bytes.length - start - BYTES_FOR_FOUR);
      for (; i < count - 3 && position <= last; i += 4) {
        long lower =
            (long) LONG.get(bytes, start + (int) (position >>> 3)) >>> ((int) position & 7);
        long state0 = table[x0 & mask];
        long state1 = table[x1 & mask];
        long length0 = state0 >>> LENGTH_AT;
        long length1 = state1 >>> LENGTH_AT;
        x0 = next(state0, lower);
        int leaf0 = (int) (state0 >>> LEAF_AT);
        leaves[i] = (char) leaf0;
        symbols[i] = first[leaf0] + raw(lower, length0, state0);
        lower >>>= length0;
        x1 = next(state1, lower);
        int leaf1 = (int) (state1 >>> LEAF_AT);
        leaves[i + 1] = (char) leaf1;
        symbols[i + 1] = first[leaf1] + raw(lower, length1, state1);
        position += (length0 + length1) & 63;
        long upper =
            (long) LONG.get(bytes, start + (int) (position >>> 3)) >>> ((int) position & 7);
        long state2 = table[x2 & mask];
        long state3 = table[x3 & mask];
        long length2 = state2 >>> LENGTH_AT;
        long length3 = state3 >>> LENGTH_AT;
        x2 = next(state2, upper);
        int leaf2 = (int) (state2 >>> LEAF_AT);
        leaves[i + 2] = (char) leaf2;
        symbols[i + 2] = first[leaf2] + raw(upper, length2, state2);
        upper >>>= length2;
        x3 = next(state3, upper);
        int leaf3 = (int) (state3 >>> LEAF_AT);
        leaves[i + 3] = (char) leaf3;
        symbols[i + 3] = first[leaf3] + raw(upper, length3, state3);
        position += (length2 + length3) & 63;
      }
      x[0] = x0;
      x[1] = x1;
      x[2] = x2;
      x[3] = x3;
    }
    for (; i < count; i++) {
      int lane = i % x.length;
      long state = states[x[lane]];
      long word = rest.at(position);
      int leaf = (int) (state >>> LEAF_AT);
      leaves[i] = (char) leaf;
      symbols[i] = first[leaf] + raw(word, state >>> LENGTH_AT, state);
      x[lane] = next(state, word);
      position += state >>> LENGTH_AT & 63;
    }
    rest.finish(in, position);
    for (int state : x) {
      if (state != 0) {
        throw in.malformed("a coder does not end where it began");
      }
    }
  }

  /**
   * As above, where a leaf's number and the raw bits together are the place of a value.
   *
   * @param places the values of all places
   * @param values receives {@code count} values
   */
  void decode(ByteReader in, float[] places, float[] values, int count) {
    int[] x = new int[StateTable.lanes(count)];
    byte[] bytes = in.array();
    int start = in.position();
    int length = in.remaining();
    Bits rest = new Bits(bytes, start, length);
    long position = 0;
    for (int lane = 0; lane < x.length; lane++) {
      x[lane] = (int) rest.at(position) & (states.length - 1);
      position += bits;
    }
    int i = 0;
    if (x.length == 4) {
      int x0 = x[0];
      int x1 = x[1];
      int x2 = x[2];
      int x3 = x[3];
      long[] table = states;
      int mask = table.length - 1;
      // What is loaded of what is behind the stream is not used, or the lengths differ below.
      long last = 8L * (bytes.length - start - BYTES_FOR_FOUR);
      for (; i < count - 3 && position <= last; i += 4) {
        long lower =
            (long) LONG.get(bytes, start + (int) (position >>> 3)) >>> ((int) position & 7);
        long state0 = table[x0 & mask];
        long state1 = table[x1 & mask];
        long length0 = state0 >>> LENGTH_AT;
        long length1 = state1 >>> LENGTH_AT;
        x0 = next(state0, lower);
        values[i] = places[(int) (state0 >>> LEAF_AT) + (int) raw(lower, length0, state0)];
        lower >>>= length0;
        x1 = next(state1, lower);
        values[i + 1] = places[(int) (state1 >>> LEAF_AT) + (int) raw(lower, length1, state1)];
        position += (length0 + length1) & 63;
        long upper =
            (long) LONG.get(bytes, start + (int) (position >>> 3)) >>> ((int) position & 7);
        long state2 = table[x2 & mask];
        long state3 = table[x3 & mask];
        long length2 = state2 >>> LENGTH_AT;
        long length3 = state3 >>> LENGTH_AT;
        x2 = next(state2, upper);
        values[i + 2] = places[(int) (state2 >>> LEAF_AT) + (int) raw(upper, length2, state2)];
        upper >>>= length2;
        x3 = next(state3, upper);
        values[i + 3] = places[(int) (state3 >>> LEAF_AT) + (int) raw(upper, length3, state3)];
        position += (length2 + length3) & 63;
      }
      x[0] = x0;
      x[1] = x1;
      x[2] = x2;
      x[3] = x3;
    }
    for (; i < count; i++) {
      int lane = i % x.length;
      long state = states[x[lane]];
      long word = rest.at(position);
      values[i] = places[(int) (state >>> LEAF_AT) + (int) raw(word, state >>> LENGTH_AT, state)];
      x[lane] = next(state, word);
      position += state >>> LENGTH_AT & 63;
    }
    rest.finish(in, position);
    for (int state : x) {
      if (state != 0) {
        throw in.malformed("a coder does not end where it began");
      }
    }
  }

  /** As above, of rows in contexts, each of which has a decoder of as many states. */
  static void decode(
      ByteReader in,
      TansDecoder[] all,
      int bits,
      int[] starts,
      byte[] contexts,
      char[] leaves,
      long[] symbols,
      int count) {
    int[] x = new int[StateTable.lanes(count)];
    Bits rest = new Bits(in.array(), in.position(), in.remaining());
    long position = 0;
    for (int lane = 0; lane < x.length; lane++) {
      x[lane] = (int) rest.at(position) & ((1 << bits) - 1);
      position += bits;
    }
    for (int i = 0; i < count; i++) {
      int lane = i % x.length;
      TansDecoder own = all[contexts[i]];
      long state = own.states[x[lane]];
      long word = rest.at(position);
      int leaf = (int) (state >>> LEAF_AT);
      leaves[i] = (char) (starts[contexts[i]] + leaf);
      symbols[i] = own.first[leaf] + raw(word, state >>> LENGTH_AT, state);
      x[lane] = next(state, word);
      position += state >>> LENGTH_AT & 63;
    }
    rest.finish(in, position);
    for (int state : x) {
      if (state != 0) {
        throw in.malformed("a coder does not end where it began");
      }
    }
  }

  // Shifts count the lowest six bits alone.

  private static int next(long state, long word) {
    return ((int) (state >>> NEXT_AT) & 0xFFFF) + (int) (word & ~(-1L << state));
  }

  private static long raw(long word, long length, long state) {
    return (word & ~(-1L << length)) >>> state;
  }

  /** The bits of a stream, with zeros behind it; near its end they are copied. */
  private static final class Bits {
    private final byte[] bytes;
    private final int start;
    private final int length;
    private byte[] copy = {};
    private int copied;

    Bits(byte[] bytes, int start, int length) {
      this.bytes = bytes;
      this.start = start;
      this.length = length;
    }

    /** The bits from a position on, at least {@link StateTable#VALUE_BITS}. */
    long at(long position) {
      int at = (int) Math.min(position >>> 3, length);
      if (start + at <= bytes.length - Long.BYTES) {
        return (long) LONG.get(bytes, start + at) >>> ((int) position & 7);
      }
      if (copy.length == 0) {
        copied = at;
        copy =
            Arrays.copyOf(Arrays.copyOfRange(bytes, start + at, start + length), length - at + 8);
      }
      return (long) LONG.get(copy, at - copied) >>> ((int) position & 7);
    }

    /** Takes the bytes up to the position from the reader, and checks the last. */
    void finish(ByteReader in, long position) {
      long used = (position + 7) >>> 3;
      if (used > length) {
        throw in.malformed("a coder's bits end early");
      }
      in.skip((int) used);
      int beyond = (int) position & 7;
      if (beyond != 0 && (bytes[start + (int) used - 1] & 0xFF) >>> beyond != 0) {
        throw in.malformed("the last byte of a coder is not filled with zeros");
      }
    }
  }
}
