package org.jetfold.cli.compress;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jetfold.cli.console.CommandFailure;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.cli.console.Failures;
import org.jetfold.cli.console.Streams;
import org.jetfold.cli.file.FileNames;
import org.jetfold.cli.option.OverwriteOption;
import org.jetfold.cli.option.PrecisionAsked;
import org.jetfold.cli.option.Progress;
import org.jetfold.cli.option.ReadingOptions;
import org.jetfold.cli.option.WorkingOptions;
import org.jetfold.codec.Compression;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.precision.PrecisionException;
import org.jetfold.codec.precision.PrecisionRules;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.TableSink;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.ValueType;
import org.jetfold.codec.text.Quantities;
import org.jetfold.study.file.TableShape;
import org.jetfold.tables.TableFiles;
import org.jetfold.tables.TableFormats;
import org.jetfold.tables.TableName;
import org.jetfold.tables.format.SinkOptions;
import org.jetfold.tables.format.TableFormat;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jetfold reduce}. */
@Command(
    name = "reduce",
    description =
        "Writes a table in a format that every program reads, with the shortest floats that keep"
            + " the bounds. Larger than a .jetf file, smaller than the table.",
    footerHeading = "%nExamples%n",
    footer = {
      "  jetfold reduce jets.npz --precision 'pt=rel:0.004,*=bits:10' -o jets.parquet",
      "  jetfold reduce nano.root --collection Jet --precision jets -o jets.root",
    })
public final class ReduceCommand implements Callable<Integer> {
  /** Longer lists of columns end with how many more there are. */
  private static final int MAX_SHOWN = 5;

  private final Streams streams;

