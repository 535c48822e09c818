package org.jetfold.study.quantization;

/**
 * The values that are left after a first quantization, and which values each of them stands for:
 * its cell. Cells touch, and rise with their levels. Immutable.
 */
public interface Levels {
  /** How many levels x there are with from ≤ x &lt; to. */
  long count(double from, double to);

  /**
   * Where a bin's edge really is: the lower end of the cell of the smallest level that is not below
   * the edge. A quantized value is at or above the edge exactly where the original one is at or
   * above this; so a histogram of quantized values is one of the original values whose edges are
   * here.
   */
  double effectiveEdge(double edge);

  /** The smallest level that is not below a value. */
  double atOrAbove(double value);

  /** The largest level below a value. */
  double below(double value);

  /** The distance from the largest level below a value, or at it, to the next level above. */
  double spacing(double value);
}
