package org.jetfold.codec.entropy;

import java.util.Arrays;
import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.ByteWriter;

/**
 * rANS coding of intervals that a model gives, each symbol with its own (docs/format.md section
 * 12.4): frequencies out of 2^{@link #PRECISION}, 64-bit states, 32-bit words.
 */
public final class IntervalCoder {
  /** Frequencies add up to two to this power. */
  public static final int PRECISION = 24;

  /** Symbols of this many successive places are coded with a state each. */
  public static final int MOST_STATES = 8;

  private static final int FEWEST_SYMBOLS_FOR_MOST_STATES = 4096;
  private static final long LOWEST_STATE = 1L << 31;
  private static final int SLOTS = (1 << PRECISION) - 1;

  private IntervalCoder() {}

  /** The number of states for a stream of {@code count} symbols. */
  public static int states(int count) {
    return count < FEWEST_SYMBOLS_FOR_MOST_STATES ? 1 : MOST_STATES;
  }

  /**
   * Writes the intervals of a stream's symbols.
   *
   * @param starts where each interval starts
   * @param ends where each interval ends, above its start, at most 2^{@link #PRECISION}
   */
  public static void encode(int[] starts, int[] ends, int count, ByteWriter out) {
    int width = states(count);
    long[] states = new long[width];
    Arrays.fill(states, LOWEST_STATE);
    int[] words = new int[count];
    int at = count;
    for (int i = count - 1; i >= 0; i--) {
      int lane = i & (width - 1);
      long frequency = (long) ends[i] - starts[i];
      long x = states[lane];
      // Unsigned: the limit of a frequency of 2^24 is 2^63.
      if (Long.compareUnsigned(x, frequency << (63 - PRECISION)) >= 0) {
        words[--at] = (int) x;
        x >>>= 32;
      }
      long quotient = x / frequency;
      states[lane] = (quotient << PRECISION) + (x - quotient * frequency) + starts[i];
    }
    for (long state : states) {
      out.u64(state);
    }
    out.u32s(words, at, count);
  }

  /** The reading half: slots are looked at, and then the intervals found for them taken off. */
  public static final class Decoder {
    private final ByteReader in;
    private final long[] states;
    private int position;

    /**
     * Reads the states.
     *
     * @param count the number of symbols
     */
    public Decoder(ByteReader in, int count) {
      this.in = in;
      states = new long[states(count)];
      for (int lane = 0; lane < states.length; lane++) {
        states[lane] = in.u64();
        if (states[lane] < LOWEST_STATE) {
          throw in.malformed("a coder's state is out of range");
        }
      }
    }

    /** How many symbols' slots can be looked at before the first is taken. */
    public int lookahead() {
      return states.length;
    }

    /** The slot of the symbol {@code ahead} places ahead, less than {@link #lookahead}. */
    public int slot(int ahead) {
      return (int) states[(position + ahead) & (states.length - 1)] & SLOTS;
    }

    /** Takes the next symbol's interval, which holds its slot. */
    public void take(int start, int end) {
      int lane = position++ & (states.length - 1);
      long x = states[lane];
      x = ((long) end - start) * (x >>> PRECISION) + ((int) x & SLOTS) - start;
      if (x < LOWEST_STATE) {
        x = x << 32 | Integer.toUnsignedLong(in.u32());
      }
      states[lane] = x;
    }

    /** Checks that the states are what an encoder starts with. */
    public void finish() {
      for (long state : states) {
        if (state != LOWEST_STATE) {
          throw in.malformed("a coder does not end where it began");
        }
      }
    }
  }
}