  @Parameters(
      paramLabel = "IN",
      arity = "1..*",
      description = "Tables as of 'jetfold compress'; several become one.")
  List<String> inputs = new ArrayList<>();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "OUT",
      required = true,
      description = "The file to write, or - for standard output.")
  String output = "";

  @Option(
      names = "--to",
      paramLabel = "FORMAT",
      description =
          "The output's format: root, parquet, h5 or npz. By default its name's ending says it.")
  @Nullable String to;

  @Option(
      names = "--precision",
      paramLabel = "RULES",
      required = true,
      description =
          "What each column may lose; see 'jetfold compress --help'. There is no dither here.")
  String precision = "";

  @Mixin OverwriteOption replacing = new OverwriteOption();
  @Mixin ReadingOptions reading = new ReadingOptions();
  @Mixin WorkingOptions working = new WorkingOptions();

  public ReduceCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws IOException {
    if (to == null && output.endsWith(FileNames.ENDING)) {
      throw CommandFailure.usage(
          output + ": is a Jetfold file: 'jetfold compress' writes it, smaller");
    }
    TableFormat format = TableFormats.ofSink(output, to == null ? null : TableFormats.named(to));
    if (!format.isPacked()) {
      throw CommandFailure.usage(
          "%s: %s is not packed, so short floats would save nothing: choose %s"
              .formatted(
                  output.equals(TableFiles.STANDARD) ? "standard output" : output,
                  format.name(),
                  Quantities.names(
                      TableFormats.written().stream()
                          .filter(TableFormat::isPacked)
                          .map(TableFormat::name)
                          .toList())));
    }
    FileNames.refuseSameFiles(inputs, output);
    PrecisionAsked asked = PrecisionAsked.of(precision, PrecisionRules.exact());
    String shown = FileNames.shown(inputs);
    try (TableSource source = reading.open(inputs, working.threads(), streams)) {
      Compression plan = plan(shown, source, asked);
      List<Precision> precisions = plan.precisions().columns();
      Reduction reduction =
          canBeReadTwice()
              ? found(source.schema(), precisions, format)
              : Reduction.unseen(source.schema(), precisions);
      say(source.schema(), reduction, shown);
      write(new ReducedSource(source, plan, shown, reduction), plan, shown, format, reduction);
      return ExitCode.OK;
    } catch (IOException | RuntimeException | Error e) {
      throw Failures.about(shown, e);
    }
  }

  private Compression plan(String shown, TableSource source, PrecisionAsked asked) {
    try {
      Compression plan = Compression.of(source.schema(), asked.rules());
      asked.announce(shown, plan.precisions(), streams, working.quiet);
      requireBoundsOfTheirOwn(shown, source.schema(), plan.precisions().columns());
      if (plan.precisions().columns().stream().anyMatch(Precision.Dithered.class::isInstance)) {
        working.say(
            streams,
            shown
                + ": without dither, which only a .jetf file keeps: bins as narrow as the steps of"
                + " values show these, and 'jetfold evaluate' says whether the usual limits hold");
      }
      return plan;
    } catch (PrecisionException e) {
      throw new CommandFailure(ExitCode.USAGE, shown + ": " + e.getMessage(), e);
    }
  }

  /** Whether no input is a pipe. */
  private boolean canBeReadTwice() throws IOException {
    for (String input : inputs) {
      for (TableName table : TableName.parse(input, null).expanded()) {
        if (table.file().equals(TableFiles.STANDARD)
            || !Files.isRegularFile(FileNames.path(table.file()))) {
          return false;
        }
      }
    }
    return true;
  }

  private static void requireBoundsOfTheirOwn(
      String shown, Schema schema, List<Precision> precisions) {
    for (int i = 0; i < precisions.size(); i++) {
      if (precisions.get(i) instanceof Precision.Scaled) {
        throw CommandFailure.usage(
            "%s: column %s has the bound %s, which depends on another column: only a .jetf file keeps it; give the column a bound of its own"
                .formatted(shown, schema.columns().get(i).name(), precisions.get(i)));
      }
    }
  }

  /** How columns are best reduced; the tables are read a first time for that. */
  private Reduction found(Schema schema, List<Precision> precisions, TableFormat format)
      throws IOException {
    ReductionTrial trial = new ReductionTrial(schema, precisions, format);
    // What is said of the tables is said when they are written.
    try (TableSource source = reading.open(inputs, working.threads(), streams, _ -> {}, _ -> {})) {
      source.forEachPiece(trial::add);
    }
    return trial.found();
  }

  /** Types that readers see and did not see before. */
  private void say(Schema schema, Reduction reduction, String shown) {
    List<String> changed = new ArrayList<>();
    for (int i = 0; i < schema.columns().size(); i++) {
      Column column = schema.columns().get(i);
      ValueType type = reduction.columns().get(i).type();
      if (type != column.type()) {
        changed.add("%s %s → %s".formatted(column.name(), column.type(), type));
      }
    }
    if (!changed.isEmpty()) {
      working.say(
          streams,
          "%s: integers in the smallest types that hold them, which readers see: %s%s"
              .formatted(
                  shown,
                  String.join(", ", changed.subList(0, Math.min(MAX_SHOWN, changed.size()))),
                  changed.size() > MAX_SHOWN
                      ? " and %d more".formatted(changed.size() - MAX_SHOWN)
                      : ""));
    }
  }

  private void write(
      ReducedSource source, Compression plan, String shown, TableFormat format, Reduction reduction)
      throws IOException {
    List<Precision> kept = plan.precisions().columns().stream().map(Precision::promise).toList();
    SinkOptions options =
        new SinkOptions(replacing.overwrite, streams::warn)
            .withReducedValues(reduction.grids(), reduction.packing())
            .withNotes(LossNotes.of(source.schema(), kept, reduction));
    TableShape.Counter counter = new TableShape.Counter(source.schema());
    String entries = source.schema().hasEvents() ? "event" : "row";
    long total = source.rootEntries().orElse(Progress.UNKNOWN);
    try (TableSink sink =
            TableFiles.create(output, format, source.schema(), options, streams.data());
        Progress progress = Progress.start(streams, working, shown, total, entries)) {
      source.forEachPiece(piece -> {
        sink.write(piece);
        counter.add(piece);
        progress.accept(counter.rootEntries());
      });
      sink.finish();
    }
    working.say(
        streams,
        "%s: %s; every value is within its bound"
            .formatted(FileNames.shownOutput(output), counter.shape().describe()));
  }
}
