package org.jetfold.cli.study;

import java.io.IOException;
import java.util.ArrayList;
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
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.ValueType;
import org.jetfold.study.StudyException;
import org.jetfold.study.report.DoubleQuantizationReport;
import org.jetfold.study.report.DoubleQuantizationReport.Histogram;
import org.jetfold.study.report.StudyReport;
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
    double[] ends = range == null ? null : Ranges.parse("--range", range);
    Ranges.requireCount(bins);
    try (TableSource source = study.open(input, streams)) {
      study.output.write(
          column == null
              ? DoubleQuantizationReport.ofTable(input, source)
              : studied(source, number(source.schema(), column), new Histogram(ends, bins)),
          streams);
    } catch (StudyException e) {
      throw new CommandFailure(ExitCode.USAGE, input + ": " + e.getMessage(), e);
    } catch (IOException | RuntimeException | Error e) {
      throw Failures.about(input, e);
    }
    return ExitCode.OK;
  }

  private StudyReport studied(TableSource source, int number, Histogram histogram)
      throws IOException, StudyException {
    Column described = source.schema().columns().get(number);
    List<ColumnValues> parts = new ArrayList<>();
    source.forEachPiece(piece -> parts.add(piece.values(number)));
    return DoubleQuantizationReport.ofColumn(
        input,
        described,
        ColumnValues.joined(described.type(), parts),
        described.type().isFloat() ? setting(described.type()) : null,
        histogram);
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
}
