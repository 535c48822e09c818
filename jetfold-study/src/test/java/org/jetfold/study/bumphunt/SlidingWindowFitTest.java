package org.jetfold.study.bumphunt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.jetfold.study.StudyException;
import org.jetfold.study.binning.Bins;
import org.junit.jupiter.api.Test;

/** A background that is fitted piece by piece. */
final class SlidingWindowFitTest {
  private static final Bins BINS = Bins.uniform(500, 1500, 50);

  private static BinCounts spectrum(DoubleUnaryOperator eventsAGev) {
    double[] counts = new double[BINS.count()];
    Arrays.setAll(counts, bin -> BINS.width(bin) * eventsAGev.applyAsDouble(BINS.center(bin)));
    return BinCounts.ofEvents(counts);
  }

  private static double worst(double[] expected, BinCounts spectrum) {
    double worst = 0;
    for (int bin = 0; bin < expected.length; bin++) {
      worst = Math.max(worst, Math.abs(expected[bin] / spectrum.sums()[bin] - 1));
    }
    return worst;
  }

  private static double falling(double mass) {
    return 1e4 * Math.pow(mass / 500, -5);
  }

  @Test
  void aWindowAsWideAsTheSpectrumIsTheWholeFit() throws StudyException {
    BinCounts spectrum = spectrum(mass -> falling(mass) * (1 + 0.1 * Math.sin(mass / 100)));
    assertThat(new SlidingWindowFit(BINS, BINS.count(), 4, 13_000).expected(spectrum))
        .isEqualTo(new DijetFit(BINS, 4, 13_000).expected(spectrum));
  }

  @Test
  void whatTheFunctionDescribesIsFoundAgain() throws StudyException {
    BinCounts spectrum = spectrum(SlidingWindowFitTest::falling);
    assertThat(worst(new SlidingWindowFit(BINS, 15, 3, 13_000).expected(spectrum), spectrum))
        .isLessThan(1e-3);
  }

  @Test
  void whatNoSingleFunctionDescribesIsFollowed() throws StudyException {
    // A spectrum that bends every 600 GeV, as several triggers together make it.
    BinCounts bent = spectrum(mass -> falling(mass) * (1 + 0.2 * Math.sin(mass / 100)));
    double whole = worst(new DijetFit(BINS, 5, 13_000).expected(bent), bent);
    double pieces = worst(new SlidingWindowFit(BINS, 15, 3, 13_000).expected(bent), bent);
    assertThat(whole).isGreaterThan(0.1);
    assertThat(pieces).isLessThan(whole / 3);
  }

  @Test
  void aNarrowPeakStaysAboveTheWindow() throws StudyException {
    BinCounts peak = spectrum(mass -> falling(mass) * (Math.abs(mass - 990) < 1 ? 1.5 : 1));
    int bin = BINS.indexOf(990);
    double expected = new SlidingWindowFit(BINS, 21, 3, 13_000).expected(peak)[bin];
    // Most of the peak is left over, but not all: the window follows it a little.
    assertThat(peak.sums()[bin] / expected).isBetween(1.3, 1.5);
    assertThat(expected / (BINS.width(bin) * falling(BINS.center(bin))))
        .isCloseTo(1.05, within(0.06));
  }

  @Test
  void windowsThatDoNotFit() {
    assertThatThrownBy(() -> new SlidingWindowFit(BINS, 51, 3, 13_000))
        .isInstanceOf(StudyException.class)
        .hasMessageContaining("a window of 51 bins is wider than the spectrum of 50");
    assertThatThrownBy(() -> new SlidingWindowFit(BINS, 3, 3, 13_000))
        .isInstanceOf(StudyException.class)
        .hasMessageContaining("too few to fit 3 parameters");
  }
}
