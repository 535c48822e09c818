package org.jetfold.codec.entropy;

/** Which context codes which decision about a distribution (docs/format.md section 7.2). */
final class DistributionContexts {
  private static final int NUMBER = 65;
  private static final int SIZES = 16;
  private static final int LEVELS = 12;

  static final int ESCAPE = 0;
  static final int REFERENCE = 1;
  static final int TOTAL = REFERENCE + NUMBER;
  static final int GRID = TOTAL + NUMBER;
  static final int WEIGHT = GRID + NUMBER;
  static final int LEVEL = WEIGHT + NUMBER;
  static final int PLACE = LEVEL + NUMBER;
  static final int SPLIT = PLACE + NUMBER;
  private static final int LEAF = SPLIT + NUMBER;
  private static final int BOTH = LEAF + SIZES * LEVELS;
  private static final int SIDE = BOTH + SIZES * LEVELS;
  private static final int SINGLE = SIDE + 3 * LEVELS;
  static final int SPIKES = SINGLE + 3 * LEVELS;
  static final int DITHERED = SPIKES + NUMBER;
  static final int SEVERAL = DITHERED + 1;
  static final int KIND = SEVERAL + 1;
  static final int COLUMN = KIND + NUMBER;
  static final int SOURCE = COLUMN + NUMBER;
  static final int LIMITS = SOURCE + NUMBER;
  static final int STEP = LIMITS + NUMBER;
  static final int MODELLED = STEP + NUMBER;
  static final int DECIMALS = MODELLED + 1;
  private static final int ALL = DECIMALS + NUMBER;

  private DistributionContexts() {}

  static BinaryContexts fresh() {
    return new BinaryContexts(ALL);
  }

  /** Whether an interval of 2^level symbols with n of the total is a leaf. */
  static int leaf(int n, int level) {
    return LEAF + size(n) * LEVELS + Math.min(level, LEVELS - 1);
  }

  /** Whether both halves of an interval hold symbols. */
  static int both(int n, int level) {
    return BOTH + size(n) * LEVELS + Math.min(level, LEVELS - 1);
  }

  /** Which half holds all symbols, given which half of the interval above did (0: both). */
  static int side(int last, int level) {
    return SIDE + last * LEVELS + Math.min(level, LEVELS - 1);
  }

  /** Whether all symbols of an interval are the same one, with {@code last} as for the side. */
  static int single(int last, int level) {
    return SINGLE + last * LEVELS + Math.min(level, LEVELS - 1);
  }

  private static int size(int n) {
    return Math.min(31 - Integer.numberOfLeadingZeros(n), SIZES - 1);
  }

  /**
   * The unit in which a split of n is coded: about two standard deviations of the lower half's
   * number.
   */
  static int unit(int n) {
    return (int) Math.sqrt(n);
  }

  /** The lower half's number for a split told as d units from the middle. */
  static int lower(int n, long d) {
    return (int) Math.clamp(n / 2 + d * unit(n), 1, n - 1L);
  }
}
