package org.jetfold.codec.entropy;

import java.util.Arrays;

/** Which of some rows are in which context, and how many. */
final class ContextParts {
  private final byte[] contexts;
  private final int from;
  private final int count;
  private final int[] sizes;

  /**
   * Counts rows.
   *
   * @param contexts of rows, {@code count} of them from index {@code from} on
   * @param number of contexts
   */
  ContextParts(byte[] contexts, int from, int count, int number) {
    this.contexts = contexts;
    this.from = from;
    this.count = count;
    sizes = new int[number];
    for (int i = from; i < from + count; i++) {
      sizes[contexts[i]]++;
    }
  }

  /** How many rows are in a context. */
  int size(int context) {
    return sizes[context];
  }

  /** The last context that has rows; −1 where there are no rows. */
  int last() {
    int last = sizes.length - 1;
    while (last >= 0 && sizes[last] == 0) {
      last--;
    }
    return last;
  }

  /**
   * What belongs to the rows of a context, in their order.
   *
   * @param ofRows from index {@code at} on, what belongs to each row
   */
  long[] of(int context, long[] ofRows, int at) {
    // One more, as each row is stored before it is known whether it counts.
    long[] part = new long[sizes[context] + 1];
    int next = 0;
    for (int i = 0; i < count; i++) {
      part[next] = ofRows[at + i];
      next += contexts[from + i] == context ? 1 : 0;
      next = Math.min(next, sizes[context]);
    }
    return Arrays.copyOf(part, sizes[context]);
  }

  /** Gives each row what belongs to it, from one part for each context. */
  void join(long[][] parts, long[] ofRows) {
    int[] next = new int[parts.length];
    for (int i = 0; i < count; i++) {
      int context = contexts[from + i];
      ofRows[i] = parts[context][next[context]++];
    }
  }
}
