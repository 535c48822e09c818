package org.jetfold.study.statistics;

import java.io.Serializable;

/**
 * A sum in twice the digits of a double, some 31: so it comes out the same, to the digits that
 * anybody prints, in whatever order values are added and partial sums merged. Dekker's and Knuth's
 * error-free transformations. Not thread-safe.
 */
public final class PreciseSum implements Serializable {
  private static final long serialVersionUID = 1L;

  private double high;
  private double low;

  /** Adds a value. */
  public void add(double value) {
    double sum = high + value;
    double shifted = sum - high;
    low += (high - (sum - shifted)) + (value - shifted);
    high = sum;
  }

  /** Adds a product without rounding it first. */
  public void addProduct(double a, double b) {
    double product = a * b;
    add(product);
    low += Math.fma(a, b, -product);
  }

  /** Adds another sum. */
  public void merge(PreciseSum other) {
    add(other.high);
    low += other.low;
  }

  /** The sum, rounded. */
  public double value() {
    return high + low;
  }
}
