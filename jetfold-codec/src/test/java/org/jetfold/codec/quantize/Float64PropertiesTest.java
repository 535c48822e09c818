package org.jetfold.codec.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.ValueType;

/**
 * What must hold for every float64 and every setting, judged in decimal arithmetic of any length.
 */
class Float64PropertiesTest {
  private static final long NEIGHBOURS = 2;

  @Property(tries = 3000)
  void theBoundHolds(@ForAll("settings") Precision precision, @ForAll("doubles") double[] values) {
    Quantizer quantizer = Quantizer.of(precision, ValueType.FLOAT64);
    double[] restored = roundTrip(quantizer, values);
    for (int i = 0; i < values.length; i++) {
      assertWithin(precision, values[i], restored[i]);
    }
    ErrorExtremes extremes = new ErrorExtremes();
    BoundCheck check = BoundCheck.of(precision, ValueType.FLOAT64);
    assertThat(check.firstViolation(values, 0, restored, 0, values.length, extremes)).isEqualTo(-1);
    assertThat(extremes.violations()).isZero();
  }

  @Property(tries = 1000)
  void symbolsAreOrderedAndIdempotent(
      @ForAll("settings") Precision precision, @ForAll("doubles") double[] values) {
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
  }

  /** Cells are found where they begin and end: values around the first of a random rank. */
  @Property(tries = 1000)
  void theBoundHoldsAtTheEdgesOfCells(
      @ForAll("settings") Precision precision, @ForAll long random) {
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
        switch (precision) {
          case Precision.Exact(), Precision.Measured() -> BigDecimal.ZERO;
          case Precision.Relative(double relative) -> magnitude.multiply(new BigDecimal(relative));
          case Precision.Absolute(double absolute) -> new BigDecimal(absolute);
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

  @Provide
  Arbitrary<double[]> doubles() {
    Arbitrary<Long> magnitudes =
        Arbitraries.oneOf(
            Arbitraries.longs().between(0, Long.MAX_VALUE),
            // Around the edges of binades, subnormals and infinity among them.
            Combinators.combine(
                    Arbitraries.longs().between(0, 2047),
                    Arbitraries.longs().between(-NEIGHBOURS, NEIGHBOURS))
                .as((binade, offset) -> Math.max((binade << 52) + offset, 0)),
            // Numbers as they are measured.
            Arbitraries.doubles().between(0, 1e9).ofScale(9).map(Double::doubleToRawLongBits));
    Arbitrary<Double> values =
        Combinators.combine(magnitudes, Arbitraries.of(0L, Long.MIN_VALUE))
            .as((magnitude, sign) -> Double.longBitsToDouble(magnitude | sign));
    return values
        .list()
        .ofMinSize(1)
        .ofMaxSize(40)
        .map(list -> list.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static Arbitrary<Double> mantissas() {
    return Arbitraries.longs()
        .between(0, (1L << 52) - 1)
        .map(bits -> 1 + Math.scalb((double) bits, -52));
  }

  @Provide
  Arbitrary<Precision> settings() {
    Arbitrary<Integer> exponents = Arbitraries.integers().between(-1074, 1023);
    return Arbitraries.oneOf(
        Arbitraries.of(Settings.float64()).map(Precision::parse),
        Arbitraries.of(IntStream.rangeClosed(1, 52).boxed().toList()).map(Precision.Bits::new),
        Combinators.combine(mantissas(), Arbitraries.integers().between(-60, -1))
            .as((mantissa, exponent) -> new Precision.Relative(Math.scalb(mantissa, exponent))),
        Combinators.combine(mantissas(), exponents)
            .as((mantissa, exponent) -> new Precision.Absolute(Math.scalb(mantissa, exponent))));
  }
}
