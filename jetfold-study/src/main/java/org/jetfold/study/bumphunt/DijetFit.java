package org.jetfold.study.bumphunt;

import java.util.Arrays;
import org.hipparchus.distribution.continuous.ChiSquaredDistribution;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.QRDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.jetfold.study.StudyException;
import org.jetfold.study.binning.Bins;

/**
 * Fits the function that dijet searches fit to their mass spectra,
 *
 * <pre>f(x) = p1 (1−x)^p2 x^(p3 + p4 ln x + p5 ln² x),  x = m/√s,</pre>
 *
 * with p5 = 0 where it has four parameters and p4 = 0 where it has three, by the largest Poisson
 * likelihood. Events of a bin are f integrated over it (three Gauss points), not f in its middle
 * times its width.
 *
 * <p>ln f is linear in ln p1 and the other parameters, so the likelihood has one maximum, and
 * Fisher scoring with halved steps finds it from anywhere. Functions that are orthogonal over the
 * bins stand for 1, ln(1−x), ln x, ln² x and ln³ x, which hardly differ over a range of masses.
 *
 * <p>Immutable; safe for use by many threads.
 */
public final class DijetFit implements Background {
  private static final double[] GAUSS_POINTS = {-Math.sqrt(0.6), 0, Math.sqrt(0.6)};
  private static final double[] GAUSS_WEIGHTS = {5.0 / 18, 8.0 / 18, 5.0 / 18};
  private static final int MAX_STEPS = 200;
  private static final int MAX_HALVINGS = 40;

  /** A step that promises less gain in ln L than this is the last one. */
  private static final double ENOUGH = 1e-9;

  private final Bins bins;
  private final int parameters;

  /** Values of the orthogonal functions at each Gauss point of each bin. */
  private final double[][] functions;

  /** Turns coefficients of the orthogonal functions into those of 1, ln(1−x), ln x, … */
  private final RealMatrix toLogarithms;

  /**
   * A fit to spectra with some bins.
   *
   * @param bins of the mass, in GeV
   * @param parameters 3, 4 or 5
   * @param collisionEnergy √s in GeV; above all bins
   * @throws StudyException where bins and function do not go together
   */
  public DijetFit(Bins bins, int parameters, double collisionEnergy) throws StudyException {
    if (bins.count() <= parameters) {
      throw new StudyException(
          "%d bins are too few to fit %d parameters: take more bins"
              .formatted(bins.count(), parameters));
    }
    if (!(bins.low() > 0 && bins.high() < collisionEnergy)) {
      throw new StudyException(
          "masses of %s to %s GeV cannot be fitted: the dijet function is for masses above 0 and below the collision energy of %s GeV"
              .formatted(bins.low(), bins.high(), collisionEnergy));
    }
    this.bins = bins;
    this.parameters = parameters;
    double[][] centers = new double[bins.count()][];
    for (int bin = 0; bin < centers.length; bin++) {
      centers[bin] = logarithms(bins.center(bin) / collisionEnergy);
    }
    RealMatrix triangle =
        new QRDecomposition(MatrixUtils.createRealMatrix(centers))
            .getR()
            .getSubMatrix(0, parameters - 1, 0, parameters - 1);
    toLogarithms = MatrixUtils.inverse(triangle);
    functions = new double[bins.count() * GAUSS_POINTS.length][];
    for (int node = 0; node < functions.length; node++) {
      int bin = node / GAUSS_POINTS.length;
      double mass =
          bins.center(bin) + bins.width(bin) / 2 * GAUSS_POINTS[node % GAUSS_POINTS.length];
      functions[node] = toLogarithms.preMultiply(logarithms(mass / collisionEnergy));
    }
  }

  private double[] logarithms(double x) {
    double log = Math.log(x);
    double[] all = {1, Math.log1p(-x), log, log * log, log * log * log};
    return Arrays.copyOf(all, parameters);
  }

  /**
   * A fitted function.
   *
   * @param expected events in each bin
   * @param parameters p1 (events a GeV), p2, p3, …
   * @param deviance twice the difference of ln L to that of a function that meets every bin
   * @param degreesOfFreedom bins less parameters
   */
  public record Fitted(
      double[] expected, double[] parameters, double deviance, int degreesOfFreedom) {
    /** How likely a deviance as large is if the function is right, by the χ² distribution. */
    public double goodness() {
      return 1 - new ChiSquaredDistribution(degreesOfFreedom).cumulativeProbability(deviance);
    }
  }

  @Override
  public double[] expected(BinCounts observed) throws StudyException {
    return events(coefficients(observed));
  }

  /** Fits, and tells the parameters and how well the function fits. */
  public Fitted fit(BinCounts observed) throws StudyException {
    double[] coefficients = coefficients(observed);
    double[] expected = events(coefficients);
    double[] p = toLogarithms.operate(coefficients);
    p[0] = Math.exp(p[0]);
    double deviance =
        2 * (logLikelihood(observed, observed.sums()) - logLikelihood(observed, expected));
    return new Fitted(expected, p, deviance, bins.count() - parameters);
  }

