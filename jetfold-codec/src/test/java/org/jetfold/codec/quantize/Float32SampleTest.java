package org.jetfold.codec.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.ValueType;
import org.jetfold.testing.RandomCase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A sample of all float32 patterns under every setting; {@link ExhaustiveSweep} takes all of them,
 * by command. The sample: every 9,973rd pattern, the neighbours of each binade's edges, and those
 * of the edges of some thousand cells. With {@code -Djetfold.cases=} it is denser by that factor.
 */
@Tag("slow")
class Float32SampleTest {
  private static final int STRIDE = Math.max(1, 9973 / RandomCase.times(1));
  private static final int CELL_EDGES = RandomCase.times(1000);
  private static final int NEIGHBOURS = 3;
  private static final int MAX_MAGNITUDE = Integer.MAX_VALUE;

  /** Magnitudes in rising order, sampled over all of them. */
  private static final int[] MAGNITUDES = magnitudes();

  private static int[] magnitudes() {
    IntStream strided = IntStream.rangeClosed(0, MAX_MAGNITUDE / STRIDE).map(i -> i * STRIDE);
    IntStream edges =
        IntStream.rangeClosed(0, 255)
            .flatMap(binade ->
                IntStream.rangeClosed(-NEIGHBOURS, NEIGHBOURS)
                    .map(offset -> Math.max((binade << 23) + offset, 0)));
    return IntStream.concat(IntStream.concat(strided, edges), IntStream.of(MAX_MAGNITUDE))
        .sorted()
        .distinct()
        .toArray();
  }

  @ParameterizedTest
  @MethodSource("org.jetfold.codec.quantize.Settings#float32")
  void boundsHoldAndOrderIsKept(String setting) {
    verify(setting, MAGNITUDES);
  }

  @ParameterizedTest
  @MethodSource("org.jetfold.codec.quantize.Settings#float32")
  void boundsHoldAtTheEdgesOfCells(String setting) {
    Quantizer quantizer = Quantizer.of(Precision.parse(setting), ValueType.FLOAT32);
    long ranks = quantizer.largestSymbol();
    int[] magnitudes =
        IntStream.rangeClosed(1, CELL_EDGES)
            .flatMap(i -> IntStream.of((int) Math.min(i, ranks), (int) (i * (ranks / CELL_EDGES))))
            .filter(rank -> rank > 0)
            .map(rank -> firstMagnitudeOf(rank, quantizer))
            .flatMap(edge -> IntStream.of(edge - 1, edge))
            .sorted()
            .distinct()
            .toArray();
    verify(setting, magnitudes);
  }

  private static int firstMagnitudeOf(long rank, Quantizer quantizer) {
    int below = 0;
    int reached = MAX_MAGNITUDE;
    while (reached - below > 1) {
      int middle = below + (reached - below) / 2;
      if (symbolOf(middle, quantizer) < rank) {
        below = middle;
      } else {
        reached = middle;
      }
    }
    return reached;
  }

  private static long symbolOf(int bits, Quantizer quantizer) {
    long[] symbol = new long[1];
    quantizer.quantize(new float[] {Float.intBitsToFloat(bits)}, 0, 1, symbol);
    return symbol[0];
  }

  private static void verify(String setting, int[] magnitudes) {
    Precision precision = Precision.parse(setting);
    Quantizer quantizer = Quantizer.of(precision, ValueType.FLOAT32);
    int count = magnitudes.length;
    float[] values = new float[2 * count];
    for (int i = 0; i < count; i++) {
      values[count + i] = Float.intBitsToFloat(magnitudes[i]);
      values[count - 1 - i] = Float.intBitsToFloat(magnitudes[i] | Integer.MIN_VALUE);
    }
    long[] symbols = new long[2 * count];
    float[] restored = new float[2 * count];
    quantizer.quantize(values, 0, 2 * count, symbols);
    quantizer.restore(symbols, 2 * count, restored, 0);

    ErrorExtremes extremes = new ErrorExtremes();
    int violation =
        BoundCheck.of(precision, ValueType.FLOAT32)
            .firstViolation(values, 0, restored, 0, 2 * count, extremes);
    if (violation >= 0) {
      throw new AssertionError(
          "%s: %s (%08x) became %s"
              .formatted(
                  setting,
                  values[violation],
                  Float.floatToRawIntBits(values[violation]),
                  restored[violation]));
    }
    assertThat(extremes.violations()).isZero();
    // Under abs, negative values near zero have the symbol of +0 while −0 keeps its own: the one
    // exception to the order.
    for (int i = 1; i < 2 * count; i++) {
      if (values[i] != 0 && values[i - 1] != 0 && symbols[i] < symbols[i - 1]) {
        throw new AssertionError(
            "%s: the symbol falls from %s to %s".formatted(setting, values[i - 1], values[i]));
      }
    }
    long[] again = new long[2 * count];
    quantizer.quantize(restored, 0, 2 * count, again);
    assertThat(again).isEqualTo(symbols);
    // The rank of a magnitude is never above it, so symbols of float32 values fit 32 bits.
    for (int i = 0; i < count; i++) {
      if (symbols[count + i] > magnitudes[i] || symbols[count + i] < 0) {
        throw new AssertionError(
            "%s: magnitude %d has rank %d".formatted(setting, magnitudes[i], symbols[count + i]));
      }
    }
  }
}
