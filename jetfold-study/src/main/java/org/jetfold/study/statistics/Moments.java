package org.jetfold.study.statistics;

import java.io.Serializable;

/**
 * Count, mean, RMS and largest magnitude of weighted values, all exact but for the last rounding;
 * mergeable in any order. Not thread-safe.
 *
 * <p>With weights w: mean Σwx/Σw, RMS √(Σwx²/Σw), deviation √(RMS² − mean²), effective entries
 * (Σw)²/Σw². Without values all of these are NaN.
 */
public final class Moments implements Serializable {
  private static final long serialVersionUID = 1L;

  private long count;
  private double largest;
  private final PreciseSum weights = new PreciseSum();
  private final PreciseSum squaredWeights = new PreciseSum();
  private final PreciseSum values = new PreciseSum();
  private final PreciseSum squares = new PreciseSum();
  private final PreciseSum cubes = new PreciseSum();
  private final PreciseSum fourths = new PreciseSum();

  /** Adds a finite value with a weight. */
  public void add(double value, double weight) {
    count++;
    weights.add(weight);
    squaredWeights.addProduct(weight, weight);
    if (value != 0) {
      largest = Math.max(largest, Math.abs(value));
      values.addProduct(weight, value);
      double square = value * value;
      squares.addProduct(weight * value, value);
      cubes.addProduct(weight * value, square);
      fourths.addProduct(weight * square, square);
    }
  }

  /** Adds what another summary has seen. */
  public void merge(Moments other) {
    count += other.count;
    largest = Math.max(largest, other.largest);
    weights.merge(other.weights);
    squaredWeights.merge(other.squaredWeights);
    values.merge(other.values);
    squares.merge(other.squares);
    cubes.merge(other.cubes);
    fourths.merge(other.fourths);
  }

  /** The number of values. */
  public long count() {
    return count;
  }

  /** The number of unweighted values that would fluctuate as much: (Σw)²/Σw². */
  public double effectiveCount() {
    double total = weights.value();
    return total * total / squaredWeights.value();
  }

  /** The mean. */
  public double mean() {
    return values.value() / weights.value();
  }

  /** The root of the mean square. */
  public double rms() {
    return Math.sqrt(squares.value() / weights.value());
  }

  /** The standard deviation about the mean. */
  public double deviation() {
    double mean = mean();
    return Math.sqrt(Math.max(0, squares.value() / weights.value() - mean * mean));
  }

  /** The standard error of the mean. */
  public double errorOfMean() {
    return deviation() / Math.sqrt(effectiveCount());
  }

  /**
   * The standard error of the deviation s, from the fourth central moment μ₄: √((μ₄ − s⁴)/n)/(2s)
   * with the effective entries n. So heavy tails count; for a uniform distribution it is
   * s·√(0.2/n).
   */
  public double errorOfDeviation() {
    double deviation = deviation();
    if (deviation == 0) {
      return 0;
    }
    double all = weights.value();
    double mean = mean();
    double fourth =
        fourths.value() / all
            - 4 * mean * cubes.value() / all
            + 6 * mean * mean * squares.value() / all
            - 3 * mean * mean * mean * mean;
    double ofSquare = Math.max(0, fourth - Math.pow(deviation, 4)) / effectiveCount();
    return Math.sqrt(ofSquare) / (2 * deviation);
  }

  /** The largest magnitude; 0 without values. */
  public double largest() {
    return largest;
  }
}
