package org.jetfold.codec.entropy;

import java.util.Arrays;

/** The leaves of a distribution while they are found one by one, in increasing order of symbols. */
final class LeafList {
  private long[] first = new long[64];
  private byte[] levels = new byte[64];
  private int[] weights = new int[64];
  private int size;

  void add(long firstSymbol, int level, int weight) {
    if (size == first.length) {
      first = Arrays.copyOf(first, 2 * size);
      levels = Arrays.copyOf(levels, 2 * size);
      weights = Arrays.copyOf(weights, 2 * size);
    }
    first[size] = firstSymbol;
    levels[size] = (byte) level;
    weights[size++] = weight;
  }

  int size() {
    return size;
  }

  Distribution toDistribution(int reference, boolean escape) {
    return new Distribution(
        reference,
        escape,
        Arrays.copyOf(first, size),
        Arrays.copyOf(levels, size),
        Arrays.copyOf(weights, size));
  }
}
