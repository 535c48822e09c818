package org.jetfold.cli.study;

import org.jetfold.cli.console.CommandFailure;
import org.jetfold.study.StudyException;
import org.jetfold.study.binning.Bins;
import org.jetfold.study.bumphunt.Background;
import org.jetfold.study.bumphunt.BumpHunt;
import org.jetfold.study.bumphunt.BumpScan;
import org.jetfold.study.bumphunt.DijetFit;
import org.jetfold.study.bumphunt.SlidingWindowFit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a spectrum is expected to be without a signal, and by how many pseudo-experiments. */
final class BackgroundOptions {
  /** Parameters that a window of a spectrum needs, and a whole one. */
  private static final int FEWEST_PARAMETERS = 3;

  private static final int USUAL_PARAMETERS = 4;
  private static final int MOST_PARAMETERS = 5;

  @Option(
      names = "--expected",
      paramLabel = "TABLE",
      description = "Take the events of this table as the background, instead of a fit.")
  @Nullable String expected;

  @Option(
      names = "--parameters",
      paramLabel = "N",
      description = "Parameters of the dijet function, 3, 4 or 5. Default: 4; with --window, 3.")
  @Nullable Integer parameters;

  @Option(
      names = "--energy",
      paramLabel = "GEV",
      description = "The collision energy, for the fit. Default: 13000.")
  double energy = 13_000;

  @Option(
      names = "--window",
      paramLabel = "N",
      description =
          "Fit the function to a sliding window of N bins around each bin, not to the whole"
              + " spectrum.")
  @Nullable Integer window;

  @Option(
      names = "--experiments",
      paramLabel = "N",
      description = "Number of pseudo-experiments. Default: 10000.")
  int experiments = 10_000;

  /** What a background is called, and the fit to the whole spectrum that it is, if it is one. */
  record Found(Background background, String name, @Nullable DijetFit fit) {
    static Found known(double[] expected) {
      return new Found(Background.known(expected), "expected", null);
    }

    BumpHunt hunt(BumpScan scan, int experiments, long seed) {
      return new BumpHunt(scan, background, experiments, seed);
    }
  }

  /** Refuses numbers out of range. */
  void check() {
    if (experiments < 1) {
      throw CommandFailure.usage("--experiments must be 1 or more, was %d".formatted(experiments));
    }
    int asked = parameters();
    if (asked < FEWEST_PARAMETERS || asked > MOST_PARAMETERS) {
      throw CommandFailure.usage("--parameters must be 3, 4 or 5, was %d".formatted(asked));
    }
    Integer bins = window;
    if (bins != null && bins <= asked) {
      throw CommandFailure.usage(
          "--window must have more bins than there are --parameters, %d, was %d"
              .formatted(asked, bins));
    }
    if (bins != null && expected != null) {
      throw CommandFailure.usage("--expected is the background: leave out --window");
    }
  }

  private int parameters() {
    return parameters != null ? parameters : window == null ? USUAL_PARAMETERS : FEWEST_PARAMETERS;
  }

  /** The function that is fitted to spectra with some bins. */
  Found fitted(Bins bins) throws StudyException {
    if (window != null) {
      return new Found(
          new SlidingWindowFit(bins, window, parameters(), energy), "sliding fit", null);
    }
    DijetFit fit = new DijetFit(bins, parameters(), energy);
    return new Found(fit, "fit", fit);
  }
}
