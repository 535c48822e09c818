package org.jetfold.cli.study;

import java.util.List;
import org.jetfold.cli.console.CommandFailure;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.study.binning.Bins;

/** Ranges of numbers that a user gives as {@code low:high}. */
final class Ranges {
  private static final int MAX_BINS = 1_000_000;
  private static final int MAX_SCANNED = 2000;

  private Ranges() {}

  /** The two ends, the second above the first or equal to it. */
  static double[] parse(String option, String text) {
    return parse(option, text, "440:1400");
  }

  /** The same, with an example for messages. */
  static double[] parse(String option, String text, String example) {
    String[] ends = text.split(":", -1);
    if (ends.length == 2) {
      try {
        double low = Double.parseDouble(ends[0].strip());
        double high = Double.parseDouble(ends[1].strip());
        if (low <= high && Double.isFinite(high - low)) {
          return new double[] {low, high};
        }
        if (low > high) {
          throw CommandFailure.usage(
              "%s must rise, as in %s, was %s".formatted(option, example, text));
        }
      } catch (NumberFormatException _) {
        // Said below.
      }
    }
    throw CommandFailure.usage(
        "%s must be two numbers, as in %s, was %s".formatted(option, example, text));
  }

  /** Refuses numbers of bins out of range. */
  static void requireCount(int bins) {
    if (bins < 1 || bins > MAX_BINS) {
      throw CommandFailure.usage(
          "--bins must be between 1 and %d, was %d".formatted(MAX_BINS, bins));
    }
  }

  /** Bins between edges that a user gives. */
  static Bins edges(List<Double> edges) {
    try {
      return Bins.between(edges.stream().mapToDouble(Double::doubleValue).toArray());
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(
          "--edges must be two or more rising numbers: " + e.getMessage(), e);
    }
  }

  /** The smallest and the largest number of bins of a scan. */
  static int[] binNumbers(String text) {
    double[] ends = parse("--scan-bins", text, "2:100");
    if (ends[0] < 1 || ends[1] > MAX_SCANNED || ends[0] % 1 != 0 || ends[1] % 1 != 0) {
      throw CommandFailure.usage(
          "--scan-bins must be two whole numbers from 1 to %d, as in 2:100, was %s"
              .formatted(MAX_SCANNED, text));
    }
    return new int[] {(int) ends[0], (int) ends[1]};
  }

  /** Bins of equal width between two ends. */
  static Bins bins(double low, double high, int count) {
    requireCount(count);
    try {
      return Bins.uniform(low, high, count);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "%d bins from %s to %s are narrower than numbers can be: choose a wider --range or fewer --bins"
              .formatted(count, low, high),
          e);
    }
  }
}
