package org.jetfold.codec.reference;

/** The cells of a modelled column, section 12.4. */
final class Cells {
  private static final int MOST = 16384;

  private final Leaves distribution;
  private final long[] shares;
  private final int count;
  private final int[] leaf;
  private final int[] part;
  private final int[] split;

  /** The symbols that phases shift; null where they shift none. */
  private final SegmentValues shifted;

  Cells(Leaves distribution, SegmentValues symbols) {
    this.distribution = distribution;
    shares = distribution.shares(16);
    shifted = symbols.hasPhases() && distribution.reference() == 0 ? symbols : null;
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

  /** The cell of a symbol; the escape where no leaf has it. */
  int of(long symbol) {
    for (int cell = 0; cell < count; cell++) {
      long offset = symbol - firstSymbol(cell);
      boolean above = symbol >= firstSymbol(cell);
      if (!isEscape(cell) && above && offset >= 0 && offset >>> rawBits(cell) == 0) {
        return cell;
      }
    }
    return count - 1;
  }

  private double begin(int cell) {
    if (cell == count) {
      return 1;
    }
    double from = shares[leaf[cell]];
    double width = shares[leaf[cell] + 1] - from;
    return (from + width * part[cell] / (1 << split[cell])) / 65536;
  }

  private boolean isEscape(int cell) {
    return distribution.hasEscape() && cell == count - 1;
  }

  /** φ of a cell whose beginning is moved by half a symbol, upwards or downwards. */
  private double moved(int cell, boolean up) {
    if (shifted == null || cell == 0 || cell == count || isEscape(cell)) {
      return begin(cell);
    }
    long first = firstSymbol(cell);
    boolean adjoins =
        firstSymbol(cell - 1) + (1L << rawBits(cell - 1)) == first
            && !shifted.isSpikeSymbol(first)
            && !shifted.isSpikeSymbol(first - 1);
    if (!adjoins) {
      return begin(cell);
    }
    int from = up ? cell : cell - 1;
    double half = (begin(from + 1) - begin(from)) * Math.pow(2, -1 - rawBits(from));
    return up ? begin(cell) + half : begin(cell) - half;
  }

  private static float logit(double share) {
    return (float) StrictMath.log(share / (1 - share));
  }

  private static float between(float first, float last, float shift) {
    return first + (last - first) * shift;
  }

  /** z; not of the first cell. */
  float boundary(int cell, float shift) {
    return between(logit(moved(cell, true)), logit(moved(cell, false)), shift);
  }

  private double middle(int cell, boolean up) {
    return (moved(cell, up) + moved(cell + 1, up)) / 2;
  }

  /** What the cell tells others, as two inputs. */
  float[] inputs(int cell, float shift) {
    double first = middle(cell, true);
    double last = middle(cell, false);
    return new float[] {
      between(logit(first), logit(last), shift) * 0.5f,
      between((float) (2 * first - 1), (float) (2 * last - 1), shift) * 1.7f
    };
  }
}
