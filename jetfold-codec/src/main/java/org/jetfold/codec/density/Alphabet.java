package org.jetfold.codec.density;

import org.jetfold.codec.entropy.Distribution;
import org.jetfold.codec.entropy.LeafIndex;
import org.jetfold.codec.entropy.RawBits;
import org.jetfold.codec.network.Kernel;

/**
 * The symbols of a column as a network sees them: cells in increasing order of symbols, on an axis
 * on which the column's own distribution is the standard logistic one (docs/density.md).
 *
 * <p>With F(k) the share of symbols before cell k, the cell's boundaries on the axis are logit F(k)
 * and logit F(k + 1), its middle the logit of the middle share. Leaves of the distribution are
 * split into single symbols, or, where that would make too many cells, into equal parts within
 * which raw bits give the symbol. Logarithms are those of {@link StrictMath}, so that everything is
 * the same everywhere. Immutable and safe to share.
 */
public final class Alphabet {
  /** Leaves are split only as far as there are no more cells than this. */
  public static final int MAX_CELLS = 1 << 14;

  private static final int MAX_SPLIT = 14;

  private final Distribution distribution;
  private final LeafIndex leafIndex;
  private final int[] firstCell;
  private final byte[] levels;
  private final RawBits rawBits;
  private final float[] boundaries;
  private final float[] logits;
  private final float[] shares;

  /**
   * The alphabet of a distribution.
   *
   * @throws IllegalArgumentException where it has no leaves, or a grid, or more leaves than {@link
   *     #MAX_CELLS}, or refers to the symbol before
   */
  public Alphabet(Distribution distribution) {
    int leaves = distribution.leaves();
    if (leaves == 0
        || leaves > MAX_CELLS
        || distribution.grid() != 0
        || distribution.reference() == Distribution.PREVIOUS) {
      throw new IllegalArgumentException("a distribution that a learned model cannot work with");
    }
    this.distribution = distribution;
    this.leafIndex = new LeafIndex(distribution);
    int split = split(distribution);
    firstCell = new int[leaves + 1];
    for (int leaf = 0; leaf < leaves; leaf++) {
      firstCell[leaf + 1] = firstCell[leaf] + (1 << cellBits(distribution, leaf, split));
    }
    int cells = firstCell[leaves];
    levels = new byte[cells];
    long[] firstSymbol = new long[cells];
    double[] before = new double[cells + 1];
    for (int leaf = 0; leaf < leaves; leaf++) {
      int bits = distribution.level(leaf) - cellBits(distribution, leaf, split);
      int parts = firstCell[leaf + 1] - firstCell[leaf];
      double from = distribution.cumulative(leaf);
      double width = distribution.cumulative(leaf + 1) - from;
      for (int part = 0; part < parts; part++) {
        int cell = firstCell[leaf] + part;
        levels[cell] = (byte) bits;
        firstSymbol[cell] = distribution.first(leaf) + (bits == 64 ? 0 : (long) part << bits);
        before[cell] = (from + width * part / parts) / (1 << Distribution.PRECISION);
      }
    }
    rawBits = new RawBits(firstSymbol, levels);
    before[cells] = 1;
    boundaries = new float[cells];
    logits = new float[cells];
    shares = new float[cells];
    boundaries[0] = -Kernel.BEYOND;
    for (int cell = 0; cell < cells; cell++) {
      if (cell > 0) {
        boundaries[cell] = logit(before[cell]);
      }
      double middle = (before[cell] + before[cell + 1]) / 2;
      logits[cell] = logit(middle);
      shares[cell] = (float) (2 * middle - 1);
    }
  }

  private static float logit(double share) {
    return (float) StrictMath.log(share / (1 - share));
  }

  /** A leaf is split into at most two to this power cells. */
  private static int split(Distribution distribution) {
    int split = MAX_SPLIT;
    while (split > 0) {
      long cells = 0;
      for (int leaf = 0; leaf < distribution.leaves(); leaf++) {
        cells += 1L << cellBits(distribution, leaf, split);
      }
      if (cells <= MAX_CELLS) {
        return split;
      }
      split--;
    }
    return 0;
  }

  private static int cellBits(Distribution distribution, int leaf, int split) {
    boolean isEscape = distribution.hasEscape() && leaf == distribution.leaves() - 1;
    return isEscape ? 0 : Math.min(distribution.level(leaf), split);
  }

  /**
   * The column whose symbols are subtracted before symbols are looked up here, as its number in the
   * model; −1 where there is none.
   */
  public int reference() {
    return Math.max(distribution.reference() - Distribution.FIRST_COLUMN, -1);
  }

  /** The number of cells. */
  public int cells() {
    return boundaries.length;
  }

  /** The bits that distinguish the symbols of a cell; for an escape, the whole symbol. */
  RawBits rawBits() {
    return rawBits;
  }

  /**
   * For each cell, how many bits distinguish its symbols; 64 where it can be any. Not to be
   * changed.
   */
  public byte[] levels() {
    return levels;
  }

  /**
   * The cells of the first {@code count} symbols.
   *
   * @throws IllegalArgumentException where there is none for a symbol, and no escape
   */
  public void cellsOf(long[] symbols, int count, char[] cells) {
    leafIndex.leavesOf(symbols, 0, count, cells);
    for (int i = 0; i < count; i++) {
      int leaf = cells[i];
      int cell = firstCell[leaf];
      if (firstCell[leaf + 1] - cell > 1) {
        cell += (int) ((symbols[i] - distribution.first(leaf)) >>> levels[cell]);
      }
      cells[i] = (char) cell;
    }
  }

  /**
   * The lower boundary of each cell on the axis; the first is −{@link Kernel#BEYOND}. Not to be
   * changed.
   */
  public float[] boundaries() {
    return boundaries;
  }

  /** The middle of each cell on the axis. Not to be changed. */
  public float[] logits() {
    return logits;
  }

  /** The middle of each cell as a share, from −1 to 1. Not to be changed. */
  public float[] shares() {
    return shares;
  }

  /** What {@link Kernel#cumulative} is scaled to, so that every cell keeps one count. */
  public float scale() {
    return (1 << Kernel.PRECISION) - cells();
  }
}
