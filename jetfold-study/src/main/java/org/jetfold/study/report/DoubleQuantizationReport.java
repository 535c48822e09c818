package org.jetfold.study.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.text.Quantities;
import org.jetfold.study.StudyException;
import org.jetfold.study.binning.Bins;
import org.jetfold.study.quantization.DoubleQuantization;
import org.jspecify.annotations.Nullable;

/** Reports what rounding does to a column's histogram. */
public final class DoubleQuantizationReport {
  private static final List<StudyReport.Term> TERMS =
      List.of(
          new StudyReport.Term("level", "A value that is left after rounding."),
          new StudyReport.Term(
              "peaks and troughs",
              "Bins that are not a whole number of level distances wide hold now more, now fewer"
                  + " levels than their neighbours. Their heights follow, though the spectrum is"
                  + " smooth. This is double quantization."),
          new StudyReport.Term(
              "factor",
              "By how much a bin is too high or too low, computed from its levels alone. Heights"
                  + " are corrected by dividing by it."),
          new StudyReport.Term(
              "spread",
              "An estimate of the spectrum before rounding: the values of each level are spread"
                  + " over its cell, from half-way to the level below to half-way to the one"
                  + " above, by a smooth density, and then counted in the bins."),
          new StudyReport.Term(
              "magic bins",
              "Bins with edges half-way between levels, a whole number of level distances wide."
                  + " Each holds the same values before and after rounding, so they have no"
                  + " peaks."),
          RoundedColumnsReport.DETECTOR);

  private final String input;
  private final ColumnRounding found;
  private final String how;

  private DoubleQuantizationReport(String input, ColumnRounding found) {
    this.input = input;
    this.found = found;
    how =
        found.precision() == null
            ? found.after().toString()
            : "quantized with " + found.precision();
  }

  /**
   * The bins of a histogram.
   *
   * @param range its lower and upper end; null for that of the values
   * @param count how many bins, at least 1
   */
  public record Histogram(double @Nullable [] range, int count) {
    private Bins bins(double[] values) throws StudyException {
      double[] ends = range == null ? ends(values) : range;
      try {
        return Bins.uniform(ends[0], ends[1], count);
      } catch (IllegalArgumentException e) {
        throw new StudyException(
            "%d bins from %s to %s are narrower than numbers can be: choose a wider range or fewer bins"
                .formatted(count, ends[0], ends[1]));
      }
    }

    /** Where values are, the largest one in the last bin. */
    static double[] ends(double[] values) {
      double low = Arrays.stream(values).filter(Double::isFinite).min().orElseThrow();
      double high = Arrays.stream(values).filter(Double::isFinite).max().orElseThrow();
      // The largest value belongs to the last bin.
      return new double[] {low, high + Math.max((high - low) / (1 << 20), Math.ulp(high))};
    }
  }

  /**
   * Says what rounding does to a column.
   *
   * @param input the table's name
   * @param values all values of the column
   * @param weights one for each value; null for 1 each
   * @param precision what to quantize with; null where the values are rounded already
   * @throws StudyException where the column is not of floats, has no values, or was not rounded
   */
  public static StudyReport ofColumn(
      String input,
      Column column,
      ColumnValues values,
      double @Nullable [] weights,
      @Nullable Precision precision,
      Histogram histogram)
      throws StudyException {
    requireFloats(column);
    return new DoubleQuantizationReport(
            input, ColumnRounding.of(column, values, weights, precision, histogram::bins))
        .report();
  }

  static void requireFloats(Column column) throws StudyException {
    if (!column.type().isFloat()) {
      throw new StudyException(
          "column %s has type %s: only floats are rounded".formatted(column.name(), column.type()));
    }
  }

  private StudyReport report() {
    DoubleQuantizationFigures figures = new DoubleQuantizationFigures(input, found);
    return new StudyReport(
        new StudyReport.Story(
            "Double quantization of %s in %s, %s".formatted(found.column().name(), input, how),
            StudyReport.Verdict.NEUTRAL,
            headline(),
            findings(),
            TERMS),
        figures.table(),
        new DoubleQuantizationCharts(found, how).all(),
        figures::json,
        figures.csv());
  }

  private double extreme(boolean largest) {
    double extreme = 1;
    for (int bin = 0; bin < found.bins().count(); bin++) {
      if (found.peaks().levels(bin) > 0) {
        double factor = found.peaks().factor(bin);
        extreme = largest ? Math.max(extreme, factor) : Math.min(extreme, factor);
      }
    }
    return extreme;
  }

  private String headline() {
    double lowest = extreme(false);
    double highest = extreme(true);
    String peaks =
        highest - lowest < 1e-9
            ? "Rounding makes no peaks in these bins"
            : "Rounding makes peaks up to %s and troughs down to %s"
                .formatted(percentOf(highest), percentOf(lowest));
    return "%s; magic bins are %s wide".formatted(peaks, found.magicWidth());
  }

  /** A factor as a change: +24 %, −49 %. */
  private static String percentOf(double factor) {
    String size = Quantities.significant(100 * Math.abs(factor - 1), 2) + " %";
    return (factor < 1 ? "−" : "+") + size;
  }

  private List<String> findings() {
    List<String> findings = new ArrayList<>();
    findings.add("As it came, the column was %s.".formatted(found.before()));
    if (found.precision() != null) {
      findings.add(
          "Quantized with %s, the detector says: %s.".formatted(found.precision(), found.after()));
    }
    int empty = found.emptyBins();
    if (empty > 0) {
      findings.add(
          "%s without any level, and empty whatever the spectrum is. Their corrected heights are undefined."
              .formatted(Quantities.count(empty, "bin is", "bins are")));
    }
    double[] original = found.original();
    if (original != null) {
      findings.add(
          "Heights differ from those before rounding by %s (RMS over bins); by %s from the prediction."
              .formatted(
                  percent(found.deviation(found.quantized())),
                  percent(
                      DoubleQuantization.deviation(
                          found.quantized(), found.peaks().predicted(original)))));
      double[] corrected = found.peaks().corrected(found.quantized());
      double[] spread = found.spread().heights();
      findings.add(
          "After correction they differ by %s; with each cell's counts spread by a smooth density by %s. In the bins' statistical variances that is a χ² of %s, %s and %s a bin: rounded, corrected, spread. Where in a cell values happen to be explains a χ² of 1 a bin of what is left by the last; it is %s."
              .formatted(
                  percent(found.deviation(corrected)),
                  percent(found.deviation(spread)),
                  Quantities.significant(found.chiSquare(found.quantized()), 3),
                  Quantities.significant(found.chiSquare(corrected), 3),
                  Quantities.significant(found.chiSquare(spread), 3),
                  Quantities.significant(found.spread().pull(original), 3)));
    }
    findings.add(
        "Magic bins are %s wide, %s the largest level distance of %s, from %s on.%s"
            .formatted(
                found.magicWidth(),
                found.magic().multiple() == 1 ? "once" : found.magic().multiple() + " times",
                Quantities.significant(found.magic().step(), 7),
                Quantities.significant(found.magic().bins().low(), 9),
                found.magicOriginal() == null
                    ? ""
                    : " %s of these %s %s other values than before."
                        .formatted(
                            found.changedMagicBins() == 0
                                ? "None"
                                : "%,d".formatted(found.changedMagicBins()),
                            Quantities.count(found.magic().bins().count(), "bin"),
                            found.changedMagicBins() > 1 ? "hold" : "holds")));
    return findings;
  }

  private static String percent(double part) {
    return Quantities.significant(100 * part, 3) + " %";
  }
}
