package org.jetfold.study.dimension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.ValueType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RowSampleTest {
  private static final int ROWS = 40_000;

  private static Table uniform() {
    SplittableRandom random = new SplittableRandom(1);
    double[] values = random.doubles(ROWS).toArray();
    values[7] = Double.NaN;
    return new Table(
        Schema.flat(List.of(new Column("x", ValueType.FLOAT64))),
        ROWS,
        List.of(),
        List.of(new ColumnValues.Doubles(values)));
  }

  private static double[] sample(int most, double sign, double scale) {
    Table table = uniform();
    RowSample sample = new RowSample(new int[] {0}, most, 5);
    double[] values = ((ColumnValues.Doubles) table.values(0)).values();
    for (int from = 0; from < ROWS; from += 10_000) {
      double[] weights =
          Arrays.stream(values, from, from + 10_000).map(x -> sign * scale * x * x).toArray();
      sample.add(table.slice(from, from + 10_000), weights);
    }
    assertThat(sample.passedOver()).isEqualTo(1);
    return sample.columns()[0];
  }

  /** Uniform values with weights x² are, sampled, distributed as 3x²: the mean is 3/4. */
  @ParameterizedTest
  @ValueSource(ints = {500, 5000, 100_000})
  void weightedRowsAreDrawnByTheirWeights(int most) {
    double[] kept = sample(most, 1, 1);
    // A third of all is left where there is room for them.
    assertThat(kept.length).isEqualTo(most < ROWS / 3 ? most : kept.length).isLessThan(14_000);
    double error = Math.sqrt(3.0 / 80 / kept.length);
    assertThat(Arrays.stream(kept).average().orElseThrow()).isCloseTo(0.75, within(4 * error));
    // Only the sizes of weights count, and not their scale.
    assertThat(sample(most, -1, 1)).isEqualTo(kept);
    assertThat(sample(most, 1, 4)).isEqualTo(kept);
  }
}
