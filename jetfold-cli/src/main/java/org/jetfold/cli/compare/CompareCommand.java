package org.jetfold.cli.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jetfold.cli.console.CommandFailure;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.cli.console.Failures;
import org.jetfold.cli.console.Streams;
import org.jetfold.cli.console.TextTable;
import org.jetfold.cli.console.TextTable.Side;
import org.jetfold.cli.file.FileNames;
import org.jetfold.cli.file.OutputFile;
import org.jetfold.cli.option.OverwriteOption;
import org.jetfold.cli.option.PrecisionAsked;
import org.jetfold.cli.option.Progress;
import org.jetfold.cli.option.ReadingOptions;
import org.jetfold.cli.option.TrainingTime;
import org.jetfold.cli.option.WorkingOptions;
import org.jetfold.cli.train.EmbeddedModelRun;
import org.jetfold.codec.model.ModelException;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.precision.PrecisionChoice;
import org.jetfold.codec.precision.PrecisionException;
import org.jetfold.codec.precision.PrecisionRules;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.text.Quantities;
import org.jetfold.study.report.ComparisonReport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jetfold compare}. */
@Command(
    name = "compare",
    description =
        "Compares codecs and settings on a table: Jetfold's static and learned models, float"
            + " truncation and lossless with zstd and xz, and zfp where the system has libzfp."
            + " Error against bits, speeds, and which of them no other beats.",
    footerHeading = "%n",
    footer = {
      "All columns are stored; settings are for the float columns of the objects (of a flat table,"
          + " the rows).",
      "Speeds are of processor time, one thread. Large tables: the first --rows objects.",
      "",
      "Examples",
      "  jetfold compare jets.npz --report compare.html",
      "  jetfold compare jets.npz --model jets.jetm --csv compare.csv",
      "  jetfold compare jets.npz --minutes 5 --report compare.html --json compare.json",
    })
public final class CompareCommand implements Callable<Integer> {
  private static final int ROWS_PER_PIECE = 1 << 15;
  private static final int WARM_UP = 500;

  /** So much is measured that a disturbance does not matter; more only takes time. */
  private static final double ENOUGH_SECONDS = 0.05;

  private final Streams streams;

  @Parameters(paramLabel = "IN", description = "A table in any format.")
  String input = "";

  @Option(names = "--report", paramLabel = "OUT.html", description = "Write a page with a picture.")
  @Nullable String report;

  @Option(names = "--json", paramLabel = "OUT.json", description = "Write the figures as JSON.")
  @Nullable String json;

  @Option(names = "--csv", paramLabel = "OUT.csv", description = "Write the figures as CSV.")
  @Nullable String csv;

  @Option(
      names = "--model",
      paramLabel = "MODEL.jetm",
      description = "Compare this learned model, at its own settings. May be given several times.")
  List<String> models = new ArrayList<>();

  @Option(
      names = "--minutes",
      paramLabel = "M",
      description = "Train a density model on the table for M minutes, and compare it, too.")
  @Nullable Double minutes;

