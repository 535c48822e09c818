package org.jetfold.codec.entropy;

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

  /**
   * What belongs to the rows, in their order, one part for each context.
   *
   * @param ofRows from index {@code at} on, what belongs to each row
   */
  long[][] split(long[] ofRows, int at) {
    long[][] parts = new long[sizes.length][];
    for (int context = 0; context < sizes.length; context++) {
      parts[context] = new long[sizes[context]];
    }
    int[] next = new int[sizes.length];
    for (int i = 0; i < count; i++) {
      int context = contexts[from + i];
      parts[context][next[context]++] = ofRows[at + i];
    }
    return parts;
  }
}
