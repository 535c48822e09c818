package org.jetfold.codec.reference;

/** The cells of a modelled column, section 12.4. */
final class Cells {
  private static final int MOST = 16384;

  private final Leaves distribution;
  private final int count;
  private final int[] leaf;
  private final int[] part;
  private final int[] split;

  Cells(Leaves distribution) {
    this.distribution = distribution;
    int sigma = 14;
    while (sigma > 0 && together(sigma) > MOST) {
      sigma--;
    }
    count = (int) together(sigma);
    leaf = new int[count];
    part = new int[count];
    split = new int[count];
    int cell = 0;
    for (int n = 0; n < distribution.count(); n++) {
      for (int v = 0; v < 1 << splitOf(n, sigma); v++) {
        leaf[cell] = n;
        part[cell] = v;
        split[cell] = splitOf(n, sigma);
        cell++;
      }
    }
  }

  private int splitOf(int n, int sigma) {
    boolean escape = distribution.hasEscape() && n == distribution.count() - 1;
    return escape ? 0 : Math.min(distribution.leaf(n).level(), sigma);
  }

  private long together(int sigma) {
    long cells = 0;
    for (int n = 0; n < distribution.count(); n++) {
      cells += 1L << splitOf(n, sigma);
    }
    return cells;
  }

  int count() {
    return count;
  }

  /** The model's column that symbols are told relative to; −1 where there is none. */
  int reference() {
    return distribution.reference() - 2;
  }

  int rawBits(int cell) {
    return distribution.leaf(leaf[cell]).level() - split[cell];
  }

  long firstSymbol(int cell) {
    long first = distribution.leaf(leaf[cell]).first();
    return part[cell] == 0 ? first : first + ((long) part[cell] << rawBits(cell));
  }

  private double begin(int cell) {
    if (cell == count) {
      return 1;
    }
    int from = distribution.cumulative(leaf[cell]);
    double width = distribution.cumulative(leaf[cell] + 1) - from;
    return (from + width * part[cell] / (1 << split[cell])) / 65536;
  }

  private static float logit(double share) {
    return (float) StrictMath.log(share / (1 - share));
  }

  /** z; not of the first cell. */
  float boundary(int cell) {
    return logit(begin(cell));
  }

  private double middle(int cell) {
    return (begin(cell) + begin(cell + 1)) / 2;
  }

  /** What the cell tells others, as two inputs. */
  float[] inputs(int cell) {
    return new float[] {logit(middle(cell)) * 0.5f, (float) (2 * middle(cell) - 1) * 1.7f};
  }
}
