package org.jetfold.codec.entropy;

/**
 * What the states of the coder stand for when a stream is read (docs/format.md section 9): a long
 * for each, so that one load gives all of it.
 *
 * <p>From the lowest bit up: in six bits how many bits the next state takes from the stream; in six
 * more these and the raw bits beside them; the least that the next state is; in the upper half a
 * number that a leaf is given, to which the raw bits are added.
 */
final class StateEntries {
  private static final int LENGTH_AT = 6;
  private static final int NEXT_AT = 12;
  private static final int NUMBER_AT = 32;

  /** Entries in a line of a cache. */
  private static final int LINE = 8;

  private static final int TOO_MANY_BITS = 32;

  private StateEntries() {}

  /**
   * Makes the entries of the states of one distribution.
   *
   * @param numbers of the leaves, the first of which is at index {@code from}
   * @param entries receives them, from index {@code at} on
   */
  static void fill(StateTable table, int[] numbers, int from, long[] entries, int at) {
    int bits = table.bits();
    int states = 1 << bits;
    int[] next = new int[table.leaves()];
    int[] beside = new int[next.length];
    for (int leaf = 0; leaf < next.length; leaf++) {
      next[leaf] = table.frequency(leaf);
      beside[leaf] = table.bitsBeside(leaf);
    }
    for (int state = 0; state < states; state++) {
      int leaf = table.leaf(state);
      int number = next[leaf]++;
      int taken = bits - (Integer.SIZE - 1 - Integer.numberOfLeadingZeros(number));
      long least = ((long) number << taken) - states;
      entries[at + state] =
          taken
              | (long) (taken + beside[leaf]) << LENGTH_AT
              | least << NEXT_AT
              | (long) numbers[from + leaf] << NUMBER_AT;
    }
  }

  /**
   * Brings entries into the caches, one line after the other. A file has megabytes of them; where
   * each is first met when a state needs it, nothing else can be done until it is there.
   */
  static void load(long[] entries) {
    long all = 0;
    for (int state = 0; state < entries.length; state += LINE) {
      all |= entries[state];
    }
    // No state takes so many bits. What is not used would not be loaded.
    if ((all & TOO_MANY_BITS) != 0) {
      throw new IllegalStateException("a state takes more than 31 bits");
    }
  }

  // A word has the bits of the stream from the value's first one on. Shifts count the lowest six
  // bits alone.

  /** The state that follows. */
  static int next(long entry, long word) {
    return ((int) (entry >>> NEXT_AT) & 0xFFFF) + (int) (word & ~(-1L << entry));
  }

  /** How many bits a value takes from the stream, in the lowest six bits. */
  static long length(long entry) {
    return entry >>> LENGTH_AT;
  }

  /**
   * The leaf's number and the raw bits.
   *
   * @param length of the entry
   */
  static int number(long entry, long length, long word) {
    return (int) (entry >>> NUMBER_AT) + (int) ((word & ~(-1L << length)) >>> entry);
  }
}
