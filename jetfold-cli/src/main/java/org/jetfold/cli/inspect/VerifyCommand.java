package org.jetfold.cli.inspect;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.jetfold.cli.console.CommandFailure;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.cli.console.Streams;
import org.jetfold.cli.console.TextTable;
import org.jetfold.cli.console.TextTable.Side;
import org.jetfold.cli.file.CompressedInput;
import org.jetfold.cli.file.FileNames;
import org.jetfold.cli.file.TableShape;
import org.jetfold.cli.option.ModelOptions;
import org.jetfold.cli.option.Progress;
import org.jetfold.cli.option.ReadingOptions;
import org.jetfold.cli.option.WorkingOptions;
import org.jetfold.codec.comparison.PrecisionCheck;
import org.jetfold.codec.comparison.PrecisionCheck.CheckedColumn;
import org.jetfold.codec.comparison.PrecisionCheck.Violation;
import org.jetfold.codec.comparison.TableDifference;
import org.jetfold.codec.file.FileHeader.ColumnCoding;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.Projection;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.text.Quantities;
import org.jetfold.tables.TableFiles;
import org.jspecify.annotations.Nullable;
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
        streams.print(
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
    PrecisionCheck check;
    String unit = in.schema().hasEvents() ? "event" : "row";
    try (TableSource before =
            reading.open(
                originals, working.threads(), streams, line -> streams.say("warning: " + line));
        TableSource after = in.read(Projection.all(in.schema()));
        Progress progress =
            Progress.start(streams, working, in.name(), in.footer().totals().getFirst(), unit)) {
      check = PrecisionCheck.of(before, after, precisions, progress);
    }
    if (!check.differences().isEmpty()) {
      TableDifference first = check.differences().getFirst();
      throw new CommandFailure(
          ExitCode.DIFFERENT,
          "%s: %s is not its original: %s%s"
              .formatted(
                  in.name(),
                  FileNames.shown(originals),
                  first.text(),
                  first.kind() == TableDifference.Kind.EVENTS && in.schema().hasEvents()
                      ? ": name the column that marks them with --event-column"
                      : ""));
    }
    return print(FileReport.of(in), check);
  }

  private int print(FileReport report, PrecisionCheck check) throws IOException {
    TextTable table =
        new TextTable(Side.LEFT, Side.LEFT, Side.RIGHT, Side.RIGHT, Side.RIGHT, Side.LEFT);
    table.line("column", "precision", "largest absolute", "largest relative", "changed", "");
    table.rule();
    boolean passed = true;
    for (int column = 0; column < report.columns().size(); column++) {
      CheckedColumn found = check.columns().get(column);
      ColumnReport stated = report.columns().get(column);
      Double largest = largestErrorExceeded(stated, found);
      passed &= found.violations() == 0 && largest == null;
      table.line(
          found.column().path(),
          found.precision().toString(),
          Quantities.error(found.largestAbsoluteError()),
          Quantities.error(found.largestRelativeError()),
          share(found.changed(), found.values()),
          found.violations() > 0
              ? "VIOLATED by " + Quantities.count(found.violations(), "value")
              : largest != null
                  ? "ABOVE the file's largest error " + Quantities.error(largest)
                  : stated.isMeasured() ? MEASURED : "ok");
    }
    if (!working.quiet) {
      streams.print(String.join("\n", table.lines()));
    }
    if (passed) {
      streams.print("%s: OK, %s".formatted(report.name(), promise(check)));
      return ExitCode.OK;
    }
    for (CheckedColumn found : check.violations()) {
      Violation first = found.firstViolation();
      if (first != null) {
        streams.say(
            "%s: column %s violates %s first at entry %d: %s in the original, %s in the file"
                .formatted(
                    report.name(),
                    found.column().path(),
                    found.precision(),
                    first.entry(),
                    first.original(),
                    first.restored()));
      }
    }
    return ExitCode.DIFFERENT;
  }

  /** What holds of the values, for columns with a precision and for those without. */
  private String promise(PrecisionCheck check) {
    long measured =
        check.columns().stream()
            .filter(column -> column.precision() instanceof Precision.Measured)
            .count();
    long guaranteed = check.columns().size() - measured;
    String original = FileNames.shown(originals);
    String errors =
        "the errors of %s are %s".formatted(Quantities.count(measured, "column"), MEASURED);
    if (guaranteed == 0) {
      return "with the entries of %s; %s".formatted(original, errors);
    }
    return measured == 0
        ? "every value is within its precision of " + original
        : "every value of %s is within its precision of %s; %s"
            .formatted(Quantities.count(guaranteed, "column"), original, errors);
  }

  /** The largest error that the file states, where a larger one was found; null otherwise. */
  private static @Nullable Double largestErrorExceeded(ColumnReport stated, CheckedColumn found) {
    double error =
        stated.errorIsRelative() ? found.largestRelativeError() : found.largestAbsoluteError();
    Double largest = stated.largestError();
    return largest != null && largest < error ? largest : null;
  }

  private static String share(long changed, long values) {
    return values == 0 ? "" : Quantities.percent((double) changed / values);
  }
}
