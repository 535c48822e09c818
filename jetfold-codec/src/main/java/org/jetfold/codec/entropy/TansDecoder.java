package org.jetfold.codec.entropy;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jetfold.codec.bytes.ByteReader;

/**
 * The reading half of the entropy coder (docs/format.md section 9): of each value it gives the
 * number that its leaf was given, plus the raw bits that stand beside. Immutable and safe to share.
 */
final class TansDecoder {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Four values from any bit of a byte on are in this many bytes. */
  private static final int BYTES_FOR_FOUR = (4 * StateTable.VALUE_BITS + 2 * 7) / 8 + Long.BYTES;

  private final int bits;

  /** What the states stand for, those of one context after those of another. */
  private final long[] entries;

  /**
   * A decoder of a stream with a coder.
   *
   * @param numbers of all leaves
   */
  TansDecoder(StreamLeaves leaves, int[] numbers) {
    bits = leaves.bits();
    entries = new long[leaves.distributions().size() << bits];
    for (int k = 0; k < leaves.distributions().size(); k++) {
      Distribution distribution = leaves.distributions().get(k);
      if (distribution.leaves() > 0) {
        StateTable table = new StateTable(distribution, bits);
        StateEntries.fill(table, numbers, leaves.start(k), entries, k << bits);
      }
    }
  }

  /** About how many bytes of memory it takes. */
  long bytes() {
    return (long) entries.length * Long.BYTES;
  }

  /**
   * Decodes values; leaves the reader behind the coder's last byte.
   *
   * @param offsets for each value its context, shifted up by the bits of a state
   * @param numbers receives for each the number of its leaf plus the raw bits
   */
  void decode(ByteReader in, int[] offsets, int[] numbers, int count) {
    StateEntries.load(entries);
    Bits stream = new Bits(in);
    int[] states = new int[StateTable.lanes(count)];
    for (int lane = 0; lane < states.length; lane++) {
      states[lane] = (int) stream.next() & ((1 << bits) - 1);
      stream.position += bits;
    }
    int decoded =
        states.length == 1
            ? oneByOne(stream, states, offsets, numbers, count)
            : fourByFour(stream, states, offsets, numbers, count);
    for (int i = decoded; i < count; i++) {
      int lane = i & (states.length - 1);
      long entry = entries[states[lane] + offsets[i]];
      long word = stream.next();
      long length = StateEntries.length(entry);
      numbers[i] = StateEntries.number(entry, length, word);
      states[lane] = StateEntries.next(entry, word);
      stream.position += length & 63;
    }
    stream.finish();
    for (int state : states) {
      if (state != 0) {
        throw in.malformed("a coder does not end where it began");
      }
    }
  }

  // Both decode as long as the next values are surely in the array, and return how many those
  // were. What they load of what is behind the stream is not used, or the lengths differ in the
  // end.

  private int oneByOne(Bits stream, int[] states, int[] offsets, int[] numbers, int count) {
    byte[] bytes = stream.bytes;
    long[] table = entries;
    long position = stream.position;
    long last = 8L * (bytes.length - Long.BYTES);
    int x = states[0];
    int i = 0;
    for (; i < count && position <= last; i++) {
      long entry = table[x + offsets[i]];
      long word = word(bytes, position);
      long length = StateEntries.length(entry);
      x = StateEntries.next(entry, word);
      numbers[i] = StateEntries.number(entry, length, word);
      position += length & 63;
    }
    stream.position = position;
    states[0] = x;
    return i;
  }

  private int fourByFour(Bits stream, int[] states, int[] offsets, int[] numbers, int count) {
    byte[] bytes = stream.bytes;
    long[] table = entries;
    long position = stream.position;
    long last = 8L * (bytes.length - BYTES_FOR_FOUR);
    int x0 = states[0];
    int x1 = states[1];
    int x2 = states[2];
    int x3 = states[3];
    int i = 0;
    for (; i < count - 3 && position <= last; i += 4) {
      long lower = word(bytes, position);
      long entry0 = table[x0 + offsets[i]];
      long entry1 = table[x1 + offsets[i + 1]];
      long length0 = StateEntries.length(entry0);
      long length1 = StateEntries.length(entry1);
      x0 = StateEntries.next(entry0, lower);
      numbers[i] = StateEntries.number(entry0, length0, lower);
      lower >>>= length0;
      x1 = StateEntries.next(entry1, lower);
      numbers[i + 1] = StateEntries.number(entry1, length1, lower);
      position += (length0 + length1) & 63;
      long upper = word(bytes, position);
      long entry2 = table[x2 + offsets[i + 2]];
      long entry3 = table[x3 + offsets[i + 3]];
      long length2 = StateEntries.length(entry2);
      long length3 = StateEntries.length(entry3);
      x2 = StateEntries.next(entry2, upper);
      numbers[i + 2] = StateEntries.number(entry2, length2, upper);
      upper >>>= length2;
      x3 = StateEntries.next(entry3, upper);
      numbers[i + 3] = StateEntries.number(entry3, length3, upper);
      position += (length2 + length3) & 63;
    }
    stream.position = position;
    states[0] = x0;
    states[1] = x1;
    states[2] = x2;
    states[3] = x3;
    return i;
  }

  private static long word(byte[] bytes, long position) {
    return (long) LONG.get(bytes, (int) (position >>> 3)) >>> ((int) position & 7);
  }

  /** The bits of a stream, with zeros behind it; near its end they are copied. */
  private static final class Bits {
    private final ByteReader in;
    private final byte[] bytes;

    /** Where the stream ends in the array. */
    private final int end;

    /** The next bit, counted from the array's start. */
    private long position;

    /**
     * What is left of the stream, with zeros behind; from index {@link #copied} of the array on.
     */
    private byte[] copy = {};

    private int copied;

    Bits(ByteReader in) {
      this.in = in;
      bytes = in.array();
      end = in.position() + in.remaining();
      position = 8L * in.position();
    }

    /** The bits from the position on, at least {@link StateTable#VALUE_BITS}. */
    long next() {
      int at = (int) Math.min(position >>> 3, end);
      if (at <= bytes.length - Long.BYTES) {
        return word(bytes, 8L * at + (position & 7));
      }
      if (copy.length == 0) {
        copied = at;
        copy = Arrays.copyOf(Arrays.copyOfRange(bytes, at, end), end - at + Long.BYTES);
      }
      return word(copy, 8L * (at - copied) + (position & 7));
    }

    /** Takes the bytes up to the position from the reader, and checks the last. */
    void finish() {
      long used = (position + 7) >>> 3;
      if (used > end) {
        throw in.malformed("a coder's bits end early");
      }
      in.skip((int) used - in.position());
      int beyond = (int) position & 7;
      if (beyond != 0 && (bytes[(int) used - 1] & 0xFF) >>> beyond != 0) {
        throw in.malformed("the last byte of a coder is not filled with zeros");
      }
    }
  }
}
