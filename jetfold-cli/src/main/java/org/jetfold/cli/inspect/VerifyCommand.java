package org.jetfold.cli.inspect;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jetfold.cli.console.CommandFailure;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.cli.console.Failures;
import org.jetfold.cli.console.Streams;
import org.jetfold.cli.file.CompressedInput;
import org.jetfold.cli.file.FileNames;
import org.jetfold.cli.file.ShownGuarantees;
import org.jetfold.cli.option.GuaranteeOptions;
import org.jetfold.cli.option.ModelOptions;
import org.jetfold.cli.option.Progress;
import org.jetfold.cli.option.ReadingOptions;
import org.jetfold.cli.option.WorkingOptions;
import org.jetfold.codec.comparison.PrecisionCheck;
import org.jetfold.codec.comparison.TableDifference;
import org.jetfold.codec.derived.GuaranteeCheck;
import org.jetfold.codec.derived.Guarantees;
import org.jetfold.codec.error.JetfoldException;
import org.jetfold.codec.file.FileGuarantees;
import org.jetfold.codec.file.FileHeader;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.Projection;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.text.Quantities;
import org.jetfold.study.file.TableShape;
import org.jetfold.tables.TableFiles;
import org.jetfold.tables.WrittenRows;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code jetfold verify}. */
@Command(
    name = "verify",
    description = {
      "Checks compressed files.",
      "Alone, each is decoded and every checksum is compared. With the original, every value is"
          + " checked against its column's precision, in exact arithmetic, and the event structure"
          + " must be the same, and so are bounds on computed quantities, the file's or those of"
          + " --guarantee. A table without a compressed file is read to its end."
    },
    footerHeading = "%nExamples%n",
    footer = {
      "  jetfold verify jets.jetf",
      "  jetfold verify *.jetf",
      "  jetfold verify jets.jetf jets.npz      (exit code 1 where a bound is violated or the table"
          + " is another one)",
    })
