package org.jetfold.codec.entropy;

import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.ByteWriter;

/**
 * rANS coding of intervals that a model gives, each symbol with its own (docs/format.md section
 * 12.5): frequencies out of 2^{@link #PRECISION}, 64-bit states, 32-bit words.
 *
 * <p>Successive symbols are coded with a state each, so that a decoder can look for several at a
 * time. A state that starts without information costs 31 bits, so only one does: the last symbols
 * are coded with it alone, until there are enough words to start the others from.
 */
public final class IntervalCoder {
  /** Frequencies add up to two to this power. */
  public static final int PRECISION = 24;

  /** Symbols of this many successive places are coded with a state each. */
  public static final int STATES = 16;

  /** With fewer symbols, storing several states costs more than it is worth. */
  private static final int MIN_SYMBOLS_FOR_STATES = 4096;

  private static final int LOWEST_BITS = 31;

  /** States are at least this, and less than this times 2^32. */
  private static final long LOWEST_STATE = 1L << LOWEST_BITS;

  /** Bits that code how many bits a state has above the fewest. */
  private static final int LENGTH_BITS = 5;

  /** What a state that starts from a word has above the word. */
  private static final long ABOVE_WORD = 1L << 32;

  private static final int SLOTS = (1 << PRECISION) - 1;

  private IntervalCoder() {}

  /**
   * Writes the intervals of a stream's symbols.
   *
   * @param starts where each interval starts
   * @param ends where each interval ends, above its start, at most 2^{@link #PRECISION}
   */
  public static void encode(int[] starts, int[] ends, int count, ByteWriter out) {
    int[] words = new int[count];
    int at = count;
    long[] states = new long[STATES];
    states[0] = LOWEST_STATE;
    int wanted = count < MIN_SYMBOLS_FOR_STATES ? count : STATES - 1;
    int i = count;
    while (i > 0 && count - at < wanted) {
      i--;
      at = put(states, 0, starts[i], ends[i], words, at);
    }
    int tail = i == 0 ? 0 : count - i;
    if (tail > 0) {
      for (int state = 1; state < STATES; state++) {
        states[state] = ABOVE_WORD | Integer.toUnsignedLong(words[at++]);
      }
    }
    while (i > 0) {
      i--;
      at = put(states, i & (STATES - 1), starts[i], ends[i], words, at);
    }
    out.varint(tail);
    BitWriter bits = new BitWriter(out);
    for (int state = 0; state < (tail > 0 ? STATES : 1); state++) {
      int above = Long.SIZE - LOWEST_BITS - 1 - Long.numberOfLeadingZeros(states[state]);
      bits.write(above, LENGTH_BITS);
      bits.write(states[state] & (LOWEST_STATE - 1), LOWEST_BITS);
      bits.write(states[state] >>> LOWEST_BITS & ((1L << above) - 1), above);
    }
    bits.finish();
    out.u32s(words, at, count);
  }

  /** Puts a symbol into a state; returns where the words begin after that. */
  private static int put(long[] states, int state, int start, int end, int[] words, int at) {
    long frequency = (long) end - start;
    long x = states[state];
    int first = at;
    // Unsigned: the limit of a frequency of 2^24 is 2^63.
    if (Long.compareUnsigned(x, frequency << (63 - PRECISION)) >= 0) {
      words[--first] = (int) x;
      x >>>= 32;
    }
    // Below 2^63 and the frequency times 2^39, so the quotient in doubles is off by one at most:
    // several times as fast as dividing longs.
    long quotient = (long) ((double) x / frequency);
    long remainder = x - quotient * frequency;
    if (remainder < 0) {
      quotient--;
      remainder += frequency;
    } else if (remainder >= frequency) {
      quotient++;
      remainder -= frequency;
    }
    states[state] = (quotient << PRECISION) + remainder + start;
    return first;
  }

  /**
   * The reading half: the caller looks at slots, and then takes the intervals that it found for
   * them.
   */
  public static final class Decoder {
    private final ByteReader in;
    private final long[] states = new long[STATES];

    /** From this symbol on, all are coded with the first state. */
    private final int tailStart;

    /** Which of the other states' words is next, once they have ended; past them, none is. */
    private int nextEnded = STATES;

    private int position;

    /**
     * Reads the states.
     *
     * @param count the number of symbols, at least 1
     */
    public Decoder(ByteReader in, int count) {
      this.in = in;
      int tail = in.count(count - 1, "symbols coded with one state");
      tailStart = tail > 0 ? count - tail : 0;
      BitReader bits = new BitReader(in);
      for (int state = 0; state < (tail > 0 ? STATES : 1); state++) {
        int above = (int) bits.read(LENGTH_BITS);
        long low = bits.read(LOWEST_BITS);
        states[state] = (1L << above | bits.read(above)) << LOWEST_BITS | low;
      }
      bits.finish();
    }

    /** How many symbols' slots can be looked at before the first is taken. */
    public int lookahead() {
      return position < tailStart ? Math.min(STATES, tailStart - position) : 1;
    }

    /** The slot of the symbol {@code ahead} places ahead, less than {@link #lookahead}. */
    public int slot(int ahead) {
      return (int) states[state(position + ahead)] & SLOTS;
    }

    private int state(int symbol) {
      return symbol < tailStart ? symbol & (STATES - 1) : 0;
    }

    /** Takes the next symbol's interval, which holds its slot. */
    public void take(int start, int end) {
      int state = state(position++);
      long x = states[state];
      x = ((long) end - start) * (x >>> PRECISION) + ((int) x & SLOTS) - start;
      if (x < LOWEST_STATE) {
        x = x << 32 | Integer.toUnsignedLong(word());
      }
      states[state] = x;
      if (position == tailStart) {
        endOthers();
      }
    }

    private int word() {
      return nextEnded < STATES ? (int) states[nextEnded++] : in.u32();
    }

    /**
     * All states but the first end: with a word each, which the first reads before the stream's.
     */
    private void endOthers() {
      for (int state = 1; state < STATES; state++) {
        if (states[state] >>> 32 != 1) {
          throw in.malformed("a coder's state does not end with a word");
        }
      }
      nextEnded = 1;
    }

    /** Checks that all words are read, and the first state is what an encoder starts with. */
    public void finish() {
      if (states[0] != LOWEST_STATE || nextEnded < STATES) {
        throw in.malformed("a coder does not end where it began");
      }
    }
  }
}
