package org.jetfold.study.bumphunt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.hipparchus.random.RandomDataGenerator;
import org.hipparchus.special.Gamma;
import org.jetfold.study.StudyException;
import org.jetfold.testing.RandomCase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scan against one that looks at every window, and pseudo-experiments. */
class BumpScanTest {
  @Test
  void findsTheLeastLikelyWindow() {
    RandomCase.each(
        200,
        any -> {
          SplittableRandom random = new SplittableRandom(any.bits());
          double[] expected = new double[30];
          double[] observed = new double[30];
          for (int bin = 0; bin < expected.length; bin++) {
            expected[bin] = 100 * Math.exp(-bin / 5.0) + random.nextDouble();
            observed[bin] = random.nextInt((int) (2 * expected[bin]) + 2);
          }
          double best = 1;
          for (int width = 2; width <= 6; width++) {
            for (int first = 0; first + width <= 30; first++) {
              double n = Arrays.stream(observed, first, first + width).sum();
              double mean = Arrays.stream(expected, first, first + width).sum();
              best = n > mean ? Math.min(best, Gamma.regularizedGammaP(n, mean)) : best;
            }
          }
          Bump bump = new BumpScan(2, 6).scan(BinCounts.ofEvents(observed), expected);
          assertThat(bump.statistic()).isCloseTo(-Math.log(best), within(1e-9));
          assertThat(bump.width()).isBetween(2, 6);
          assertThat(Arrays.stream(observed, bump.firstBin(), bump.firstBin() + bump.width()).sum())
              .isEqualTo(bump.observed());
        });
  }

  @Test
  void nothingStandsOutWhereNothingIsAboveTheBackground() {
    double[] spectrum = {5, 4, 3};
    Bump none = new BumpScan(1, 2).scan(BinCounts.ofEvents(spectrum), spectrum);
    assertThat(none.exists()).isFalse();
    assertThat(none.localP()).isEqualTo(1);
  }

  @Test
  void windowsStayWhereBackgroundIsExpected() {
    Bump bump =
        new BumpScan(2, 2).scan(BinCounts.ofEvents(9, 9, 10, 3, 9), new double[] {0, 9, 9, 3, 0});
    assertThat(bump.firstBin()).isEqualTo(2);
    assertThat(bump.expected()).isEqualTo(12);
  }

  @Test
  void threadsDoNotChangeTheResultAndSeedsDo() throws StudyException {
    double[] expected = new double[40];
    Arrays.setAll(expected, bin -> 1000 * Math.exp(-bin / 8.0));
    double[] observed = Arrays.stream(expected).map(Math::rint).toArray();
    observed[20] += 30;
    BumpHunt hunt = new BumpHunt(new BumpScan(2, 5), Background.known(expected), 500, 7);
    List<Long> told = new ArrayList<>();
    GlobalP alone = hunt.hunt(BinCounts.ofEvents(observed), 1, _ -> {}).globalP();
    assertThat(hunt.hunt(BinCounts.ofEvents(observed), 3, told::add).globalP()).isEqualTo(alone);
    assertThat(told).isSorted().hasSize(500).last().isEqualTo(500L);
    GlobalP other =
        new BumpHunt(new BumpScan(2, 5), Background.known(expected), 500, 8)
            .hunt(BinCounts.ofEvents(observed), 1, _ -> {})
            .globalP();
    assertThat(other).isNotEqualTo(alone);
    assertThat(other.value()).isCloseTo(alone.value(), within(5 * alone.error() + 0.02));
  }

  @Tag("slow")
  @Test
  void globalPIsUniformWithoutASignal() throws StudyException {
    double[] expected = new double[25];
    Arrays.setAll(expected, bin -> 400 * Math.exp(-bin / 6.0));
    int below = 0;
    for (int toy = 0; toy < 100; toy++) {
      SplittableRandom random = new SplittableRandom(toy);
      RandomDataGenerator generator = new RandomDataGenerator(random.nextLong());
      double[] observed =
          Arrays.stream(expected).map(mean -> generator.nextPoisson(mean)).toArray();
      BumpHunt hunt = new BumpHunt(new BumpScan(2, 5), Background.known(expected), 200, toy);
      below += hunt.hunt(BinCounts.ofEvents(observed), 2, _ -> {}).globalP().value() < 0.3 ? 1 : 0;
    }
    // Binomial, 100 trials of 0.3: a standard deviation of 4.6.
    assertThat(below).isBetween(16, 44);
  }

