package org.jetfold.codec.entropy;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jetfold.codec.bytes.ByteWriter;

/**
 * The writing half of the entropy coder (docs/format.md section 9): tabled asymmetric numeral
 * systems (Duda 2013), with the raw bits of each value beside those of its state. Immutable and
 * safe to share.
 *
 * <p>Runs through the values from the last to the first, so that the decoder finds them in order,
 * and writes bits from the end of an array to its front. What is then missing to a whole byte is
 * missing in front, so all bits are moved down in the end.
 */
final class TansEncoder {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** How many bits a state gives off is found in these upper bits of a sum. */
  private static final int BITS_AT = 16;

  private static final int FIELDS = 2;

  /** Whole longs are stored in front of what is written, where a byte may be begun. */
  private static final int ROOM_BEFORE = Long.BYTES + 1;

  /** In the end, longs are loaded up to so many bytes behind. */
  private static final int ROOM_BEHIND = 2 * Long.BYTES;

  private final int bits;

  /** The most bits that a value takes. */
  private final int most;

  /**
   * For each leaf beside each other: in the lower half what is added to a state (with the bit of
   * all states) to find how many bits it gives off, in the upper half what is added to what is left
   * of it to find its next state; and of the raw bits in the lower half how many there are, in the
   * upper half the first symbol's lowest bits.
   */
  private final long[] fields;

  /**
   * The states of each leaf, one leaf after the other, with the bit of all states; as many a
   * context.
   */
  private final int[] next;

  TansEncoder(StreamLeaves leaves) {
    bits = leaves.bits();
    int states = 1 << bits;
    int contexts = leaves.distributions().size();
    next = new int[contexts * states];
    fields = new long[FIELDS * leaves.size()];
    int largest = 0;
    for (int k = 0; k < contexts; k++) {
      Distribution distribution = leaves.distributions().get(k);
      if (distribution.leaves() > 0) {
        StateTable table = new StateTable(distribution, bits);
        fillNext(table, distribution.leaves(), k * states);
        largest = Math.max(largest, fillFields(table, distribution, k * states, leaves.start(k)));
      }
    }
    most = largest;
  }

  private void fillNext(StateTable table, int leaves, int at) {
    int states = 1 << bits;
    int[] filled = new int[leaves];
    for (int state = 0; state < states; state++) {
      int leaf = table.leaf(state);
      next[at + table.start(leaf) + filled[leaf]++] = states + state;
    }
  }

  /** Returns the most bits that a value of the distribution takes. */
  private int fillFields(StateTable table, Distribution distribution, int at, int firstLeaf) {
    int largest = 0;
    for (int leaf = 0; leaf < distribution.leaves(); leaf++) {
      int frequency = table.frequency(leaf);
      int given = frequency == 1 ? bits : bits - log2(frequency - 1);
      int raw = table.bitsBeside(leaf);
      int field = FIELDS * (firstLeaf + leaf);
      fields[field] =
          ((long) (at + table.start(leaf) - frequency) << 32)
              | (((given << BITS_AT) - (frequency << given)) & 0xFFFFFFFFL);
      fields[field + 1] = (distribution.first(leaf) << 32) | raw;
      largest = Math.max(largest, given + raw);
    }
    return largest;
  }

  private static int log2(int positive) {
    return Integer.SIZE - 1 - Integer.numberOfLeadingZeros(positive);
  }

  /**
   * Writes the coder's bytes for {@code count} symbols from index {@code from} on.
   *
   * @param symbols their lowest bits, as many as an int has: no more of them count here
   */
  void encode(
      int[] symbols, int from, char[] leaves, int count, ByteWriter out, StreamBuffers buffers) {
    int lanes = StateTable.lanes(count);
    long room = (((long) count * most + (long) lanes * bits) >>> 3) + ROOM_BEFORE + ROOM_BEHIND;
    int end = Math.toIntExact(room) - ROOM_BEHIND;
    Backwards back = new Backwards(buffers.bits((int) room), end);
    int[] states = new int[lanes];
    Arrays.fill(states, 1 << bits);
    int i = count;
    while (i > 0 && (lanes == 1 || i % lanes != 0)) {
      i--;
      put(symbols[from + i], leaves[i], states, i % lanes, back);
    }
    if (i > 0) {
      encodeFours(symbols, from, leaves, i, states, back);
    }
    for (int lane = lanes - 1; lane >= 0; lane--) {
      back.put(states[lane] & ((1 << bits) - 1), bits);
    }
    back.finish(end, out);
  }

  private void put(int symbol, int leaf, int[] states, int lane, Backwards back) {
    long field = fields[FIELDS * leaf];
    long raw = fields[FIELDS * leaf + 1];
    int x = states[lane];
    int given = (x + (int) field) >>> BITS_AT;
    int offset = (symbol - (int) (raw >> 32)) & ~(-1 << (int) raw);
    back.put(offset << given | (x & ~(-1 << given)), given + ((int) raw & 63));
    states[lane] = next[(x >>> given) + (int) (field >> 32)];
  }

