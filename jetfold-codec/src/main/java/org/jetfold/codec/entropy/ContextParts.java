package org.jetfold.codec.entropy;

/** Parts rows by their contexts. */
final class ContextParts {
  private ContextParts() {}

  /**
   * What belongs to the rows, in their order, one part for each context.
   *
   * @param ofRows what belongs to each row
   * @param contexts of the rows, below {@code number}
   */
  static long[][] split(long[] ofRows, byte[] contexts, int number) {
    int[] sizes = new int[number];
    for (byte context : contexts) {
      sizes[context]++;
    }
    long[][] parts = new long[number][];
    for (int context = 0; context < number; context++) {
      parts[context] = new long[sizes[context]];
    }
    int[] next = new int[number];
    for (int i = 0; i < contexts.length; i++) {
      int context = contexts[i];
      parts[context][next[context]++] = ofRows[i];
    }
    return parts;
  }
}
