package org.jetfold.codec.quantize;

/**
 * The largest errors found in a column, and how many values changed at all. Filled by {@link
 * BoundCheck}. Not thread-safe.
 *
 * <p>Errors are those of finite originals, rounded to the nearest double; rounding never takes one
 * over a bound that the exact error keeps. The result does not depend on the order of the values.
 */
public final class ErrorExtremes {
  private double largestAbsolute;
  private double largestRelative;
  private long changed;
  private long violations;

  /** Extremes of no values: all zero. */
  public ErrorExtremes() {}

  /** The largest |restored − original|, in the column's unit. */
  public double largestAbsolute() {
    return largestAbsolute;
  }

  /** The largest |restored − original| / |original| of originals other than zero. */
  public double largestRelative() {
    return largestRelative;
  }

  /** The number of values that are not bit for bit the original. */
  public long changed() {
    return changed;
  }

  /**
   * The number of values that break their setting's bound; zero in everything that Jetfold writes.
   */
  public long violations() {
    return violations;
  }

  /** Adds the extremes of further values. */
  public void include(ErrorExtremes other) {
    include(other.largestAbsolute, other.largestRelative, other.changed, other.violations);
  }

  void include(double absolute, double relative, long moreChanged, long moreViolations) {
    largestAbsolute = Math.max(largestAbsolute, absolute);
    largestRelative = Math.max(largestRelative, relative);
    changed += moreChanged;
    violations += moreViolations;
  }
}
