package org.jetfold.codec.entropy;

import java.util.List;

/**
 * The leaves of all distributions of a stream, numbered through: those of the first context's
 * distribution, then those of the second's, and so on. Immutable.
 */
final class StreamLeaves {
  private final List<Distribution> distributions;
  private final int bits;
  private final int[] starts;

  /** The leaves of a stream with one distribution for each context. */
  StreamLeaves(List<Distribution> distributions) {
    this.distributions = List.copyOf(distributions);
    bits = StateTable.bits(distributions);
    starts = new int[distributions.size() + 1];
    for (int k = 0; k < distributions.size(); k++) {
      starts[k + 1] = starts[k] + distributions.get(k).leaves();
    }
  }

  /** How many bits the states of the coder have; 0 where there is no coder. */
  int bits() {
    return bits;
  }

  /** The distributions, one for each context. */
  List<Distribution> distributions() {
    return distributions;
  }

  /** The number of the first leaf of a context. */
  int start(int context) {
    return starts[context];
  }

  /** How many leaves there are. */
  int size() {
    return starts[starts.length - 1];
  }

  /** The first symbol of each leaf. */
  long[] firsts() {
    long[] firsts = new long[size()];
    for (int k = 0; k < distributions.size(); k++) {
      long[] own = distributions.get(k).firsts();
      System.arraycopy(own, 0, firsts, starts[k], own.length);
    }
    return firsts;
  }

  /** For each leaf, how many of its raw bits stand behind the coder's. */
  byte[] bitsBehind() {
    byte[] behind = new byte[size()];
    for (int k = 0; k < distributions.size(); k++) {
      byte[] levels = distributions.get(k).levels();
      for (int leaf = 0; leaf < levels.length; leaf++) {
        behind[starts[k] + leaf] = (byte) Math.max(0, levels[leaf] - StateTable.mostBeside(bits));
      }
    }
    return behind;
  }

  /** Whether all symbols are ints, and none has raw bits behind the coder's. */
  boolean areInts() {
    return distributions.stream().allMatch(this::areInts);
  }

  private boolean areInts(Distribution distribution) {
    boolean areInts = !distribution.hasEscape();
    for (int leaf = 0; leaf < distribution.leaves() && areInts; leaf++) {
      long first = distribution.first(leaf);
      int level = distribution.level(leaf);
      areInts =
          level <= StateTable.mostBeside(bits)
              && first >= Integer.MIN_VALUE
              && first <= Integer.MAX_VALUE - ((1L << level) - 1);
    }
    return areInts;
  }
}
