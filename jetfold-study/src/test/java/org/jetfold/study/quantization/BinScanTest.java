package org.jetfold.study.quantization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Doubles;
import org.jetfold.codec.table.ValueType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BinScanTest {
  private static BinScan scan(Precision precision, double end, double @Nullable [] weights) {
    return scan(precision, end, 100, weights);
  }

  private static BinScan scan(
      Precision precision, double end, int mostBins, double @Nullable [] weights) {
    SplittableRandom random = new SplittableRandom(3);
    float[] angles = new float[100_000];
    for (int i = 0; i < angles.length; i++) {
      angles[i] = (float) (2 * Math.PI * random.nextDouble() - Math.PI);
    }
    ColumnValues values = new ColumnValues.Floats(angles);
    QuantizedLevels levels = new QuantizedLevels(precision, ValueType.FLOAT32);
    return BinScan.of(
        levels,
        -end,
        end,
        2,
        mostBins,
        Doubles.of(values),
        Doubles.of(levels.quantized(values)),
        weights);
  }

  /** What is counted is what the formula says, but for chance. */
  @Tag("slow")
  @ParameterizedTest
  @CsvSource({"bits:5", "bits:7", "rel:0.01", "abs:0.02", "step:0.05"})
  void formulaPredictsThePeaks(String precision) {
    for (BinScan.Row row : scan(Precision.parse(precision), Math.PI, null).rows()) {
      assertThat(row.counted()).as("%s bins", row.bins()).isCloseTo(row.predicted(), within(0.02));
    }
  }

  /** Distances of levels up to 1/64 below 4: the width must be a whole multiple of that. */
  @Tag("slow")
  @Test
  void magicNumbersDivideTheRange() {
    BinScan scan = scan(new Precision.Bits(7), 3.125, null);
    assertThat(scan.magicNumbers()).containsExactly(2, 4, 5, 8, 10, 16, 20, 25, 40, 50, 80, 100);
    List<BinScan.Row> others = scan.rows().stream().filter(row -> !row.isMagic()).toList();
    double worstMagic =
        scan.rows().stream()
            .filter(BinScan.Row::isMagic)
            .mapToDouble(BinScan.Row::predicted)
            .max()
            .orElseThrow();
    // Around each magic number, others have larger peaks.
    assertThat(others.stream().filter(row -> row.bins() > 50 && row.predicted() > worstMagic))
        .hasSizeGreaterThan(30);
    assertThat(scan(new Precision.Bits(7), Math.PI, 30, null).magicNumbers()).isEmpty();
    assertThat(scan(new Precision.Relative(0.01), 3.125, 30, null).magicNumbers()).isEmpty();
  }

  @Tag("slow")
  @Test
  void equalWeightsChangeNothing() {
    double[] weights = new double[100_000];
    Arrays.fill(weights, 2.5);
    BinScan weighted = scan(new Precision.Bits(5), 3.125, weights);
    BinScan plain = scan(new Precision.Bits(5), 3.125, null);
    for (int i = 0; i < plain.rows().size(); i++) {
      assertThat(weighted.rows().get(i).counted())
          .isCloseTo(plain.rows().get(i).counted(), within(1e-9));
    }
  }
}
