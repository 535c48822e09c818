package org.jetfold.cli.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jetfold.cli.console.CommandFailure;
import org.jetfold.study.binning.Bins;
import org.jetfold.study.bumphunt.BumpScan;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The bins of a spectrum in which a bump is looked for, and how wide a bump is. */
final class SpectrumOptions {
  /** From where on jets of 185 GeV and more, as the usual trigger has them, are all there. */
  private static final double[] USUAL_RANGE = {440, 1400};

  @Option(
      names = "--range",
      paramLabel = "LOW:HIGH",
      description =
          "The range of the spectrum. Default: 440:1400 GeV; with --column, where values are.")
  @Nullable String range;

  @Option(names = "--bins", paramLabel = "N", description = "Number of bins. Default: 60.")
  int bins = 60;

  @Option(
      names = "--edges",
      paramLabel = "E,E,…",
      split = ",",
      description = "Bins of any widths between these edges, in place of --range and --bins.")
  List<Double> edges = new ArrayList<>();

  @Option(
      names = "--binned",
      description =
          "BACKGROUND is a spectrum, as published: a row for each bin with low, high and events,"
              + " perhaps error, and expected, which is the background then; or a table of HEPData"
              + " (.yaml), of which --column names the variable.")
  boolean binned;

  @Option(
      names = "--widths",
      paramLabel = "MIN:MAX",
      description = "Widths of a bump, in bins. Default: 2:6.")
  String widths = "2:6";

  /** The windows that are looked at. */
  BumpScan scan() {
    if (!edges.isEmpty() && (range != null || binned)) {
      throw CommandFailure.usage("--edges are all bins: leave out --range and --binned");
    }
    Ranges.requireCount(bins);
    double[] ends = Ranges.parse("--widths", widths, "2:6");
    if (ends[0] < 1 || ends[0] % 1 != 0 || ends[1] % 1 != 0) {
      throw CommandFailure.usage(
          "--widths must be two whole numbers of bins, as in 2:6, was %s".formatted(widths));
    }
    if (ends[1] > bins && edges.isEmpty() && !binned) {
      throw CommandFailure.usage(
          "--bins %d is less than the widest bump of --widths %s: take more bins, or narrower bumps"
              .formatted(bins, widths));
    }
    return new BumpScan((int) ends[0], (int) ends[1]);
  }

  /** The lower and the upper end that are asked for; null where none are. */
  double @Nullable [] ends() {
    return range == null ? null : Ranges.parse("--range", range);
  }

  /**
   * The bins.
   *
   * @param values between which they lie where no range is given; null for the usual range
   */
  Bins bins(double @Nullable [] values) {
    if (!edges.isEmpty()) {
      return Ranges.edges(edges);
    }
    double[] ends = ends();
    if (ends == null) {
      ends = values == null ? USUAL_RANGE : endsOf(values);
    }
    return Ranges.bins(ends[0], ends[1], bins);
  }

  private static double[] endsOf(double[] values) {
    double low = Arrays.stream(values).filter(Double::isFinite).min().orElse(0);
    double high = Arrays.stream(values).filter(Double::isFinite).max().orElse(1);
    return new double[] {low, Math.nextUp(Math.max(high, Math.nextUp(low)))};
  }
}
