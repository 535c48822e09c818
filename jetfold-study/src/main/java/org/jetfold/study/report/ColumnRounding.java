package org.jetfold.study.report;

import java.util.Arrays;
import java.util.Objects;
import org.jetfold.codec.detection.Quantization;
import org.jetfold.codec.detection.QuantizationDetector;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Doubles;
import org.jetfold.codec.table.ValueType;
import org.jetfold.codec.text.Quantities;
import org.jetfold.study.StudyException;
import org.jetfold.study.binning.Bins;
import org.jetfold.study.quantization.DoubleQuantization;
import org.jetfold.study.quantization.Levels;
import org.jetfold.study.quantization.MagicBins;
import org.jetfold.study.quantization.QuantizedLevels;
import org.jetfold.study.quantization.SpreadCounts;
import org.jetfold.study.quantization.UniformLevels;
import org.jspecify.annotations.Nullable;

/**
 * What rounding does to a column's histogram.
 *
 * @param precision how it was quantized here; null where it came so
 * @param before what the detector says of the values as they came
 * @param after what it says of them quantized
 * @param original heights before quantization; null where nobody knows them
 * @param quantized heights after it
 * @param variances of these: counts, or sums of squared weights
 * @param spread heights before quantization as estimated from the values after it
 * @param magicOriginal the same in magic bins
 */
record ColumnRounding(
    Column column,
    @Nullable Precision precision,
    Quantization before,
    Quantization after,
    Levels levels,
    DoubleQuantization peaks,
    double @Nullable [] original,
    double[] quantized,
    double[] variances,
    SpreadCounts spread,
    MagicBins magic,
    double @Nullable [] magicOriginal,
    double[] magicQuantized) {

  /**
   * Studies the values of a column.
   *
   * @param weights one for each value; null for 1 each
   * @param precision what to quantize with; null where the values are rounded already
   * @throws StudyException where the values do not suit
   */
  static ColumnRounding of(
      Column column,
      ColumnValues values,
      double @Nullable [] weights,
      @Nullable Precision precision,
      HistogramChoice choice)
      throws StudyException {
    double[] numbers = Doubles.of(values, column.type());
    requireFinite(column, numbers);
    Quantization before = detected(values, column.type());
    ColumnValues quantized = values;
    Levels levels;
    if (precision == null) {
      levels = levels(column, before);
    } else {
      QuantizedLevels made = new QuantizedLevels(precision, column.type());
      quantized = made.quantized(values);
      levels = made;
    }
    double[] rounded = Doubles.of(quantized, column.type());
    Bins bins = choice.bins(numbers);
    MagicBins magic;
    try {
      magic = MagicBins.of(levels, bins.low(), bins.high(), bins.width(0));
    } catch (IllegalArgumentException e) {
      throw new StudyException("%s: choose a narrower range".formatted(e.getMessage()));
    }
    return new ColumnRounding(
        column,
        precision,
        before,
        detected(quantized, column.type()),
        levels,
        DoubleQuantization.of(levels, bins),
        precision == null ? null : bins.histogram(numbers, weights),
        bins.histogram(rounded, weights),
        bins.histogram(rounded, squares(weights)),
        SpreadCounts.of(levels, bins, rounded, weights),
        magic,
        precision == null ? null : magic.bins().histogram(numbers, weights),
        magic.bins().histogram(rounded, weights));
  }

  static void requireFinite(Column column, double[] values) throws StudyException {
    if (Arrays.stream(values).noneMatch(Double::isFinite)) {
      throw new StudyException(
          "column %s has no finite value: there is nothing to look at".formatted(column.name()));
    }
  }

  private static double @Nullable [] squares(double @Nullable [] weights) {
    return weights == null ? null : Arrays.stream(weights).map(w -> w * w).toArray();
  }

  /** Chooses the bins of a histogram, given all values. */
  interface HistogramChoice {
    Bins bins(double[] values) throws StudyException;
  }

  private static Quantization detected(ColumnValues values, ValueType type) {
    QuantizationDetector detector = new QuantizationDetector(type == ValueType.FLOAT32);
    detector.add(values);
    return detector.finding();
  }

  private static Levels levels(Column column, Quantization found) throws StudyException {
    return switch (found) {
      case Quantization.None() ->
          throw new StudyException(
              "column %s was not rounded before, as far as its values tell: name a precision, as bits:7, to see what rounding would do"
                  .formatted(column.name()));
      case Quantization.Truncated(int left) ->
          new QuantizedLevels(new Precision.Bits(left), column.type());
      case Quantization.Grid(double step, double offset) ->
          new UniformLevels(step, offset, column.type() == ValueType.FLOAT32);
    };
  }

  Bins bins() {
    return peaks.bins();
  }

  /** How many bins no level is in. */
  int emptyBins() {
    int empty = 0;
    for (int bin = 0; bin < bins().count(); bin++) {
      empty += peaks.levels(bin) == 0 ? 1 : 0;
    }
    return empty;
  }

  /**
   * Root mean square of the relative differences of heights from those before quantization, which
   * are known.
   */
  double deviation(double[] heights) {
    return DoubleQuantization.deviation(heights, Objects.requireNonNull(original));
  }

  /**
   * χ² a bin of the differences of heights from those before quantization, which are known, with
   * the statistical variances of the bins: artifacts are below 1 where statistics hide them. Bins
   * that have no level are left out.
   */
  double chiSquare(double[] heights) {
    double[] expected = Objects.requireNonNull(original);
    double sum = 0;
    int count = 0;
    for (int bin = 0; bin < heights.length; bin++) {
      if (peaks.levels(bin) > 0 && variances[bin] > 0) {
        double difference = heights[bin] - expected[bin];
        sum += difference * difference / variances[bin];
        count++;
      }
    }
    return count == 0 ? 0 : sum / count;
  }

  /** How many magic bins do not hold what they held before quantization. */
  int changedMagicBins() {
    int changed = 0;
    for (int bin = 0; magicOriginal != null && bin < magicOriginal.length; bin++) {
      changed += magicOriginal[bin] == magicQuantized[bin] ? 0 : 1;
    }
    return changed;
  }

  /** The width of a magic bin, with its unit. */
  String magicWidth() {
    String width = Quantities.significant(magic().multiple() * magic().step(), 7);
    String unit = column().unit();
    return unit.isEmpty() ? width : width + " " + unit;
  }
}