  /**
   * Pseudo-experiments with real weights: events of two weights, one ten times the other. The
   * global p of scaled Poisson numbers is as uniform as that of events that count one each.
   */
  @Tag("slow")
  @Test
  void globalPIsUniformWithWeights() throws StudyException {
    double[] events = new double[25];
    Arrays.setAll(events, bin -> 400 * Math.exp(-bin / 6.0));
    double[] weights = {0.2, 2};
    double[] expected = Arrays.stream(events).map(mean -> mean * (0.2 + 2)).toArray();
    int below = 0;
    for (int toy = 0; toy < 100; toy++) {
      RandomDataGenerator generator = new RandomDataGenerator(new SplittableRandom(toy).nextLong());
      double[] sums = new double[events.length];
      double[] squares = new double[events.length];
      for (int bin = 0; bin < events.length; bin++) {
        for (double weight : weights) {
          double drawn = generator.nextPoisson(events[bin]);
          sums[bin] += drawn * weight;
          squares[bin] += drawn * weight * weight;
        }
      }
      BinCounts observed = BinCounts.ofWeights(sums, squares);
      assertThat(observed.isWeighted()).isTrue();
      BumpHunt hunt = new BumpHunt(new BumpScan(2, 5), Background.known(expected), 200, toy);
      below += hunt.hunt(observed, 2, _ -> {}).globalP().value() < 0.3 ? 1 : 0;
    }
    // Binomial, 100 trials of 0.3: a standard deviation of 4.6.
    assertThat(below).isBetween(16, 44);
  }

  /** All weights w: the same bump as of as many events, with sums w times as large. */
  @Test
  void equalWeightsAreEvents() {
    double[] counts = {40, 30, 35, 20, 9, 8};
    double[] mean = {41, 29, 22, 15, 10, 7};
    double w = 0.25;
    BinCounts weighted =
        BinCounts.ofWeights(
            Arrays.stream(counts).map(n -> w * n).toArray(),
            Arrays.stream(counts).map(n -> w * w * n).toArray());
    double[] expected = Arrays.stream(mean).map(n -> w * n).toArray();
    Bump of = new BumpScan(1, 3).scan(weighted, expected);
    Bump plain = new BumpScan(1, 3).scan(BinCounts.ofEvents(counts), mean);
    assertThat(of.firstBin()).isEqualTo(plain.firstBin());
    assertThat(of.width()).isEqualTo(plain.width());
    assertThat(of.logLocalP()).isCloseTo(plain.logLocalP(), within(1e-9));
    assertThat(of.observed()).isCloseTo(w * plain.observed(), within(1e-12));
  }

  @Test
  void binomialErrorAndLimit() {
    assertThat(new GlobalP(177, 10_000).error()).isCloseTo(0.00132, within(1e-5));
    assertThat(new GlobalP(0, 10_000).upperLimit()).isCloseTo(2.995e-4, within(1e-6));
    assertThat(new GlobalP(177, 10_000).significance()).isCloseTo(2.10375, within(1e-4));
  }

  /** All of n, or none of n, say as much as n can: never that p is 1, or 0, for sure. */
  @Test
  void whatIsKnownWhereAllOrNoneWereAsExtreme() {
    for (int n : new int[] {1, 20, 10_000}) {
      GlobalP all = new GlobalP(n, n);
      assertThat(all.lowerLimit()).isCloseTo(1 - new GlobalP(0, n).upperLimit(), within(1e-12));
      assertThat(all.isLowerLimit()).isTrue();
      assertThat(all.significance()).isFinite().isLessThan(2);
      assertThat(new GlobalP(0, n).significance()).isFinite();
    }
    // 0.99^298 = 0.0500, 0.99^299 = 0.0495.
    assertThat(new GlobalP(0, 298).tells(0.01)).isFalse();
    assertThat(new GlobalP(0, 299).tells(0.01)).isTrue();
    assertThat(new GlobalP(1, 20).tells(0.01)).isTrue();
    BumpHunt.Found none =
        new BumpHunt.Found(
            new Bump(0, 2, 10, 1, -9),
            new GlobalP(0, 100),
            BinCounts.ofEvents(0, 0, 0),
            new double[3]);
    assertThat(new BumpComparison.Comparison(none, none, null, 0).verdict())
        .isEqualTo(BumpComparison.Verdict.TOO_FEW);
  }

  /** Calculated with Python's erfc. */
  @ParameterizedTest
  @CsvSource({
    "0.5, 0",
    "0.0013498980316300933, 3",
    "1e-7, 5.199337582187471",
    "1e-9, 5.997807015007687",
    "1e-23, 9.973045619842232",
    "1e-300, 37.0470962993612",
    "0.9, -1.2815515655446008"
  })
  void standardDeviationsOfAnyPValue(double p, double expected) {
    assertThat(Bump.significance(p)).isCloseTo(expected, within(1e-6));
  }
}
