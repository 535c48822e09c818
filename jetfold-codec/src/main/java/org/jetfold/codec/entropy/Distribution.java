package org.jetfold.codec.entropy;

import java.util.Arrays;

/**
 * How often the symbols of a stream occur, as a coder needs it: intervals of symbols (leaves) that
 * are equally likely inside, and a weight for each (docs/format.md section 7.2 and 7.3).
 *
 * <p>A leaf of level L holds 2^L symbols: which leaf a symbol lies in is coded with the leaf's
 * share of the weights, where in the leaf it lies with L raw bits. Leaves are disjoint and in
 * increasing order of symbols. Immutable and safe to share.
 */
public final class Distribution {
  /** The largest number of leaves of a stream, escapes included. */
  public static final int MAXIMUM_LEAVES = 1 << 15;

  /** The largest number of leaves of all distributions that are stored together. */
  public static final int MAXIMUM_LEAVES_TOGETHER = 1 << 24;

  /** {@link #reference}: the stream codes its symbols themselves. */
  public static final int NO_REFERENCE = 0;

  /** {@link #reference}: the stream codes the difference of each symbol to the one before. */
  public static final int PREVIOUS = 1;

  /**
   * {@link #reference}: this and column c's number: the stream codes differences to the symbols of
   * column c.
   */
  public static final int FIRST_COLUMN = 2;

  private final int reference;
  private final int grid;
  private final boolean escape;
  private final long[] first;
  private final byte[] levels;
  private final int[] weights;
  private final long total;

  /**
   * A distribution.
   *
   * @param reference what the stream codes differences to
   * @param grid how many low bits the stream leaves out
   * @param escape whether the last leaf stands for all symbols outside the others (its level is 64
   *     and its first symbol 0)
   * @param first each leaf's smallest symbol
   * @param levels log2 of each leaf's size
   * @param weights each leaf's weight, at least 1
   */
  Distribution(
      int reference, int grid, boolean escape, long[] first, byte[] levels, int[] weights) {
    this.reference = reference;
    this.grid = grid;
    this.escape = escape;
    this.first = first;
    this.levels = levels;
    this.weights = weights;
    long sum = 0;
    for (int weight : weights) {
      sum += weight;
    }
    total = sum;
  }

  /**
   * What the stream codes differences to: {@link #NO_REFERENCE}, {@link #PREVIOUS}, or {@link
   * #FIRST_COLUMN} plus a column's number.
   */
  public int reference() {
    return reference;
  }

  /**
   * How many low bits, which the sign tells, the stream leaves out of every symbol, before it codes
   * differences; 0 to {@link Grid#MAX}.
   */
  public int grid() {
    return grid;
  }

  /** Whether the last leaf is the escape, which carries any symbol as 64 raw bits. */
  public boolean hasEscape() {
    return escape;
  }

  /** The number of leaves, the escape included. */
  public int leaves() {
    return first.length;
  }

  /** Each leaf's smallest symbol; not to be changed. */
  long[] firsts() {
    return first;
  }

  /** Each leaf's level; not to be changed. */
  byte[] levels() {
    return levels;
  }

  /** The smallest symbol of a leaf. */
  public long first(int leaf) {
    return first[leaf];
  }

  /** The number of raw bits that tell where in the leaf a symbol lies. */
  public int level(int leaf) {
    return levels[leaf];
  }

  /** Whether it was made from some values; without any nothing can be coded with it. */
  public boolean hasValues() {
    return total > 0;
  }

  /** The sum of all weights. */
  long total() {
    return total;
  }

  /**
   * Two to a power, shared among the leaves by their weights, at least 1 for each (docs/format.md
   * section 7.3).
   *
   * @param bits the power; two to it is not less than the number of leaves
   * @return for each leaf the sum of the shares before it, and last the sum of all
   */
  public int[] shares(int bits) {
    int leaves = first.length;
    int[] before = new int[leaves + 1];
    long sum = 0;
    for (int k = 0; k < leaves; k++) {
      before[k] = k + (int) (((1L << bits) - leaves) * sum / total);
      sum += weights[k];
    }
    before[leaves] = leaves == 0 ? 0 : 1 << bits;
    return before;
  }

  /** The number of leaves that hold symbols: all but the escape. */
  int regularLeaves() {
    return escape ? first.length - 1 : first.length;
  }

  /** The last symbol of a leaf. */
  long last(int leaf) {
    int level = levels[leaf];
    return first[leaf] + (level >= Long.SIZE ? -1 : (1L << level) - 1);
  }

  /**
   * The leaf that holds a symbol.
   *
   * @throws IllegalArgumentException where no leaf holds it and there is no escape
   */
  public int leafOf(long symbol) {
    int regular = regularLeaves();
    int found = Arrays.binarySearch(first, 0, regular, symbol);
    int leaf = found >= 0 ? found : -found - 2;
    if (leaf >= 0 && (levels[leaf] == 64 || (symbol - first[leaf]) >>> levels[leaf] == 0)) {
      return leaf;
    }
    if (escape) {
      return regular;
    }
    throw new IllegalArgumentException("no leaf holds symbol " + symbol);
  }
}