public final class VerifyCommand implements Callable<Integer> {
  private final Streams streams;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description =
          "Compressed files; or one, and the tables in any format that it was made from, several"
              + " files as one table. Their columns are those of the compressed file, unless you"
              + " choose others. - is standard input.")
  List<String> files = new ArrayList<>();

  @Mixin ReadingOptions reading = new ReadingOptions();
  @Mixin ModelOptions needed = new ModelOptions();
  @Mixin GuaranteeOptions guarantees = new GuaranteeOptions();
  @Mixin WorkingOptions working = new WorkingOptions();

  public VerifyCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws IOException {
    if (Collections.frequency(files, TableFiles.STANDARD) > 1) {
      throw CommandFailure.usage("only one of the files can come from standard input");
    }
    List<String> compressed = files.stream().filter(this::isCompressed).toList();
    List<String> tables = files.stream().filter(file -> !compressed.contains(file)).toList();
    requireOriginalForGuarantees(compressed, tables);
    if (compressed.isEmpty()) {
      return Failures.each(tables, streams, this::read);
    }
    if (tables.isEmpty()) {
      return Failures.each(compressed, streams, this::verify);
    }
    if (compressed.size() > 1) {
      throw CommandFailure.usage(
          "%s are compressed: with the original, verify one of them at a time"
              .formatted(Quantities.names(compressed)));
    }
    try (CompressedInput in =
        CompressedInput.open(compressed.getFirst(), working.threads(), needed.models, streams)) {
      return compare(in, tables);
    }
  }

  /** Bounds are checked in a pass of their own, which reads the original a second time. */
  private void requireOriginalForGuarantees(List<String> compressed, List<String> tables) {
    if (guarantees.given()
        && (compressed.isEmpty() || tables.isEmpty() || tables.contains(TableFiles.STANDARD))) {
      throw CommandFailure.usage(
          "--guarantee needs a compressed file and its original, which must be a file");
    }
  }

  /** With --from, standard input is a table, unless no other file is compressed. */
  private boolean isCompressed(String file) {
    boolean isPiped = file.equals(TableFiles.STANDARD);
    return reading.from == null
        ? FileNames.isCompressed(file)
        : isPiped
            ? files.stream().noneMatch(FileNames::beginsCompressed)
            : FileNames.beginsCompressed(file);
  }

  private int verify(String compressed) throws IOException {
    try (CompressedInput in =
        CompressedInput.open(compressed, working.threads(), needed.models, streams)) {
      in.verify();
      boolean measured =
          in.header().columns().stream()
              .anyMatch(column -> column.precision() instanceof Precision.Measured);
      streams.print(
          "%s: OK, %s; every checksum is right%s"
              .formatted(
                  in.name(),
                  new TableShape(in.schema(), in.footer().totals()).describe(),
                  measured
                      ? "; what the autoencoder restores is %s: 'jetfold inspect' shows the largest errors"
                          .formatted(PrintedChecks.MEASURED)
                      : ""));
      return ExitCode.OK;
    }
  }

  /** Reads a table that is compared with nothing. */
  private int read(String table) throws IOException {
    try (TableSource source = reading.open(table, working.threads(), streams)) {
      streams.print(
          "%s: can be read, %s; name its compressed file, too, to compare the values"
              .formatted(FileNames.shown(table), TableShape.counted(source).describe()));
      return ExitCode.OK;
    }
  }

  private int compare(CompressedInput in, List<String> originals) throws IOException {
    Guarantees promised = promised(in);
    Checked checked =
        reading.isPlain() && !originals.contains(TableFiles.STANDARD)
            ? checkColumnsOf(in, originals)
            : new Checked(check(in, originals, reading, streams::warn), reading);
    PrecisionCheck check = checked.check();
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
    String original = FileNames.shown(originals);
    PrintedChecks printed = new PrintedChecks(streams, working.quiet);
    boolean passed = printed.columns(in.report(), check);
    String ofQuantities = "";
    if (promised != null) {
      ShownGuarantees shown =
          new ShownGuarantees(promised.inFile(in.header().precisions()), in.schema());
      String bounds = String.join(", ", shown.texts());
      if (originals.contains(TableFiles.STANDARD)) {
        ofQuantities =
            "; not checked: %s, because the original comes from standard input and is read once"
                .formatted(bounds);
      } else {
        passed &=
            printed.quantities(
                in.name(), checkGuarantees(in, originals, checked.how(), promised), shown);
        ofQuantities = "; what is computed is, too: " + bounds;
      }
    }
    if (passed) {
      streams.print(
          "%s: OK, %s%s"
              .formatted(in.name(), PrintedChecks.promise(check, original), ofQuantities));
    }
    return passed ? ExitCode.OK : ExitCode.DIFFERENT;
  }

  /** The bounds of the option, else the file's own; null for none. */
  private @Nullable Guarantees promised(CompressedInput in) {
    Guarantees asked = guarantees.of(in.schema());
    FileGuarantees own = in.header().guarantees();
    return asked != null || own == null ? asked : Guarantees.of(in.schema(), own);
  }

  /**
   * What was found, and how the original was read for it.
   *
   * @param how which of its columns
   */
  private record Checked(PrecisionCheck check, ReadingOptions how) {}

  private GuaranteeCheck checkGuarantees(
      CompressedInput in, List<String> originals, ReadingOptions how, Guarantees promised)
      throws IOException {
    try (TableSource before = original(in, originals, how, _ -> {});
        TableSource after = restored(in, before);
        Progress progress =
            Progress.start(
                streams, working, in.name(), in.footer().totals().getFirst(), in.entryName())) {
      return GuaranteeCheck.of(before, after, promised, progress);
    }
  }

  /** The original; rows that the compressed table was written as are that table again. */
  private TableSource original(
      CompressedInput in, List<String> originals, ReadingOptions how, Consumer<String> warnings)
      throws IOException {
    TableSource table =
        how.withoutCounter(in.schema())
            .open(originals, working.threads(), streams, warnings, _ -> {});
    WrittenRows rows = WrittenRows.of(FileNames.shown(originals), table, in.schema());
    return rows == null ? table : rows;
  }

  /** The compressed table, or what of it was written as rows, where the original is these. */
  private static TableSource restored(CompressedInput in, TableSource original) throws IOException {
    TableSource table = in.read(Projection.all(in.schema()));
    return original instanceof WrittenRows && in.schema().hasEvents()
        ? WrittenRows.withObjects(table)
        : table;
  }

  private PrecisionCheck check(
      CompressedInput in, List<String> originals, ReadingOptions how, Consumer<String> warnings)
      throws IOException {
    FileHeader header = in.header();
    try (TableSource before = original(in, originals, how, warnings);
        TableSource after = restored(in, before);
        Progress progress =
            Progress.start(
                streams, working, in.name(), in.footer().totals().getFirst(), in.entryName())) {
      return PrecisionCheck.of(
          before, after, header.precisions(), header.earlierLosses(), progress);
    }
  }

  /**
   * Compares with whole originals, or where they hold something else, too, with the columns of
   * theirs that the compressed file has.
   */
  private Checked checkColumnsOf(CompressedInput in, List<String> originals) throws IOException {
    List<String> warnings = new ArrayList<>();
    PrecisionCheck whole = null;
    Exception failure = null;
    try {
      whole = check(in, originals, reading, warnings::add);
      if (!isOtherSchema(whole)) {
        warnings.forEach(streams::warn);
        return new Checked(whole, reading);
      }
    } catch (IOException | JetfoldException e) {
      failure = e;
    }
    try {
      ReadingOptions chosenColumns = reading.withColumnsOf(in.schema());
      PrecisionCheck chosen = check(in, originals, chosenColumns, streams::warn);
      if (whole == null || !isOtherSchema(chosen)) {
        working.say(
            streams, in.name() + ": compared with those columns of the original that the file has");
        return new Checked(chosen, chosenColumns);
      }
    } catch (IOException | JetfoldException e) {
      failure = failure == null ? e : failure;
    }
    if (whole != null) {
      return new Checked(whole, reading);
    }
    throw Failures.about(FileNames.shown(originals), Objects.requireNonNull(failure));
  }

  private static boolean isOtherSchema(PrecisionCheck check) {
    return check.differences().stream()
        .anyMatch(found ->
            found.kind() == TableDifference.Kind.COLUMNS
                || found.kind() == TableDifference.Kind.EVENTS);
  }
}
