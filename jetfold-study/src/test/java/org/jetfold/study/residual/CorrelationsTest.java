package org.jetfold.study.residual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Correlations of residuals whose distributions are known. */
final class CorrelationsTest {
  private static double[] ones(int rows) {
    double[] ones = new double[rows];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static Correlations of(double[] weights, double[]... columns) {
    List<double[]> residuals = List.of(columns);
    Correlations found =
        new Correlations(
            List.of("a", "b", "c").subList(0, columns.length), Correlations.ranges(residuals));
    for (int from = 0; from < weights.length; from += 1000) {
      int start = from;
      int end = Math.min(from + 1000, weights.length);
      found.add(
          residuals.stream().map(column -> Arrays.copyOfRange(column, start, end)).toList(),
          Arrays.copyOfRange(weights, start, end));
    }
    return found;
  }

  /** Pearson's own coefficient of these is nearly 0. */
  @Test
  void aFewLargeResidualsHideNothing() {
    SplittableRandom random = new SplittableRandom(1);
    int rows = 20_000;
    double[] a = new double[rows];
    double[] b = new double[rows];
    for (int row = 0; row < rows; row++) {
      a[row] = random.nextGaussian();
      b[row] = -a[row] + 0.1 * random.nextGaussian();
      a[row] += row % 500 == 0 ? 1e4 * random.nextGaussian() : 0;
    }
    Correlations found = of(ones(rows), a, b);
    assertThat(found.rankCorrelation(0, 1)).isLessThan(-0.98);
    assertThat(found.correlation(0, 1)).isLessThan(-0.97);
    assertThat(found.correlation(1, 0)).isEqualTo(found.correlation(0, 1));
  }

  @Test
  void ranksOfMonotoneFunctionsAgreeAndTiesAreShared() {
    double[] a = {1, 2, 2, 3, 4};
    double[] b = {1, 8, 8, 27, 1e9};
    double[] c = {5, 5, 5, 5, 5};
    Correlations found = of(ones(5), a, b, c);
    assertThat(found.rankCorrelation(0, 1)).isCloseTo(1, within(1e-12));
    assertThat(found.rankCorrelation(0, 0)).isCloseTo(1, within(1e-12));
    assertThat(found.rankCorrelation(0, 2)).isNaN();
    assertThat(found.correlation(2, 2)).isNaN();
    // Spearman's from the ranks 1, 2.5, 2.5, 4, 5 and 1, 2, 3, 4, 5.
    Correlations ties = of(ones(5), a, new double[] {1, 2, 3, 4, 5});
    assertThat(ties.rankCorrelation(0, 1)).isCloseTo(9.5 / Math.sqrt(9.5 * 10), within(1e-12));
  }

  @Test
  void aWeightCountsAsSoManyRows() {
    SplittableRandom random = new SplittableRandom(3);
    int rows = 300;
    double[][] few = new double[2][rows];
    double[][] many = new double[2][2 * rows];
    double[] weights = new double[rows];
    int count = 0;
    for (int row = 0; row < rows; row++) {
      few[0][row] = random.nextGaussian();
      few[1][row] = few[0][row] + random.nextGaussian();
      weights[row] = row % 2 == 0 ? 1 : 3;
      for (int i = 0; i < weights[row]; i++, count++) {
        many[0][count] = few[0][row];
        many[1][count] = few[1][row];
      }
    }
    Correlations weighted = of(weights, few);
    Correlations repeated = of(ones(count), many);
    assertThat(weighted.rankCorrelation(0, 1))
        .isCloseTo(repeated.rankCorrelation(0, 1), within(1e-9));
    assertThat(weighted.correlation(0, 1)).isCloseTo(repeated.correlation(0, 1), within(1e-9));
  }
}
