package org.jetfold.codec.entropy;

import java.util.List;

/**
 * What the entropy coder makes of a distribution with several leaves: how many of its states decode
 * to each leaf, and which (docs/format.md section 9). Immutable.
 */
final class StateTable {
  /** There are at most two to this power of states. */
  static final int MAX_BITS = 16;

  /** State bits and raw bits of a value that stand side by side are never more than these. */
  static final int VALUE_BITS = 28;

  /** Two to this power of states serve any distribution that has no more leaves than they allow. */
  private static final int USUAL_BITS = 12;

  /** With several contexts, whose states lie beside each other: tables that stay in the caches. */
  private static final int USUAL_BITS_IN_CONTEXTS = 11;

  /** On average two to this power of states, or more, decode to a leaf. */
  private static final int BITS_PER_LEAF = 4;

  private final Distribution distribution;
  private final int bits;
  private final int[] starts;
  private final char[] leaves;

  /** The table of a distribution that is a stream's only one. */
  StateTable(Distribution distribution) {
    this(distribution, bits(List.of(distribution)));
  }

  /**
   * The table of one of the distributions of a stream.
   *
   * @param distribution with at least one leaf
   * @param bits log2 of the number of states, {@link #bits(List)} of all distributions
   */
  StateTable(Distribution distribution, int bits) {
    this.distribution = distribution;
    this.bits = bits;
    starts = distribution.shares(bits);
    int states = 1 << bits;
    leaves = new char[states];
    // An odd step, which therefore meets every state once.
    int step = (states >> 1) + (states >> 3) + 3;
    int state = 0;
    for (int leaf = 0; leaf < starts.length - 1; leaf++) {
      for (int left = starts[leaf + 1] - starts[leaf]; left > 0; left--) {
        leaves[state] = (char) leaf;
        state = (state + step) & (states - 1);
      }
    }
  }

  /**
   * How many bits the states of a stream with these distributions have; 0 where each has one leaf
   * at most, so that there is nothing to code but raw bits.
   */
  static int bits(List<Distribution> distributions) {
    int usual = distributions.size() > 1 ? USUAL_BITS_IN_CONTEXTS : USUAL_BITS;
    int most = 0;
    for (Distribution distribution : distributions) {
      most = distribution.leaves() < 2 ? most : Math.max(most, bits(distribution, usual));
    }
    return most;
  }

  /** How many bits a distribution asks for: few for few values, whatever its leaves. */
  private static int bits(Distribution distribution, int usual) {
    int forValues = Math.min(ceilLog2(distribution.total()), usual);
    int forLeaves = ceilLog2(distribution.leaves()) + BITS_PER_LEAF;
    return Math.min(Math.max(forValues, forLeaves), MAX_BITS);
  }

  private static int ceilLog2(long positive) {
    return Long.SIZE - Long.numberOfLeadingZeros(positive - 1);
  }

  /** The number of states that values of a stream take turns with. */
  static int lanes(int count) {
    return count < 4096 ? 1 : 4;
  }

  /** log2 of the number of states. */
  int bits() {
    return bits;
  }

  /** How many leaves the distribution has. */
  int leaves() {
    return distribution.leaves();
  }

  /** How many states decode to leaves before {@code leaf}, which goes from 0 to their number. */
  int start(int leaf) {
    return starts[leaf];
  }

  /** How many states decode to a leaf. */
  int frequency(int leaf) {
    return starts[leaf + 1] - starts[leaf];
  }

  /** The leaf that a state decodes to. */
  int leaf(int state) {
    return leaves[state];
  }

  /** How many of a leaf's raw bits, the lowest, stand beside the state bits. */
  int bitsBeside(int leaf) {
    return Math.min(distribution.level(leaf), mostBeside(bits));
  }

  /**
   * The most raw bits of a value that stand beside those of a state; none where states have no
   * bits, and there is no coder.
   */
  static int mostBeside(int bits) {
    return bits == 0 ? 0 : VALUE_BITS - bits;
  }
}
