package org.jetfold.study.quantization;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.hipparchus.fraction.BigFraction;

/**
 * Values rounded to the nearest of offset + k·step, and then stored as the nearest float. Bins are
 * counted by what is stored: the float nearest to 0.7 is below 0.7, and so in the bin that ends
 * there.
 */
public final class UniformLevels implements Levels {
  private final LevelCount grid;
  private final boolean float32;

  /**
   * A grid. Numbers are taken as their shortest decimals, so that 0.001 is a thousandth.
   *
   * @param step the distance of the levels, above 0
   * @param offset any of the levels
   * @param float32 whether levels are stored as float32; as float64 otherwise
   */
  public UniformLevels(double step, double offset, boolean float32) {
    if (!(step > 0 && step < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("a grid of step " + step);
    }
    grid = new LevelCount(decimal(step), decimal(offset));
    this.float32 = float32;
  }

  private static BigFraction decimal(double value) {
    BigDecimal decimal = BigDecimal.valueOf(value).stripTrailingZeros();
    BigInteger unscaled = decimal.unscaledValue();
    return decimal.scale() > 0
        ? new BigFraction(unscaled, BigInteger.TEN.pow(decimal.scale()))
        : new BigFraction(unscaled.multiply(BigInteger.TEN.pow(-decimal.scale())), BigInteger.ONE);
  }

  private double level(BigInteger k) {
    double exact = exact(k).doubleValue();
    return float32 ? (float) exact : exact;
  }

  private BigFraction exact(BigInteger k) {
    return grid.offset().add(grid.step().multiply(k));
  }

  /** Number of the smallest level that is not below a value, as levels are stored. */
  private BigInteger first(double value) {
    BigInteger k = grid.firstAtOrAbove(new BigFraction(value));
    while (level(k) < value) {
      k = k.add(BigInteger.ONE);
    }
    while (level(k.subtract(BigInteger.ONE)) >= value) {
      k = k.subtract(BigInteger.ONE);
    }
    return k;
  }

  @Override
  public long count(double from, double to) {
    return first(to).subtract(first(from)).longValueExact();
  }

  @Override
  public double effectiveEdge(double edge) {
    return exact(first(edge)).subtract(grid.step().divide(BigInteger.TWO)).doubleValue();
  }

  @Override
  public double atOrAbove(double value) {
    return level(first(value));
  }

  @Override
  public double below(double value) {
    return level(first(value).subtract(BigInteger.ONE));
  }

  @Override
  public double spacing(double value) {
    return grid.step().doubleValue();
  }
}
