package org.jetfold.codec.network;

/**
 * The loops of network inference over a tile of rows. All implementations give the same bits for
 * the same arguments, whatever else is in the tile.
 *
 * <p>Arrays of activations hold one unit after the other, {@link #ROWS} floats each, one per row:
 * the value of unit u in row r is at u·ROWS + r. Weights of an output stand one after the other,
 * outputs one after the other. Implementations hold no state and are safe to share.
 */
public abstract class Kernel {
  /** Rows of a tile. */
  public static final int ROWS = 32;

  /** What a cumulative distribution is scaled to: two to this power. */
  public static final int PRECISION = 24;

  /** A boundary that no argument reaches: stands for −∞ and, positive, for +∞. */
  public static final float BEYOND = Float.MAX_VALUE;

  /** Weights of mixtures are clamped to ± this, as logarithms. */
  static final float MAX_LOG_WEIGHT = 30;

  /** Centres of mixtures are clamped to ± this. */
  static final float MAX_CENTRE = 64;

  /** The least natural logarithm of a mixture's scale; smaller ones are clamped to it. */
  static final float LOWEST_LOG_SCALE = -9;

  /** The largest natural logarithm of a mixture's scale; larger ones are clamped to it. */
  static final float HIGHEST_LOG_SCALE = 4;

  static final float LOG2_E = 1.442695f;

  Kernel() {}

  /**
   * How long an array of mixtures of {@code k} components is: their 3·k units, lanes behind the
   * last row that a {@link #search} may look at, and room to work in, which is also enough for what
   * {@link #multiply} may change behind the outputs.
   */
  static int mixtureRoom(int k) {
    return 3 * k * ROWS + (1 + 2 * k) * CellSearch.ROOM;
  }

  /** The name of this kernel in messages. */
  public abstract String name();

  /**
   * Adds a matrix product: for each output o and row r, {@code y[o] = fma(w[o][i], x[i], y[o])} for
   * i = 0, 1, …, in this order.
   *
   * @param x at least as many units as the weights have inputs
   * @param y from unit {@code yFrom} on, what is added to; with room for {@link
   *     PackedWeights#units}, of which those behind the outputs may be changed
   * @param rows rows that count; those behind, of the same tile, may be changed
   */
  public abstract void multiply(PackedWeights weights, float[] x, float[] y, int yFrom, int rows);

  /**
   * Adds the products of a matrix and few rows, whose values stand one after the other: for each
   * row r and output o, {@code y[r·units + o] = fma(w[o][i], x[r·xStride + i], y[r·units + o])} for
   * i = 0, 1, …, in this order, with the same bits as {@link #multiply}.
   *
   * @param x {@link FewRowsWeights#inputs} values per row
   * @param xStride from a row's first value to the next one's
   * @param y {@link FewRowsWeights#units} sums per row
   */
  public abstract void multiplyFew(
      FewRowsWeights weights, float[] x, int xStride, float[] y, int rows);

  /** Sets units to a bias each: those from {@code from} on, for units from {@code yFrom} on. */
  public abstract void fill(float[] biases, int from, int units, float[] y, int yFrom, int rows);

  /** Sets what is not above 0 (NaN too) to +0. */
  public abstract void rectify(float[] y, int yFrom, int units, int rows);

  /** Multiplies what is not above 0 by {@code slope}. */
  public abstract void leak(float[] y, int yFrom, int units, int rows, float slope);

  /** The hyperbolic tangent of each value, as {@link HyperbolicTangent} has it. */
  public abstract void tanh(float[] y, int yFrom, int units, int rows);

  /**
   * Turns raw outputs into mixtures of logistic distributions, in place: {@code k} logarithms of
   * weights become weights that add up to about 1; {@code k} centres are clamped; {@code k}
   * logarithms of scales s become −log2(e)/s. NaN becomes the lower clamp.
   */
  public abstract void mixtures(float[] outputs, int k, int rows);

  /**
   * The mixtures' cumulative distribution at two boundaries for each row, as integers: with F = Σ
   * w/(1+2^((boundary−centre)·−log2(e)/s)), clamped to 1, the integer part of F·scale.
   *
   * @param outputs as {@link #mixtures} left them, and room behind them
   * @param lower the first boundary of each row
   * @param upper the second
   * @param scale at most 2^{@link #PRECISION}
   * @param starts receives the integers at the first boundary
   * @param ends receives those at the second
   */
  public abstract void cumulative(
      float[] outputs,
      int k,
      float[] lower,
      float[] upper,
      float scale,
      int[] starts,
      int[] ends,
      int rows);

  /**
   * For up to {@link CellSearch#ROOM} rows, finds the cell that holds a slot. Cell c holds the
   * slots from C(c) to before C(c + 1), where C(c) is c + the {@link #cumulative} at its lower
   * boundary, and 2^{@link #PRECISION} behind the last cell.
   *
   * @param outputs as {@link #mixtures} left them, and room behind them
   * @param row the first row
   * @param first the lower boundary of each cell, the first −{@link #BEYOND}, for rows that are not
   *     shifted; a row's boundary is first + (last − first)·shift, every operation rounded
   * @param last the same for a shift of 1; the same array where no row is shifted
   * @param cells how many cells there are
   * @param scale 2^{@link #PRECISION} − cells
   * @param search has the slots of the rows from {@code row} on, at place 0, and receives their
   *     cells
   */
  public abstract void search(
      float[] outputs,
      int k,
      int row,
      int count,
      float[] first,
      float[] last,
      int cells,
      float scale,
      CellSearch search);
}
