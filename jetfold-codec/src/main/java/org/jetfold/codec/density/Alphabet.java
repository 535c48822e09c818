package org.jetfold.codec.density;

import java.util.Arrays;
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
 * the same everywhere.
 *
 * <p>Where phases shift the grid, the symbols of an event stand for values that are shifted against
 * those of another. F counts all phases together, so it is right for the phase in the middle, and
 * the boundaries of cells lie up to half a symbol higher for lower phases and lower for higher ones
 * (docs/density.md). Tables have them for phase 0 and for 256, and those between are in between.
 *
 * <p>Immutable and safe to share.
 */
public final class Alphabet {
  /** Leaves are split only as far as there are no more cells than this. */
  public static final int MAX_CELLS = 1 << 14;

  private static final int MAX_SPLIT = 14;

  /** Leaves have shares of two to this power, of which those of their cells are fractions. */
  private static final int SHARE_BITS = 16;

  private final Distribution distribution;
  private final LeafIndex leafIndex;
  private final int[] firstCell;
  private final byte[] levels;
  private final RawBits rawBits;
  private final Axis first;
  private final Axis last;

  /**
   * The cells on the axis.
   *
   * @param boundaries the lower boundary of each
   * @param logits the middle of each
   * @param shares the middle of each, as a share from −1 to 1
   */
  private record Axis(float[] boundaries, float[] logits, float[] shares) {
    /** The axis with this share before each cell, and 1 last. */
    static Axis of(double[] before) {
      int cells = before.length - 1;
      Axis axis = new Axis(new float[cells], new float[cells], new float[cells]);
      axis.boundaries[0] = -Kernel.BEYOND;
      for (int cell = 0; cell < cells; cell++) {
        if (cell > 0) {
          axis.boundaries[cell] = logit(before[cell]);
        }
        double middle = (before[cell] + before[cell + 1]) / 2;
        axis.logits[cell] = logit(middle);
        axis.shares[cell] = (float) (2 * middle - 1);
      }
      return axis;
    }
  }

  /**
   * The alphabet of a distribution of symbols that no phases shift.
   *
   * @throws IllegalArgumentException where it has no leaves, or a grid, or more leaves than {@link
   *     #MAX_CELLS}, or refers to the symbol before
   */
  public Alphabet(Distribution distribution) {
    this(distribution, false, new long[0]);
  }

  /**
   * The alphabet of a distribution of symbols that phases shift.
   *
   * @param spikes symbols that they do not shift, in increasing order
   * @throws IllegalArgumentException as above
   */
  static Alphabet shifted(Distribution distribution, long[] spikes) {
    return new Alphabet(distribution, true, spikes);
  }

  private Alphabet(Distribution distribution, boolean isShifted, long[] spikes) {
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
    int[] shares = distribution.shares(SHARE_BITS);
    for (int leaf = 0; leaf < leaves; leaf++) {
      int bits = distribution.level(leaf) - cellBits(distribution, leaf, split);
      int parts = firstCell[leaf + 1] - firstCell[leaf];
      double from = shares[leaf];
      double width = shares[leaf + 1] - from;
      for (int part = 0; part < parts; part++) {
        int cell = firstCell[leaf] + part;
        levels[cell] = (byte) bits;
        firstSymbol[cell] = distribution.first(leaf) + (bits == 64 ? 0 : (long) part << bits);
        before[cell] = (from + width * part / parts) / (1 << SHARE_BITS);
      }
    }
    rawBits = new RawBits(firstSymbol, levels);
    before[cells] = 1;
    first = Axis.of(isShifted ? shifted(before, firstSymbol, spikes, true) : before);
    last = isShifted ? Axis.of(shifted(before, firstSymbol, spikes, false)) : first;
  }

  /**
   * The shares before cells whose boundaries are moved by half a symbol, up or down: those between
   * two cells that adjoin, the escape and the symbols of spikes excepted.
   */
  private double[] shifted(double[] before, long[] firstSymbol, long[] spikes, boolean up) {
    double[] shifted = before.clone();
    for (int cell = 1; cell < levels.length; cell++) {
      long symbol = firstSymbol[cell];
      boolean adjoins =
          levels[cell] < Long.SIZE
              && firstSymbol[cell - 1] + (1L << levels[cell - 1]) == symbol
              && Arrays.binarySearch(spikes, symbol) < 0
              && Arrays.binarySearch(spikes, symbol - 1) < 0;
      if (adjoins) {
        shifted[cell] += up ? halfSymbol(before, cell) : -halfSymbol(before, cell - 1);
      }
    }
    return shifted;
  }

  /** The share of half a symbol of a cell. */
  private double halfSymbol(double[] before, int cell) {
    return Math.scalb(before[cell + 1] - before[cell], -1 - levels[cell]);
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
    return levels.length;
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
   * The lower boundary of each cell on the axis under phase 0; the first is −{@link Kernel#BEYOND}.
   * Not to be changed.
   */
  float[] firstBoundaries() {
    return first.boundaries;
  }

  /** The same under phase 256; where no phases shift cells, the same array. */
  float[] lastBoundaries() {
    return last.boundaries;
  }

  /**
   * The lower boundary of a cell on the axis; of the first −{@link Kernel#BEYOND}.
   *
   * @param shift a phase in units of 256
   */
  public float boundary(int cell, float shift) {
    return between(first.boundaries, last.boundaries, cell, shift);
  }

  /** The middle of a cell on the axis. */
  float logit(int cell, float shift) {
    return between(first.logits, last.logits, cell, shift);
  }

  /** The middle of a cell as a share, from −1 to 1. */
  float share(int cell, float shift) {
    return between(first.shares, last.shares, cell, shift);
  }

  private static float between(float[] first, float[] last, int cell, float shift) {
    return first[cell] + (last[cell] - first[cell]) * shift;
  }

  /** What {@link Kernel#cumulative} is scaled to, so that every cell keeps one count. */
  public float scale() {
    return (1 << Kernel.PRECISION) - cells();
  }
}
