package org.jetfold.cli.study;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jetfold.cli.console.CommandFailure;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.cli.console.Failures;
import org.jetfold.cli.console.Streams;
import org.jetfold.codec.detection.Quantization;
import org.jetfold.codec.detection.QuantizationDetector;
import org.jetfold.codec.precision.NamePattern;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.precision.PrecisionException;
import org.jetfold.codec.precision.QualifiedColumn;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.ValueType;
import org.jetfold.study.Doubles;
import org.jetfold.study.binning.Bins;
import org.jetfold.study.quantization.DoubleQuantization;
import org.jetfold.study.quantization.Levels;
import org.jetfold.study.quantization.MagicBins;
import org.jetfold.study.quantization.QuantizedLevels;
import org.jetfold.study.quantization.UniformLevels;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jetfold study double-quantization}. */
@Command(
    name = "double-quantization",
    description =
        "Shows the peaks and troughs that rounded values make in a histogram, predicts them, takes"
            + " them out, and names bins that have none. Without --column it tells how each column"
            + " was rounded before.",
    footerHeading = "%nExamples%n",
    footer = {
      "  jetfold study double-quantization jets.npz",
      "  jetfold study double-quantization jets.npz --column phi --bits 7 --bins 100",
      "  jetfold study double-quantization jets.npz --column pt --bits 7 --range 20000:150000"
          + " --picture pt.svg",
      "",
      "Without --bits and --precision, the column is taken to be rounded already, as the detector"
          + " says.",
    })
final class DoubleQuantizationCommand implements Callable<Integer> {
  private final Streams streams;

  @Parameters(paramLabel = "IN", description = "The table.")
  String input = "";

  @Option(names = "--column", paramLabel = "NAME", description = "The column to look at.")
  @Nullable String column;

  @Option(
      names = "--bits",
      paramLabel = "M",
      description = "Truncate the column to M mantissa bits; short for --precision bits:M.")
  @Nullable Integer bits;

  @Option(
      names = "--precision",
      paramLabel = "SETTING",
      description = "Quantize the column so: bits:7, rel:0.004 or abs:0.001.")
  @Nullable String precision;

  @Option(names = "--bins", paramLabel = "N", description = "Number of bins. Default: 100.")
  int bins = 100;

  @Option(
      names = "--range",
      paramLabel = "LOW:HIGH",
      description = "The range of the histogram. By default that of the values.")
  @Nullable String range;

  @Mixin StudyOptions study = new StudyOptions();

  DoubleQuantizationCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws IOException {
    study.output.check(List.of(input), streams);
    if (bits != null && precision != null) {
      throw CommandFailure.usage("--bits is short for --precision bits:M: give one of them");
    }
    if (column == null && (bits != null || precision != null || range != null)) {
      throw CommandFailure.usage("which column? Name it with --column");
    }
    try (TableSource source = study.open(input, streams)) {
      study.output.write(column == null ? detected(source) : studied(source, column), streams);
    } catch (IOException | RuntimeException | Error e) {
      throw Failures.about(input, e);
    }
    return ExitCode.OK;
  }

  private StudyResult detected(TableSource source) throws IOException {
    DetectedColumns detected = new DetectedColumns(source.schema());
    for (Table piece = source.next(StudyOptions.ROWS);
        piece != null;
        piece = source.next(StudyOptions.ROWS)) {
      detected.add(piece);
    }
    return detected.result(input);
  }

  private StudyResult studied(TableSource source, String name) throws IOException {
    int number = number(source.schema(), name);
    Column described = source.schema().columns().get(number);
    if (!described.type().isFloat()) {
      throw CommandFailure.usage(
          "%s: column %s has type %s: only floats are rounded"
              .formatted(input, name, described.type().name().toLowerCase(Locale.ROOT)));
    }
    List<ColumnValues> parts = new ArrayList<>();
    for (Table piece = source.next(StudyOptions.ROWS);
        piece != null;
        piece = source.next(StudyOptions.ROWS)) {
      parts.add(piece.values(number));
    }
    ColumnValues values = ColumnValues.joined(described.type(), parts);
    double[] numbers = Doubles.of(values, described.type());
    if (Arrays.stream(numbers).noneMatch(Double::isFinite)) {
      throw CommandFailure.usage(
          "%s: column %s has no finite value: there is nothing to look at".formatted(input, name));
    }
    boolean float32 = described.type() == ValueType.FLOAT32;
    QuantizationDetector detector = new QuantizationDetector(float32);
    detector.add(values);
    Quantization before = detector.finding();
    Precision setting = setting(described.type());
    ColumnValues quantized;
    Levels levels;
    if (setting == null) {
      levels =
          switch (before) {
            case Quantization.None() ->
                throw CommandFailure.usage(
                    "%s: column %s was not rounded before, as far as its values tell: say --bits 7 to see what truncation would do"
                        .formatted(input, name));
            case Quantization.Truncated(int left) ->
                new QuantizedLevels(new Precision.Bits(left), described.type());
            case Quantization.Grid(double step, double offset) ->
                new UniformLevels(step, offset, float32);
          };
      quantized = values;
    } else {
      QuantizedLevels made = new QuantizedLevels(setting, described.type());
      quantized = made.quantized(values);
      levels = made;
    }
    Bins histogram = histogram(numbers);
    QuantizationDetector after = new QuantizationDetector(float32);
    after.add(quantized);
    MagicBins magic;
    try {
      magic = MagicBins.of(levels, histogram.low(), histogram.high(), histogram.width(0));
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(
          ExitCode.USAGE, "%s: %s: choose a --range".formatted(input, e.getMessage()), e);
    }
    return new DoubleQuantizationResult(
            input,
            name,
            described.unit(),
            setting,
            before,
            after.finding(),
            DoubleQuantization.of(levels, histogram),
            setting == null ? null : histogram.histogram(numbers),
            histogram.histogram(Doubles.of(quantized, described.type())),
            magic,
            setting == null ? null : magic.bins().histogram(numbers),
            magic.bins().histogram(Doubles.of(quantized, described.type())),
            levels)
        .result();
  }

  private int number(Schema schema, String name) {
    List<QualifiedColumn> columns = QualifiedColumn.all(schema);
    NamePattern pattern = NamePattern.parse(name);
    for (int number = 0; number < columns.size(); number++) {
      if (columns.get(number).fits(pattern)) {
        return number;
      }
    }
    throw CommandFailure.usage(
        "%s: --column: no column is called %s; %s"
            .formatted(input, name, QualifiedColumn.near(name, columns)));
  }

  private @Nullable Precision setting(ValueType type) {
    try {
      Precision wanted =
          bits != null
              ? new Precision.Bits(bits)
              : precision == null ? null : Precision.parse(precision);
      if (wanted != null) {
        wanted.requireFits(type);
        if (!wanted.isLossy()) {
          throw CommandFailure.usage(
              "--precision exact rounds nothing: say bits:7, rel:0.004 or abs:0.001");
        }
      }
      return wanted;
    } catch (PrecisionException e) {
      throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
    }
  }

  private Bins histogram(double[] values) {
    double low = Arrays.stream(values).filter(Double::isFinite).min().orElseThrow();
    double high = Arrays.stream(values).filter(Double::isFinite).max().orElseThrow();
    // The largest value belongs to the last bin.
    double[] ends =
        range == null
            ? new double[] {low, high + Math.max((high - low) / (1 << 20), Math.ulp(high))}
            : Ranges.parse("--range", range);
    return Ranges.bins(ends[0], ends[1], bins);
  }
}
