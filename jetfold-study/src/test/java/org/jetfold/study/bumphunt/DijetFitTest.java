package org.jetfold.study.bumphunt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.hipparchus.analysis.integration.IterativeLegendreGaussIntegrator;
import org.hipparchus.random.RandomDataGenerator;
import org.jetfold.study.StudyException;
import org.jetfold.study.binning.Bins;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fits of spectra whose function is known. */
class DijetFitTest {
  private static final double ENERGY = 13_000;
  private static final Bins BINS = Bins.uniform(440, 2000, 60);

  private static double density(double mass, double[] p) {
    double x = mass / ENERGY;
    double log = Math.log(x);
    double power = p[2] + p[3] * log + (p.length > 4 ? p[4] * log * log : 0);
    return p[0] * Math.pow(1 - x, p[1]) * Math.pow(x, power);
  }

  private static double[] events(double[] p) {
    double[] events = new double[BINS.count()];
    IterativeLegendreGaussIntegrator integrator =
        new IterativeLegendreGaussIntegrator(8, 1e-12, 1e-12);
    for (int bin = 0; bin < events.length; bin++) {
      events[bin] =
          integrator.integrate(
              10_000, mass -> density(mass, p), BINS.edge(bin), BINS.edge(bin + 1));
    }
    return events;
  }

  /** Without fluctuations the fit gives the function back, integrals over bins included. */
  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  void meetsAFunctionOfItsKind(int parameters) throws StudyException {
    double[] p = Arrays.copyOf(new double[] {2e-7, 12, -6.5, -0.3, 0.05}, parameters);
    double[] events = events(p);
    double scale = 1e6 / Arrays.stream(events).sum();
    double[] scaled = Arrays.stream(events).map(mean -> mean * scale).toArray();
    DijetFit.Fitted fitted = new DijetFit(BINS, parameters, ENERGY).fit(BinCounts.ofEvents(scaled));
    for (int bin = 0; bin < scaled.length; bin++) {
      assertThat(fitted.expected()[bin]).isCloseTo(scaled[bin], within(1e-5 * scaled[bin] + 1e-9));
    }
    assertThat(fitted.deviance()).isLessThan(1e-3);
    assertThat(density(700, fitted.parameters()) / density(900, fitted.parameters()))
        .isCloseTo(density(700, p) / density(900, p), within(1e-3));
  }

  /** The deviance of fluctuating spectra has the χ² distribution of its degrees of freedom. */
  @Test
  void deviancesAreThoseOfChi2() throws StudyException {
    double[] events = events(new double[] {2e-7, 12, -6.5, -0.3});
    double scale = 1e6 / Arrays.stream(events).sum();
    DijetFit fit = new DijetFit(Bins.uniform(440, 2000, 60), 4, ENERGY);
    RandomDataGenerator random = new RandomDataGenerator(3);
    double sum = 0;
    int trials = 200;
    for (int trial = 0; trial < trials; trial++) {
      double[] drawn =
          Arrays.stream(events).map(mean -> random.nextPoisson(mean * scale)).toArray();
      sum += fit.fit(BinCounts.ofEvents(drawn)).deviance();
    }
    // χ² with 56 degrees of freedom: a mean of 56, known to √(2·56/200) here.
    assertThat(sum / trials).isCloseTo(56, within(4 * Math.sqrt(2 * 56.0 / trials)));
  }

  /** The same for spectra of weighted events, whose weights fall from bin to bin. */
  @Test
  void deviancesOfWeightedSpectraAreThoseOfChi2() throws StudyException {
    double[] events = events(new double[] {2e-7, 12, -6.5, -0.3});
    double scale = 1e6 / Arrays.stream(events).sum();
    DijetFit fit = new DijetFit(BINS, 4, ENERGY);
    RandomDataGenerator random = new RandomDataGenerator(3);
    double sum = 0;
    int trials = 200;
    for (int trial = 0; trial < trials; trial++) {
      double[] sums = new double[events.length];
      double[] squares = new double[events.length];
      for (int bin = 0; bin < events.length; bin++) {
        double weight = Math.exp(-bin / 20.0);
        double drawn = random.nextPoisson(events[bin] * scale / weight);
        sums[bin] = weight * drawn;
        squares[bin] = weight * weight * drawn;
      }
      sum += fit.fit(BinCounts.ofWeights(sums, squares)).deviance();
    }
    assertThat(sum / trials).isCloseTo(56, within(4 * Math.sqrt(2 * 56.0 / trials)));
  }

  /** No neighbouring parameters have a larger likelihood. */
  @Test
  void isTheMaximum() throws StudyException {
    double[] observed = new double[BINS.count()];
    RandomDataGenerator random = new RandomDataGenerator(9);
    Arrays.setAll(observed, bin -> random.nextPoisson(3000 * Math.exp(-bin / 6.0) + 1e-3));
    DijetFit.Fitted fitted = new DijetFit(BINS, 4, ENERGY).fit(BinCounts.ofEvents(observed));
    double best = likelihood(observed, events(fitted.parameters()));
    for (int i = 0; i < 4; i++) {
      for (double change : new double[] {-1e-3, 1e-3}) {
        double[] moved = fitted.parameters().clone();
        moved[i] = i == 0 ? moved[i] * (1 + change) : moved[i] + change;
        assertThat(likelihood(observed, events(moved))).isLessThan(best);
      }
    }
  }

  private static double likelihood(double[] observed, double[] expected) {
    double sum = 0;
    for (int bin = 0; bin < observed.length; bin++) {
      sum += observed[bin] * Math.log(expected[bin]) - expected[bin];
    }
    return sum;
  }

  @Test
  void saysWhatItCannotFit() {
    assertThatThrownBy(() -> new DijetFit(Bins.uniform(0, 100, 20), 4, ENERGY))
        .isInstanceOf(StudyException.class)
        .hasMessageContaining("above 0");
    assertThatThrownBy(() -> new DijetFit(Bins.uniform(400, 500, 3), 4, ENERGY))
        .hasMessageContaining("too few");
    assertThatThrownBy(
            () -> new DijetFit(BINS, 4, ENERGY).expected(BinCounts.ofEvents(new double[60])))
        .hasMessageContaining("0 of 60 bins");
  }
}
