package org.jetfold.study.bumphunt;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.Doubles;
import org.jetfold.codec.table.Table;
import org.jetfold.study.StudyException;
import org.jetfold.study.binning.Bins;
import org.jspecify.annotations.Nullable;

/**
 * A spectrum as it is published: a row for each bin, with its lower and upper edge, its content,
 * and perhaps the content's error and the background that is expected.
 *
 * @param label what is binned
 * @param expected background in each bin; null where the table has none
 */
public record BinnedSpectrum(
    String label, Bins bins, BinCounts counts, double @Nullable [] expected) {
  private static final List<String> CONTENTS =
      List.of("events", "entries", "counts", "count", "observed", "data");
  private static final List<String> BACKGROUNDS = List.of("expected", "background", "fit");
  private static final List<String> ERRORS = List.of("error", "uncertainty");

  /**
   * Reads a flat table: {@code low} and {@code high} (or names that end so, as HEPData has them),
   * {@code events}, perhaps {@code error} and {@code expected}.
   *
   * @param range only bins in it count; null for all
   * @throws StudyException where a column is missing, or bins do not touch or have other contents
   *     than numbers from 0 on
   */
  public static BinnedSpectrum of(Table table, double @Nullable [] range) throws StudyException {
    int low = require(table, "low", name -> name.endsWith("low"));
    int high = require(table, "high", name -> name.endsWith("high"));
    int content = require(table, "events", CONTENTS::contains);
    int background = find(table, BACKGROUNDS::contains);
    int error = find(table, ERRORS::contains);
    double[] lows = Doubles.of(table, low);
    double[] highs = Doubles.of(table, high);
    int from = 0;
    int to = table.rootEntries();
    while (range != null && from < to && lows[from] < range[0]) {
      from++;
    }
    while (range != null && to > from && highs[to - 1] > range[1]) {
      to--;
    }
    if (from == to) {
      throw new StudyException("no bin is in the range");
    }
    double[] sums = part(table, content, from, to);
    double[] expected = background < 0 ? null : part(table, background, from, to);
    return new BinnedSpectrum(
        label(table.schema().columns().get(low).name()),
        bins(lows, highs, from, to),
        error < 0 ? BinCounts.ofEvents(sums) : ofErrors(sums, part(table, error, from, to)),
        expected);
  }

  private static int require(Table table, String wanted, Predicate<String> fits)
      throws StudyException {
    int found = find(table, fits);
    if (found < 0) {
      throw new StudyException(
          "has no column %s: a binned spectrum has low, high and events, and perhaps error and expected"
              .formatted(wanted));
    }
    return found;
  }

  private static int find(Table table, Predicate<String> fits) {
    List<Column> columns = table.schema().columns();
    for (int column = 0; column < columns.size(); column++) {
      if (table.schema().groupOf(column) == 0
          && fits.test(columns.get(column).name().toLowerCase(Locale.ROOT).strip())) {
        return column;
      }
    }
    return -1;
  }

  private static double[] part(Table table, int column, int from, int to) throws StudyException {
    double[] values = Arrays.copyOfRange(Doubles.of(table, column), from, to);
    for (int i = 0; i < values.length; i++) {
      if (!(values[i] >= 0 && values[i] < Double.POSITIVE_INFINITY)) {
        throw new StudyException(
            "%s of bin %d is %s: it must be a number from 0 on"
                .formatted(table.schema().columns().get(column).name(), from + i, values[i]));
      }
    }
    return values;
  }

  private static BinCounts ofErrors(double[] sums, double[] errors) {
    return BinCounts.ofWeights(sums, Arrays.stream(errors).map(error -> error * error).toArray());
  }

  private static Bins bins(double[] lows, double[] highs, int from, int to) throws StudyException {
    double[] edges = new double[to - from + 1];
    for (int bin = from; bin < to; bin++) {
      if (bin > from && lows[bin] != highs[bin - 1]) {
        throw new StudyException(
            "bin %d begins at %s, and the one before ends at %s: bins must rise and touch"
                .formatted(bin, lows[bin], highs[bin - 1]));
      }
      edges[bin - from] = lows[bin];
    }
    edges[to - from] = highs[to - 1];
    try {
      return Bins.between(edges);
    } catch (IllegalArgumentException e) {
      throw new StudyException("the bins do not rise: " + e.getMessage());
    }
  }

  private static String label(String low) {
    String label = low.strip().replaceFirst("(?i)[ _.]*low$", "").strip();
    return label.isEmpty() ? "value" : label;
  }
}
