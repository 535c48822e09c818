package org.jetfold.study.tuning;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jetfold.codec.precision.Precision;

/** The error that a column is allowed while settings are looked for. Not thread-safe. */
final class ColumnBound {
  /** Below it, relative bounds are not dithered. */
  private static final double FINEST_DITHERED = 0x1p-11;

  private static final double FINEST_RELATIVE = 1e-7;
  private static final double COARSEST_RELATIVE = 0.25;
  private static final MathContext TWO_DIGITS = new MathContext(2, RoundingMode.FLOOR);

  private final boolean relative;
  private final double finest;
  private double bound;
  private double cap;
  private String limit = "";

  /**
   * Begins with the coarsest bound that there is.
   *
   * @param relative whether errors are relative to the value
   * @param spread of the column's values, whose fourth is the coarsest absolute bound
   */
  ColumnBound(boolean relative, double spread) {
    this.relative = relative;
    cap = relative ? COARSEST_RELATIVE : spread / 4;
    finest = relative ? FINEST_RELATIVE : spread * FINEST_RELATIVE;
    bound = cap;
  }

  boolean isRelative() {
    return relative;
  }

  /** The RMS error of values that come back anywhere within the bound. */
  double deviation() {
    return isExact() ? 0 : bound / Math.sqrt(3);
  }

  double bound() {
    return bound;
  }

  boolean isExact() {
    return bound < finest;
  }

  boolean isAtCap() {
    return bound >= cap;
  }

  /** The target that last kept it from being coarser; empty where there is none. */
  String limit() {
    return limit;
  }

  /** What a target says outright: no error above this. */
  void cap(double most, String target) {
    if (most < cap) {
      cap = most;
      limit = target;
    }
    bound = Math.min(bound, cap);
  }

  /**
   * Allows so much, up to what targets say outright. The finest bound is tried before exact values.
   */
  void set(double wanted) {
    double allowed = Math.min(cap, wanted);
    bound = allowed < finest && bound > finest && cap >= finest ? finest : allowed;
  }

  /** The finest setting that loses anything. */
  Precision finestPrecision() {
    return precision(finest);
  }

  /** Remembers what keeps it from being coarser. */
  void limitedBy(String target) {
    limit = target;
  }

  /** The setting: the bound in two digits, rounded down. */
  Precision precision() {
    if (isExact()) {
      return Precision.exact();
    }
    return precision(bound);
  }

  private Precision precision(double most) {
    // From the shortest text, so that a bound of two digits stays what it is.
    double shown = BigDecimal.valueOf(most).round(TWO_DIGITS).doubleValue();
    Precision plain = relative ? new Precision.Relative(shown) : new Precision.Absolute(shown);
    return relative && shown < FINEST_DITHERED ? plain : new Precision.Dithered(plain);
  }
}
