package org.jetfold.study.quantization;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.hipparchus.fraction.BigFraction;
import org.jetfold.testing.RandomCase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The analytic count of levels in a bin against counting them, in exact rationals. */
class LevelCountTest {
  private static BigFraction fraction(long numerator, long denominator) {
    return new BigFraction(numerator, denominator);
  }

  private static long counted(LevelCount grid, BigFraction low, BigFraction high) {
    BigFraction level = grid.offset();
    while (level.compareTo(low) >= 0) {
      level = level.subtract(grid.step());
    }
    while (level.compareTo(low) < 0) {
      level = level.add(grid.step());
    }
    long count = 0;
    for (; level.compareTo(high) < 0; level = level.add(grid.step())) {
      count++;
    }
    return count;
  }

  @Tag("slow")
  @Test
  void countsLevels() {
    RandomCase.each(
        1000,
        any -> {
          int step = any.between(1, 60);
          int stepDenominator = any.between(1, 30);
          int width = any.between(1, 60);
          int widthDenominator = any.between(1, 30);
          int offset = any.between(-90, 90);
          int offsetDenominator = any.between(1, 30);
          int bin = any.between(-20, 20);
          LevelCount grid =
              new LevelCount(fraction(step, stepDenominator), fraction(offset, offsetDenominator));
          BigFraction coarse = fraction(width, widthDenominator);
          BigFraction z = coarse.multiply(bin);
          long n = grid.inBin(z, coarse);
          assertThat(n).isEqualTo(counted(grid, z, z.add(coarse)));

          double ratio = coarse.divide(grid.step()).doubleValue();
          assertThat((double) n).isBetween(Math.floor(ratio), Math.ceil(ratio));
          BigInteger period = grid.period(coarse);
          assertThat(grid.inBin(z.add(coarse.multiply(period)), coarse)).isEqualTo(n);
          long sum = 0;
          for (long i = 0; i < period.longValueExact(); i++) {
            sum += grid.inBin(z.add(coarse.multiply(i)), coarse);
          }
          assertThat(BigInteger.valueOf(sum))
              .isEqualTo(coarse.multiply(period).divide(grid.step()).getNumerator());
        });
  }

  @Test
  void aLevelOnAnEdgeIsInTheBinThatBeginsThere() {
    LevelCount halves = new LevelCount(fraction(1, 2), fraction(0, 1));
    assertThat(halves.inBin(fraction(0, 1), fraction(1, 2))).isEqualTo(1);
    assertThat(halves.inBin(fraction(0, 1), fraction(1, 1))).isEqualTo(2);
    assertThat(halves.inBin(fraction(1, 4), fraction(1, 4))).isZero();
    assertThat(halves.inBin(fraction(1, 4), fraction(1, 2))).isEqualTo(1);
    assertThat(halves.inBin(fraction(-1, 2), fraction(1, 2))).isEqualTo(1);
  }
}