  private double[] coefficients(BinCounts observed) throws StudyException {
    long filled = Arrays.stream(observed.sums()).filter(sum -> sum > 0).count();
    if (filled < parameters) {
      throw new StudyException(
          "only %d of %d bins have events, too few to fit %d parameters: choose another range"
              .formatted(filled, observed.sums().length, parameters));
    }
    double[] coefficients = beginning(observed);
    double[] expected = events(coefficients);
    double likelihood = logLikelihood(observed, expected);
    for (int step = 0; step < MAX_STEPS; step++) {
      double[] direction = new double[parameters];
      double promised = scoringStep(observed, coefficients, expected, direction);
      double scale = 1;
      double[] next = coefficients;
      double better = Double.NEGATIVE_INFINITY;
      for (int halving = 0; halving < MAX_HALVINGS && !(better >= likelihood); halving++) {
        next = sum(coefficients, direction, scale);
        expected = events(next);
        better = logLikelihood(observed, expected);
        scale /= 2;
      }
      if (!(better >= likelihood) || promised < ENOUGH) {
        // Where no step is uphill any more, rounding is all that is left.
        return promised < ENOUGH ? next : coefficients;
      }
      coefficients = next;
      likelihood = better;
    }
    throw new StudyException(
        "the background fit does not converge: choose a range where the spectrum falls smoothly");
  }

  /** Least squares to the logarithms of the counts, which is near enough to begin with. */
  private double[] beginning(BinCounts observed) {
    double[][] rows = new double[bins.count()][];
    double[] logs = new double[bins.count()];
    for (int bin = 0; bin < rows.length; bin++) {
      double sum = observed.sums()[bin];
      double scale = observed.scales()[bin];
      double weight = Math.sqrt(sum / scale + 0.5);
      rows[bin] = functions[bin * GAUSS_POINTS.length + 1].clone();
      for (int i = 0; i < parameters; i++) {
        rows[bin][i] *= weight;
      }
      logs[bin] = weight * Math.log((sum + 0.5 * scale) / bins.width(bin));
    }
    RealVector solved =
        new QRDecomposition(MatrixUtils.createRealMatrix(rows))
            .getSolver()
            .solve(MatrixUtils.createRealVector(logs));
    return solved.toArray();
  }

  private double[] events(double[] coefficients) {
    double[] events = new double[bins.count()];
    for (int node = 0; node < functions.length; node++) {
      events[node / GAUSS_POINTS.length] += density(node, coefficients);
    }
    return events;
  }

  /** What a Gauss point adds to its bin. */
  private double density(int node, double[] coefficients) {
    double log = 0;
    for (int i = 0; i < parameters; i++) {
      log += functions[node][i] * coefficients[i];
    }
    return bins.width(node / GAUSS_POINTS.length)
        * GAUSS_WEIGHTS[node % GAUSS_POINTS.length]
        * Math.exp(log);
  }

  /** ln L without the terms that no parameter changes; of scaled Poisson numbers where weighted. */
  private static double logLikelihood(BinCounts observed, double[] expected) {
    double all = 0;
    for (int bin = 0; bin < expected.length; bin++) {
      double sum = observed.sums()[bin];
      all +=
          ((sum == 0 ? 0 : sum * Math.log(expected[bin])) - expected[bin]) / observed.scales()[bin];
    }
    return all;
  }

  /** Finds F⁻¹g, with F the Fisher information and g the gradient; returns g·F⁻¹g. */
  private double scoringStep(
      BinCounts observed, double[] coefficients, double[] expected, double[] direction) {
    double[] gradient = new double[parameters];
    double[][] information = new double[parameters][parameters];
    double[] slope = new double[parameters];
    for (int bin = 0; bin < expected.length; bin++) {
      Arrays.fill(slope, 0);
      for (int point = 0; point < GAUSS_POINTS.length; point++) {
        int node = bin * GAUSS_POINTS.length + point;
        double density = density(node, coefficients);
        for (int i = 0; i < parameters; i++) {
          slope[i] += density * functions[node][i];
        }
      }
      double mean = Math.max(expected[bin], Double.MIN_NORMAL);
      double scale = observed.scales()[bin];
      for (int i = 0; i < parameters; i++) {
        gradient[i] += (observed.sums()[bin] / mean - 1) * slope[i] / scale;
        for (int j = 0; j < parameters; j++) {
          information[i][j] += slope[i] * slope[j] / mean / scale;
        }
      }
    }
    RealVector solved =
        new QRDecomposition(MatrixUtils.createRealMatrix(information))
            .getSolver()
            .solve(MatrixUtils.createRealVector(gradient));
    double promised = 0;
    for (int i = 0; i < parameters; i++) {
      direction[i] = solved.getEntry(i);
      promised += direction[i] * gradient[i];
    }
    return promised;
  }

  private static double[] sum(double[] coefficients, double[] direction, double scale) {
    double[] sum = coefficients.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += scale * direction[i];
    }
    return sum;
  }
}
