package org.jetfold.cli.inspect;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.jetfold.cli.console.CommandFailure;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.cli.console.Quantities;
import org.jetfold.cli.console.Streams;
import org.jetfold.cli.console.TextTable;
import org.jetfold.cli.console.TextTable.Side;
import org.jetfold.cli.file.CompressedInput;
import org.jetfold.cli.file.FileNames;
import org.jetfold.cli.file.TableComparison;
import org.jetfold.cli.file.TableShape;
import org.jetfold.cli.option.ModelOptions;
import org.jetfold.cli.option.Progress;
import org.jetfold.cli.option.ReadingOptions;
import org.jetfold.cli.option.WorkingOptions;
import org.jetfold.codec.file.FileHeader.ColumnCoding;
import org.jetfold.codec.pipeline.Projection;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.quantize.ErrorExtremes;
import org.jetfold.codec.table.TableSource;
import org.jetfold.tables.TableFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code jetfold verify}. */
@Command(
    name = "verify",
    description = {
      "Checks a Jetfold file.",
      "Alone, it is decoded and every checksum is compared. With the original, every value is"
          + " checked against its column's precision, in exact arithmetic, and the event structure"
          + " must be the same."
    },
    footerHeading = "%nExamples%n",
    footer = {
      "  jetfold verify jets.jetf",
      "  jetfold verify jets.jetf jets.npz      (exit code 1 where a bound is violated or the table"
          + " is another one)",
    })
public final class VerifyCommand implements Callable<Integer> {
  private static final String FINE = "ok";
  private static final String MEASURED = "measured, not guaranteed";

  private final Streams streams;

  @Parameters(
      index = "0",
      paramLabel = "IN.jetf",
      description = "The compressed file; - is standard input.")
  String input = "";

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "ORIGINAL",
      description = "The table that it was made from, in any format; several files are one table.")
  List<String> originals = new ArrayList<>();

  @Mixin ReadingOptions reading = new ReadingOptions();
  @Mixin ModelOptions needed = new ModelOptions();
  @Mixin WorkingOptions working = new WorkingOptions();

  public VerifyCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws IOException {
    List<String> all = new ArrayList<>(originals);
    all.add(input);
    if (Collections.frequency(all, TableFiles.STANDARD) > 1) {
      throw CommandFailure.usage("only one of the files can come from standard input");
    }
    try (CompressedInput in =
        CompressedInput.open(input, working.threads(), needed.models, streams)) {
      if (originals.isEmpty()) {
        in.verify();
        boolean measured =
            in.header().columns().stream()
                .anyMatch(column -> column.precision() instanceof Precision.Measured);
        print(
            "%s: OK, %s%s"
                .formatted(
                    in.name(),
                    new TableShape(in.schema(), in.footer().totals()).describe(),
                    measured
                        ? "; what the autoencoder restores is %s: 'jetfold inspect' shows the largest errors"
                            .formatted(MEASURED)
                        : ""));
        return ExitCode.OK;
      }
      return compare(in);
    }
  }

  private int compare(CompressedInput in) throws IOException {
    List<Precision> precisions =
        in.header().columns().stream().map(ColumnCoding::precision).toList();
    List<TableComparison.Finding> findings;
    String unit = in.schema().hasEvents() ? "event" : "row";
    try (TableSource before =
            reading.open(
                originals, working.threads(), streams, line -> streams.say("warning: " + line));
        TableSource after = in.read(Projection.all(in.schema()));
        Progress progress =
            Progress.start(streams, working, in.name(), in.footer().totals().getFirst(), unit)) {
      findings = new TableComparison(before, after, precisions).run(progress);
    } catch (CommandFailure failure) {
      if (failure.exitCode() == ExitCode.DIFFERENT) {
        throw new CommandFailure(ExitCode.DIFFERENT, in.name() + ": " + failure.line(), failure);
      }
      throw failure;
    }
    return judge(FileReport.of(in), findings);
  }

  private int judge(FileReport report, List<TableComparison.Finding> findings) throws IOException {
    TextTable table =
        new TextTable(Side.LEFT, Side.LEFT, Side.RIGHT, Side.RIGHT, Side.RIGHT, Side.LEFT);
    table.line("column", "precision", "worst absolute", "worst relative", "changed", "");
    table.rule();
    long violated = 0;
    for (int column = 0; column < findings.size(); column++) {
      ErrorExtremes extremes = findings.get(column).extremes();
      ColumnReport stated = report.columns().get(column);
      String verdict = verdict(stated, extremes);
      violated += verdict.equals(FINE) || verdict.equals(MEASURED) ? 0 : 1;
      table.line(
          stated.name().path(),
          stated.precision().toString(),
          Quantities.error(extremes.largestAbsolute()),
          Quantities.error(extremes.largestRelative()),
          share(extremes.changed(), stated.values()),
          verdict);
    }
    if (!working.quiet) {
      print(String.join("\n", table.lines()));
    }
    if (violated == 0) {
      boolean measured = report.columns().stream().anyMatch(ColumnReport::isMeasured);
      print(
          "%s: OK, every value is as close to %s as it must be%s"
              .formatted(
                  report.name(),
                  FileNames.shown(originals),
                  measured ? "; what the autoencoder restores is " + MEASURED : ""));
      return ExitCode.OK;
    }
    for (int column = 0; column < findings.size(); column++) {
      TableComparison.Finding finding = findings.get(column);
      if (finding.firstViolation() >= 0) {
        ColumnReport stated = report.columns().get(column);
        streams.say(
            "%s: column %s breaks %s first at entry %d: %s"
                .formatted(
                    report.name(),
                    stated.name().path(),
                    stated.precision(),
                    finding.firstViolation(),
                    finding.firstViolationText()));
      }
    }
    return ExitCode.DIFFERENT;
  }

  private static String verdict(ColumnReport stated, ErrorExtremes extremes) {
    if (extremes.violations() > 0) {
      return "VIOLATED by " + Quantities.count(extremes.violations(), "value");
    }
    double found =
        stated.errorIsRelative() ? extremes.largestRelative() : extremes.largestAbsolute();
    Double largest = stated.largestError();
    return largest != null && largest < found
        ? "ABOVE the file's largest error " + Quantities.error(largest)
        : stated.isMeasured() ? MEASURED : FINE;
  }

  private static String share(long changed, long values) {
    return values == 0 ? "" : Quantities.decimal(100.0 * changed / values, 1) + " %";
  }

  private void print(String text) throws IOException {
    streams.out().write((text + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
