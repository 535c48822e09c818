package org.jetfold.study.bumphunt;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jetfold.study.StudyException;
import org.jetfold.study.binning.Bins;

/**
 * The background of a spectrum that no single function describes: for each bin, the dijet function
 * is fitted to a window of bins around it, and says what is expected in it. Windows that would
 * reach beyond an end of the spectrum are those at the end.
 *
 * <p>A narrow window follows a signal more than a fit to the whole spectrum does, and so takes some
 * of it away. Immutable; safe for use by many threads.
 */
public final class SlidingWindowFit implements Background {
  private final int width;

  /** One for each place of the window, by its first bin. */
  private final List<DijetFit> fits = new ArrayList<>();

  /**
   * A fit to spectra with some bins.
   *
   * @param bins of the mass, in GeV
   * @param width bins of the window; more than there are parameters
   * @param parameters of the dijet function, 3 to 5
   * @param collisionEnergy √s in GeV; above all bins
   * @throws StudyException where bins, window and function do not go together
   */
  public SlidingWindowFit(Bins bins, int width, int parameters, double collisionEnergy)
      throws StudyException {
    if (width > bins.count()) {
      throw new StudyException(
          "a window of %d bins is wider than the spectrum of %d".formatted(width, bins.count()));
    }
    this.width = width;
    double[] edges = bins.edges();
    for (int first = 0; first + width <= bins.count(); first++) {
      Bins window = Bins.between(Arrays.copyOfRange(edges, first, first + width + 1));
      fits.add(new DijetFit(window, parameters, collisionEnergy));
    }
  }

  @Override
  public double[] expected(BinCounts observed) throws StudyException {
    double[] expected = new double[observed.sums().length];
    double[] here = {};
    int fitted = -1;
    for (int bin = 0; bin < expected.length; bin++) {
      int first = Math.clamp(bin - width / 2L, 0, expected.length - width);
      if (first != fitted) {
        here = fits.get(first).expected(observed.part(first, first + width));
        fitted = first;
      }
      expected[bin] = here[bin - first];
    }
    return expected;
  }
}