  /** The loop that counts: four states in registers, two values a store. */
  private void encodeFours(
      int[] symbols, int from, char[] leaves, int count, int[] states, Backwards back) {
    int x0 = states[0];
    int x1 = states[1];
    int x2 = states[2];
    int x3 = states[3];
    byte[] bytes = back.bytes;
    int at = back.at;
    long pending = back.pending;
    int filled = back.filled;
    for (int i = count - 4; i >= 0; i -= 4) {
      int leaf0 = FIELDS * leaves[i];
      int leaf1 = FIELDS * leaves[i + 1];
      int leaf2 = FIELDS * leaves[i + 2];
      int leaf3 = FIELDS * leaves[i + 3];
      long raw2 = fields[leaf2 + 1];
      long raw3 = fields[leaf3 + 1];
      long field2 = fields[leaf2];
      long field3 = fields[leaf3];
      int given2 = (x2 + (int) field2) >>> BITS_AT;
      int given3 = (x3 + (int) field3) >>> BITS_AT;
      int offset2 = (symbols[from + i + 2] - (int) (raw2 >> 32)) & ~(-1 << (int) raw2);
      int offset3 = (symbols[from + i + 3] - (int) (raw3 >> 32)) & ~(-1 << (int) raw3);
      int value2 = offset2 << given2 | (x2 & ~(-1 << given2));
      int value3 = offset3 << given3 | (x3 & ~(-1 << given3));
      x2 = next[(x2 >>> given2) + (int) (field2 >> 32)];
      x3 = next[(x3 >>> given3) + (int) (field3 >> 32)];
      int length2 = given2 + (int) raw2;
      int upper = (length2 + given3 + (int) raw3) & 63;
      pending = pending << upper | (long) value3 << length2 | value2;
      filled += upper;
      LONG.set(bytes, at - Long.BYTES, pending << -filled);
      at -= filled >>> 3;
      filled &= 7;
      long raw0 = fields[leaf0 + 1];
      long raw1 = fields[leaf1 + 1];
      long field0 = fields[leaf0];
      long field1 = fields[leaf1];
      int given0 = (x0 + (int) field0) >>> BITS_AT;
      int given1 = (x1 + (int) field1) >>> BITS_AT;
      int offset0 = (symbols[from + i] - (int) (raw0 >> 32)) & ~(-1 << (int) raw0);
      int offset1 = (symbols[from + i + 1] - (int) (raw1 >> 32)) & ~(-1 << (int) raw1);
      int value0 = offset0 << given0 | (x0 & ~(-1 << given0));
      int value1 = offset1 << given1 | (x1 & ~(-1 << given1));
      x0 = next[(x0 >>> given0) + (int) (field0 >> 32)];
      x1 = next[(x1 >>> given1) + (int) (field1 >> 32)];
      int length0 = given0 + (int) raw0;
      int lower = (length0 + given1 + (int) raw1) & 63;
      pending = pending << lower | (long) value1 << length0 | value0;
      filled += lower;
      LONG.set(bytes, at - Long.BYTES, pending << -filled);
      at -= filled >>> 3;
      filled &= 7;
    }
    back.at = at;
    back.pending = pending;
    back.filled = filled;
    states[0] = x0;
    states[1] = x1;
    states[2] = x2;
    states[3] = x3;
  }

  /** Bits that are written in front of those before. */
  private static final class Backwards {
    private final byte[] bytes;

    /** The bytes from here on are complete. */
    private int at;

    /** The lowest bits, as many as are filled, belong to the byte before; those above are done. */
    private long pending;

    private int filled;

    Backwards(byte[] bytes, int end) {
      this.bytes = bytes;
      at = end;
    }

    /** At most {@link StateTable#VALUE_BITS}. */
    void put(long value, int length) {
      pending = pending << length | value;
      filled += length;
      // A shift by −filled is one by 64 less that; where none are filled, what is stored does not
      // count.
      LONG.set(bytes, at - Long.BYTES, pending << -filled);
      at -= filled >>> 3;
      filled &= 7;
    }

    /**
     * Moves all bits down until the first byte is full, and writes what there is before the end.
     */
    void finish(int end, ByteWriter out) {
      if (filled == 0) {
        out.raw(bytes, at, end - at);
        return;
      }
      int first = at - 1;
      int missing = Byte.SIZE - filled;
      Arrays.fill(bytes, end, end + ROOM_BEHIND, (byte) 0);
      long here = (long) LONG.get(bytes, first);
      for (int i = first; i < end; i += Long.BYTES) {
        long above = (long) LONG.get(bytes, i + Long.BYTES);
        LONG.set(bytes, i, here >>> missing | above << -missing);
        here = above;
      }
      out.raw(bytes, first, end - first);
    }
  }
}
