package org.jetfold.cli.study;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
import org.jetfold.cli.option.Progress;
import org.jetfold.cli.option.QuantityOptions;
import org.jetfold.cli.option.ReadingOptions;
import org.jetfold.cli.option.WorkingOptions;
import org.jetfold.codec.derived.DerivedQuantityException;
import org.jetfold.codec.precision.NamePattern;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.text.Quantities;
import org.jetfold.study.StudyException;
import org.jetfold.study.report.LimitText;
import org.jetfold.study.residual.Evaluator;
import org.jetfold.study.residual.Requirement;
import org.jetfold.study.tuning.TunedColumn;
import org.jetfold.study.tuning.Tuner;
import org.jetfold.study.tuning.Tuning;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jetfold tune}. */
@Command(
    name = "tune",
    description =
        "Finds the precision of each column that meets a target of physics at the fewest bits."
            + " Half of the events are searched with the real codec, the other half prove the"
            + " result. Exit code 1 where no setting meets the target.",
    footerHeading = "%nExamples%n",
    footer = {
      "  jetfold tune jets.npz --target"
          + " 'response<0.001,resolution<0.006,mjj.resolution<0.0045,pull<1.5,eta.abs.max<=0.005'",
      "  jetfold tune jets.npz --target 'pt.max<=0.01,m.max<=0.03' -o rules.txt",
      "  jetfold tune jets.npz --derive 'ratio = pt/ptRaw' --target"
          + " 'ratio.rms<0.002,dPhi.abs.p99<0.01'",
      "  jetfold compress jets.npz --precision @rules.txt",
      "",
      "Limits are those of 'jetfold evaluate --require'. A column that no limit is of stays exact.",
    })
public final class TuneCommand implements Callable<Integer> {
  private static final int MAX_ROWS = 1 << 19;

  private final Streams streams;

  @Parameters(paramLabel = "IN", description = "The table.")
  String input = "";

