package org.jetfold.codec.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.ValueType;
import org.jetfold.testing.RandomCase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What must hold for every float64 and every setting, judged in decimal arithmetic of any length.
 */
@Tag("slow")
class Float64PropertiesTest {
  @Test
  void theBoundHolds() {
    RandomCase.each(
        3000,
        any -> {
          Precision precision = setting(any);
          double[] values = doubles(any);
          Quantizer quantizer = Quantizer.of(precision, ValueType.FLOAT64);
          double[] restored = roundTrip(quantizer, values);
          for (int i = 0; i < values.length; i++) {
            assertWithin(precision, values[i], restored[i]);
          }
          ErrorExtremes extremes = new ErrorExtremes();
          BoundCheck check = BoundCheck.of(precision, ValueType.FLOAT64);
          assertThat(check.firstViolation(values, 0, restored, 0, values.length, extremes))
              .isEqualTo(-1);
          assertThat(extremes.violations()).isZero();
        });
  }

  @Test
  void symbolsAreOrderedAndIdempotent() {
    RandomCase.each(
        1000,
        any -> {
          Precision precision = setting(any);
          double[] values = doubles(any);
          Quantizer quantizer = Quantizer.of(precision, ValueType.FLOAT64);
          long[] symbols = symbols(quantizer, values);
          assertThat(symbols(quantizer, roundTrip(quantizer, values))).isEqualTo(symbols);
          for (int i = 1; i < values.length; i++) {
            long magnitude = Double.doubleToRawLongBits(values[i]) & Long.MAX_VALUE;
            long before = Double.doubleToRawLongBits(values[i - 1]) & Long.MAX_VALUE;
            assertThat(rank(symbols[i])).isBetween(0L, magnitude);
            assertThat(Long.signum(rank(symbols[i]) - rank(symbols[i - 1])))
                .isIn(0, Long.signum(magnitude - before));
          }
        });
  }

  /** Cells are found where they begin and end: values around the first of a random rank. */
  @Test
  void theBoundHoldsAtTheEdgesOfCells() {
    RandomCase.each(
        1000,
        any -> {
          Precision precision = setting(any);
          long random = any.bits();
          Quantizer quantizer = Quantizer.of(precision, ValueType.FLOAT64);
          long rank = Math.floorMod(random, quantizer.largestSymbol()) + 1;
          long below = 0;
          long reached = Long.MAX_VALUE;
          while (reached - below > 1) {
            long middle = below + (reached - below) / 2;
            if (symbols(quantizer, new double[] {Double.longBitsToDouble(middle)})[0] < rank) {
              below = middle;
            } else {
              reached = middle;
            }
          }
          double[] edge = {Double.longBitsToDouble(below), Double.longBitsToDouble(reached)};
          assertThat(symbols(quantizer, edge)).containsExactly(rank - 1, rank);
          double[] restored = roundTrip(quantizer, edge);
          assertWithin(precision, edge[0], restored[0]);
          assertWithin(precision, edge[1], restored[1]);
        });
  }

  private static long rank(long symbol) {
    return symbol < 0 ? ~symbol : symbol;
  }

  private static long[] symbols(Quantizer quantizer, double[] values) {
    long[] symbols = new long[values.length];
    quantizer.quantize(values, 0, values.length, symbols);
    return symbols;
  }

  private static double[] roundTrip(Quantizer quantizer, double[] values) {
    double[] restored = new double[values.length];
    quantizer.restore(symbols(quantizer, values), values.length, restored, 0);
    return restored;
  }

  private static void assertWithin(Precision precision, double value, double restored) {
    if (!Double.isFinite(value) || value == 0 || precision.equals(Precision.exact())) {
      assertThat(Double.doubleToRawLongBits(restored)).isEqualTo(Double.doubleToRawLongBits(value));
      return;
    }
    BigDecimal error = new BigDecimal(restored).subtract(new BigDecimal(value)).abs();
    BigDecimal magnitude = new BigDecimal(value).abs();
    BigDecimal bound =
        switch (precision.promise()) {
          case Precision.Exact(), Precision.Measured(), Precision.Dithered _, Precision.Scaled _ ->
              BigDecimal.ZERO;
          case Precision.Relative(double relative) -> magnitude.multiply(new BigDecimal(relative));
          case Precision.Absolute(double absolute) -> new BigDecimal(absolute);
          case Precision.Step(BigDecimal step) ->
              step.add(new BigDecimal(Math.ulp(restored))).divide(BigDecimal.TWO);
          case Precision.Bits(int bits) -> truncationBound(bits, magnitude);
        };
    assertThat(error)
        .as("%s of %s restored as %s", precision, value, restored)
        .isLessThanOrEqualTo(bound);
  }

  /**
   * Half of the last kept bit of the value; near the largest double, where only clearing is
   * possible, all of it.
   */
  private static BigDecimal truncationBound(int bits, BigDecimal magnitude) {
    double value = magnitude.doubleValue();
    BigDecimal half =
        new BigDecimal(Math.ulp(value))
            .multiply(BigDecimal.TWO.pow(52 - bits))
            .divide(BigDecimal.TWO);
    boolean last = Math.getExponent(value) == Double.MAX_EXPONENT;
    return bits == 52 ? BigDecimal.ZERO : last ? half.multiply(BigDecimal.TWO) : half;
  }

  private static double[] doubles(RandomCase any) {
    double[] values = new double[any.between(1, 40)];
    Arrays.setAll(
        values,
        i -> {
          long magnitude =
              switch (any.between(0, 2)) {
                case 0 -> any.bits() & Long.MAX_VALUE;
                // Around the edges of binades, subnormals and infinity among them.
                case 1 -> Math.max((any.between(0, 2047L) << 52) + any.between(-2, 2), 0);
                // Numbers as they are measured.
                default -> Double.doubleToRawLongBits(any.between(0, 1e9));
              };
          return Double.longBitsToDouble(magnitude | (any.flag() ? Long.MIN_VALUE : 0));
        });
    return values;
  }

  private static double scaled(RandomCase any, int smallest, int largest) {
    double mantissa = 1 + Math.scalb((double) any.between(0, (1L << 52) - 1), -52);
    return Math.scalb(mantissa, any.between(smallest, largest));
  }

  private static Precision setting(RandomCase any) {
    return switch (any.between(0, 3)) {
      case 0 -> Precision.parse(any.oneOf(Settings.float64().toArray(String[]::new)));
      case 1 -> new Precision.Bits(any.between(1, 52));
      case 2 -> new Precision.Relative(scaled(any, -60, -1));
      default -> new Precision.Absolute(scaled(any, -1074, 1023));
    };
  }
}
