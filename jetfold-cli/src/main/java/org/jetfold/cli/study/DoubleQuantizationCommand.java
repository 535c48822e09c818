package org.jetfold.cli.study;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jetfold.cli.console.CommandFailure;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.cli.console.Failures;
import org.jetfold.cli.console.Streams;
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
import org.jetfold.study.StudyException;
import org.jetfold.study.report.BinScanReport;
import org.jetfold.study.report.DoubleQuantizationReport;
import org.jetfold.study.report.DoubleQuantizationReport.Histogram;
import org.jetfold.study.report.RoundedColumnsReport;
import org.jetfold.study.report.StudyReport;
import org.jetfold.study.residual.EventWeights;
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
      "  jetfold study double-quantization jets.npz --column phi --bits 7 --range -3.125:3.125"
          + " --scan-bins 2:100",
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
      description = "Quantize the column so: bits:7, rel:0.004, abs:0.001 or step:0.01.")
  @Nullable String precision;

  @Option(names = "--bins", paramLabel = "N", description = "Number of bins. Default: 100.")
  int bins = 100;

  @Option(
      names = "--range",
      paramLabel = "LOW:HIGH",
      description = "The range of the histogram. By default that of the values.")
  @Nullable String range;

  @Option(
      names = "--scan-bins",
      paramLabel = "MIN:MAX",
      description =
          "Instead of one histogram: the peaks of histograms with MIN to MAX bins, as counted and"
              + " by the formula, and which of these numbers are magic.")
  @Nullable String scanned;

  @Option(
      names = "--weight",
      paramLabel = "COLUMN",
      description = "Weight each event (or row) with this column.")
  @Nullable String weight;

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
    if (column == null
        && (bits != null
            || precision != null
            || range != null
            || scanned != null
            || weight != null)) {
      throw CommandFailure.usage("which column? Name it with --column");
    }
    if (scanned != null && bits == null && precision == null) {
      throw CommandFailure.usage(
          "--scan-bins compares with the values before rounding: say --bits or --precision");
    }
    double[] ends = range == null ? null : Ranges.parse("--range", range);
    Ranges.requireCount(bins);
    try (TableSource source = study.open(input, streams)) {
      study.output.write(
          column == null
              ? RoundedColumnsReport.of(input, source)
              : studied(source, number(source.schema(), column), ends),
          streams);
    } catch (StudyException e) {
      throw new CommandFailure(ExitCode.USAGE, input + ": " + e.getMessage(), e);
    } catch (IOException | RuntimeException | Error e) {
      throw Failures.about(input, e);
    }
    return ExitCode.OK;
  }

  private StudyReport studied(TableSource source, int number, double @Nullable [] ends)
      throws IOException, StudyException {
    int[] numbers = scanned == null ? new int[] {bins, bins} : Ranges.binNumbers(scanned);
    Column described = source.schema().columns().get(number);
    int group = source.schema().groupOf(number);
    EventWeights weights = EventWeights.named(weight, source.schema(), "the table");
    List<ColumnValues> parts = new ArrayList<>();
    List<double[]> weightParts = new ArrayList<>();
    for (Table piece = source.next(TableSource.PIECE_ROWS);
        piece != null;
        piece = source.next(TableSource.PIECE_ROWS)) {
      parts.add(piece.values(number));
      weightParts.add(weights.ofEntries(piece, group));
    }
    ColumnValues values = ColumnValues.joined(described.type(), parts);
    double[] weighted =
        weight == null ? null : weightParts.stream().flatMapToDouble(Arrays::stream).toArray();
    Precision setting = described.type().isFloat() ? setting(described.type()) : null;
    if (scanned == null || setting == null) {
      return DoubleQuantizationReport.ofColumn(
          input, described, values, weighted, setting, new Histogram(ends, bins));
    }
    return BinScanReport.of(
        input, described, values, weighted, setting, ends, numbers[0], numbers[1]);
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
              "--precision exact rounds nothing: say bits:7, rel:0.004, abs:0.001 or step:0.01");
        }
      }
      return wanted;
    } catch (PrecisionException e) {
      throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
    }
  }
}