  @Option(
      names = "--target",
      paramLabel = "LIMITS",
      split = ",",
      required = true,
      description = "Limits that must hold, separated by commas. May be given several times.")
  List<String> target = new ArrayList<>();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "OUT.txt",
      description = "Write the rules to a file, for --precision @OUT.txt.")
  @Nullable String output;

  @Mixin OverwriteOption replacing = new OverwriteOption();
  @Mixin QuantityOptions computed = new QuantityOptions();
  @Mixin ReadingOptions reading = new ReadingOptions();
  @Mixin WorkingOptions working = new WorkingOptions();

  public TuneCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws IOException {
    List<Requirement> requirements = Limits.parse(target);
    FileNames.refuseSameFiles(List.of(input), output);
    reading.readToo(computed.weight);
    try (OutputFile rules = replacing.create(output, streams)) {
      Table table = table();
      if (table.rootEntries() < 2) {
        throw CommandFailure.usage(
            input + ": has fewer than two events (or rows): none would be left for the proof");
      }
      Tuning found = tune(table, requirements);
      print(found);
      if (rules != null && found.meets()) {
        rules.write(text(found).getBytes(StandardCharsets.UTF_8));
        rules.commit();
      }
      return found.meets() ? ExitCode.OK : ExitCode.DIFFERENT;
    }
  }

  /** The first events of the table, or all. */
  private Table table() throws IOException {
    try (TableSource source = reading.open(input, working.threads(), streams)) {
      List<Table> pieces = new ArrayList<>();
      long rows = 0;
      for (Table piece = source.next(TableSource.PIECE_ROWS);
          piece != null && rows < MAX_ROWS;
          piece = source.next(TableSource.PIECE_ROWS)) {
        pieces.add(piece);
        int most = 0;
        for (int group = 0; group < piece.schema().groups().size(); group++) {
          most = Math.max(most, piece.entries(group));
        }
        rows += most;
      }
      return pieces.isEmpty() ? Table.empty(source.schema()) : Table.joined(pieces);
    } catch (IOException | RuntimeException | Error e) {
      throw Failures.about(input, e);
    }
  }

  private Tuning tune(Table table, List<Requirement> requirements) throws IOException {
    int half = table.rootEntries() / 2;
    try (Progress progress = Progress.start(streams, working, input, Progress.UNKNOWN, "trial")) {
      return new Tuner(
              table.slice(0, half),
              table.slice(half, table.rootEntries()),
              new Evaluator.Settings(
                  null,
                  computed.weight,
                  null,
                  computed.jets,
                  computed.derive,
                  requirements,
                  List.of()),
              working.threads(),
              progress::accept)
          .run();
    } catch (StudyException | DerivedQuantityException | IllegalArgumentException e) {
      throw CommandFailure.usage(input + ": " + Limits.advised(e, computed), e);
    }
  }

  private void print(Tuning found) throws IOException {
    List<String> lines = new ArrayList<>();
    if (!working.quiet) {
      TextTable table = new TextTable(Side.LEFT, Side.LEFT, Side.RIGHT, Side.LEFT);
      table.line("column", "precision", "bits", "limited by");
      table.rule();
      for (TunedColumn column : found.columns()) {
        table.line(
            column.name().path(),
            column.precision().toString(),
            column.values() == 0
                ? ""
                : Quantities.decimal(8.0 * column.bytes() / column.values(), 2),
            column.limit().isEmpty() ? "no limit is of it" : column.limit());
      }
      lines.addAll(table.lines());
      lines.add(
          "%s a row; searched with %s, proved with %s"
              .formatted(
                  Quantities.decimal(8.0 * found.bytes() / Math.max(1, found.proofRows()), 2)
                      + " bits",
                  Quantities.count(found.searchEvents(), "event"),
                  Quantities.count(found.proofEvents(), "other")));
    }
    found.outcomes().stream()
        .filter(outcome -> !working.quiet || outcome.isBroken())
        .forEach(outcome -> lines.add(LimitText.line(outcome, "target", true)));
    for (Requirement.Outcome missed : found.missed()) {
      lines.add(
          "no setting was found that meets %s: the nearest has %s"
              .formatted(missed.requirement().text(), Quantities.error(missed.value())));
    }
    lines.add(rules(found, ","));
    streams.print(String.join("\n", lines));
    warnOfExact(found);
  }

  /** Says which columns must stay exact, and how near the finest settings come. */
  private void warnOfExact(Tuning found) {
    List<String> missed =
        found.missed().stream().map(outcome -> outcome.requirement().text()).toList();
    Map<String, List<TunedColumn>> exact = new LinkedHashMap<>();
    for (TunedColumn column : found.columns()) {
      if (column.finest() != null && missed.stream().noneMatch(column.limit()::equals)) {
        exact.computeIfAbsent(column.limit(), _ -> new ArrayList<>()).add(column);
      }
    }
    exact.forEach((limit, columns) -> {
      Double nearest = found.nearest().get(limit);
      streams.warn(
          "only exact values of %s meet %s: the nearest settings are %s%s"
              .formatted(
                  Quantities.names(columns.stream().map(column -> column.name().path()).toList()),
                  limit,
                  Quantities.names(
                      columns.stream().map(column -> String.valueOf(column.finest())).toList()),
                  nearest == null ? "" : ", with " + Quantities.error(nearest)));
    });
  }

  private static String rules(Tuning found, String separator) {
    List<String> rules =
        found.columns().stream()
            .filter(column -> column.precision().isLossy())
            .map(column -> NamePattern.escaped(column.name().path()) + "=" + column.precision())
            .toList();
    return rules.isEmpty() ? "*=exact" : String.join(separator, rules);
  }

  private String text(Tuning found) {
    return "# found by jetfold tune for %s\n%s\n"
        .formatted(String.join(",", target), rules(found, "\n"));
  }
}