  @Option(
      names = "--precision",
      paramLabel = "RULES",
      description =
          "Compare at these settings, too, as 'jetfold compress' takes them; --minutes trains for"
              + " them.")
  @Nullable String precision;

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "250000",
      description = "The number of objects (or rows) to use. Default: ${DEFAULT-VALUE}.")
  int rows;

  @Mixin OverwriteOption replacing = new OverwriteOption();
  @Mixin ReadingOptions reading = new ReadingOptions();
  @Mixin WorkingOptions working = new WorkingOptions();

  public CompareCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws IOException {
    if (rows < 1) {
      throw CommandFailure.usage("--rows must be at least 1, was %d".formatted(rows));
    }
    Double training = minutes == null ? null : TrainingTime.checked(minutes);
    List<String> read = new ArrayList<>(List.of(input));
    read.addAll(models);
    FileNames.refuseSameFiles(read, report, json, csv);
    try (OutputFile page = replacing.create(report, streams);
        OutputFile figures = replacing.create(json, streams);
        OutputFile lines = replacing.create(csv, streams)) {
      Table table = read();
      ComparisonReport compared = compare(table, training);
      OverwriteOption.write(page, compared::writeHtml, working, streams);
      OverwriteOption.write(figures, compared::writeJson, working, streams);
      OverwriteOption.write(lines, compared::writeCsv, working, streams);
      print(compared);
      return ExitCode.OK;
    } catch (ModelException e) {
      throw Failures.about(input, e);
    }
  }

  private Table read() throws IOException {
    try (TableSource source = reading.open(input, working.threads(), streams)) {
      Schema schema = source.schema();
      List<Table> pieces = new ArrayList<>();
      long objects = 0;
      for (Table piece = source.next(Math.min(rows, ROWS_PER_PIECE));
          piece != null;
          piece =
              objects < rows ? source.next((int) Math.min(rows - objects, ROWS_PER_PIECE)) : null) {
        pieces.add(piece);
        objects += largestGroup(schema, piece);
      }
      if (objects == 0) {
        throw new CommandFailure(
            ExitCode.FAILED, input + ": holds a table without rows: there is nothing to compare");
      }
      return Table.joined(pieces);
    }
  }

  private static long largestGroup(Schema schema, Table piece) {
    long largest = 0;
    for (int group = 0; group < schema.groups().size(); group++) {
      largest = Math.max(largest, piece.entries(group));
    }
    return largest;
  }

  private ComparisonReport compare(Table table, @Nullable Double training) throws IOException {
    Contenders contenders = new Contenders(table);
    if (contenders.lossyColumns() == 0) {
      throw CommandFailure.usage(
          input + ": has no float column that may lose bits: there is nothing to compare");
    }
    contenders.addLossless();
    contenders.addStatic();
    contenders.addTruncated();
    List<Precision> asked = asked(table.schema());
    if (asked != null) {
      contenders.addAsked(asked);
    }
    List<String> notes = new ArrayList<>();
    ZfpLibrary zfp = ZfpLibrary.find();
    if (zfp == null) {
      notes.add("zfp is left out: this system has no libzfp (Debian's package libzfp1)");
    } else {
      contenders.addZfp(zfp, asked);
    }
    for (String model : models) {
      contenders.addModel(model, asked);
    }
    if (training != null) {
      contenders.addTrained(
          input, new EmbeddedModelRun(streams, working, training, List.of()), asked, notes);
    }
    ComparisonErrors errors = new ComparisonErrors(table, contenders.lossy());
    List<ComparisonReport.Row> rowsFound = new ArrayList<>();
    long raw = ComparisonErrors.rawBytes(table);
    long values = ComparisonErrors.values(table);
    List<Contender> all = contenders.all();
    try (Progress progress = Progress.start(streams, working, input, all.size(), "setting")) {
      // The first runs of any code are slow: they are not measured.
      Table start = table.slice(0, Math.min(table.rootEntries(), WARM_UP));
      for (Contender contender : all) {
        contender.run(start, 0);
        Contender.Coded coded = contender.run(table, ENOUGH_SECONDS);
        rowsFound.add(
            new ComparisonReport.Row(
                contender.codec(),
                contender.setting(),
                8.0 * coded.bytes() / values,
                (double) raw / coded.bytes(),
                errors.of(coded.restored()),
                coded.encodeSpeed(),
                coded.decodeSpeed(),
                coded.note()));
        progress.accept(rowsFound.size());
      }
    }
    return new ComparisonReport(input, table.rootEntries(), values, raw, rowsFound, notes);
  }

  private @Nullable List<Precision> asked(Schema schema) {
    if (precision == null) {
      return null;
    }
    PrecisionAsked rules = PrecisionAsked.of(precision, PrecisionRules.exact());
    try {
      PrecisionChoice choice = rules.rules().resolve(schema);
      rules.announce(input, choice, streams, working.quiet);
      return choice.columns();
    } catch (PrecisionException e) {
      throw new CommandFailure(ExitCode.USAGE, input + ": " + e.getMessage(), e);
    }
  }

  private static String speed(double speed) {
    return speed >= 0.95 ? Quantities.decimal(speed, 1) : Quantities.significant(speed, 2);
  }

  private void print(ComparisonReport compared) throws IOException {
    if (working.quiet) {
      return;
    }
    TextTable table =
        new TextTable(
            Side.LEFT,
            Side.LEFT,
            Side.LEFT,
            Side.RIGHT,
            Side.RIGHT,
            Side.RIGHT,
            Side.RIGHT,
            Side.RIGHT,
            Side.RIGHT,
            Side.LEFT);
    table.line("", "codec", "setting", "bits", "ratio", "mean", "worst", "encode", "decode", "");
    table.line("", "", "", "a value", "", "rel error", "rel error", "MB/s", "MB/s", "");
    table.rule();
    for (ComparisonReport.Row row : compared.rows()) {
      table.line(
          compared.isBest(row) ? "*" : "",
          row.codec(),
          row.setting(),
          Quantities.decimal(row.bits(), 2),
          Quantities.decimal(row.ratio(), 2),
          Quantities.error(row.error().meanRelative()),
          Quantities.error(row.error().worstRelative()),
          speed(row.encodeSpeed()),
          speed(row.decodeSpeed()),
          row.note());
    }
    List<String> lines = new ArrayList<>(table.lines());
    lines.add("");
    lines.add("* no other has fewer bits and a smaller mean error");
    lines.addAll(compared.notes());
    streams.print(String.join("\n", lines));
  }
}
