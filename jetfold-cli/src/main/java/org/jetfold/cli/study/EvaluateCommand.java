package org.jetfold.cli.study;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import org.jetfold.cli.console.CommandFailure;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.cli.console.Failures;
import org.jetfold.cli.console.Streams;
import org.jetfold.cli.file.FileNames;
import org.jetfold.cli.file.OutputFile;
import org.jetfold.cli.option.ModelOptions;
import org.jetfold.cli.option.OverwriteOption;
import org.jetfold.cli.option.Progress;
import org.jetfold.cli.option.QuantityOptions;
import org.jetfold.cli.option.ReadingOptions;
import org.jetfold.cli.option.WorkingOptions;
import org.jetfold.codec.comparison.DifferentTablesException;
import org.jetfold.codec.comparison.TableDifference;
import org.jetfold.codec.derived.DerivedQuantityException;
import org.jetfold.codec.error.JetfoldException;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.text.Quantities;
import org.jetfold.study.StudyException;
import org.jetfold.study.UnclearJetsException;
import org.jetfold.study.file.ColumnReport;
import org.jetfold.study.file.FileReport;
import org.jetfold.study.matching.MatchingCut;
import org.jetfold.study.report.EvaluationReport;
import org.jetfold.study.residual.Evaluation;
import org.jetfold.study.residual.Evaluator;
import org.jetfold.study.residual.Requirement;
import org.jetfold.tables.TableFiles;
import org.jetfold.tables.WrittenRows;
import org.jetfold.tables.format.SourceOptions;
import org.jetfold.tables.format.TableUsageException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jetfold evaluate}. */
@Command(
    name = "evaluate",
    description =
        "Says what compression did to the physics: residuals of every column, response and"
            + " resolution of every collection, the order of its objects, the ratio of spectra."
            + " Exit code 1 where a value is not within its bound, or a limit is broken: of"
            + " --require, or, without it, one that is usual for jets.",
    footerHeading = "%nLimits%n",
    footer = {
      "  column.metric<limit, column.abs.metric<limit; the column may be a glob with * and ?",
      "  mean rms p50 p68 p95 p99 p999 max   of the relative residuals (restored - x)/x; with abs,"
          + " of",
      "                       restored - x. pNN: the size that so many of the residuals stay"
          + " within",
      "  spectrum             largest |after/before - 1| of the bins of the variable's"
          + " distribution",
      "  pull                 change of a bin's content over its statistical error: RMS over 100"
          + " random",
      "                       binnings; of a collection (Jet.pull), of its pT",
      "  response resolution  largest |mean| and largest deviation of the relative residual in bins"
          + " of",
      "                       the object's pT and eta; of a collection (Jet.response), of its pT",
      "  HT.metric mjj.metric the same of the sum of the jets' pT, of their dijet mass, and of any"
          + " other",
      "                       quantity that is computed (docs/derived.md) or defined by --derive;"
          + " their",
      "                       resolution is the RMS of (restored - x)/x",
      "  order                events whose objects are in another order by pT (Jet.order)",
      "  unmatched            objects without a partner (with --match; Jet.unmatched)",
      "  Without a column or collection, pull, response, resolution, order and unmatched are of"
          + " every",
      "  collection that has a pT, and all of them must hold.",
      "",
      "Examples",
      "  jetfold evaluate jets.npz jets.jetf --report report.html",
      "  jetfold evaluate jets.npz jets.jetf --require"
          + " 'pt.p999<0.01,*.spectrum<0.02,response<0.001'",
      "  jetfold evaluate jets.npz back.npz --match dr:0.01,dpt:0.005 --json report.json",
      "  jetfold evaluate qcd.npz qcd.jetf --weight event_weight --report qcd.html",
    })
public final class EvaluateCommand implements Callable<Integer> {
  private final Streams streams;

  @Parameters(
      index = "0",
      paramLabel = "ORIGINAL",
      description = "The table before, in any format.")
  String original = "";

  @Parameters(
      index = "1",
      paramLabel = "RESTORED",
      description = "The compressed file, or a table that was restored, in any format.")
  String restored = "";

  @Option(
      names = "--report",
      paramLabel = "OUT.html",
      description = "Write a page with tables and pictures: one file that needs no network.")
  @Nullable String report;

  @Option(
      names = "--picture",
      paramLabel = "OUT.svg",
      description =
          "Write the distributions before and after, the residuals and their correlations as a"
              + " picture.")
  @Nullable String picture;

  @Option(
      names = "--json",
      paramLabel = "OUT.json",
      description = "Write all figures for programs; - is standard output.")
  @Nullable String json;

  @Option(
      names = "--require",
      paramLabel = "LIMITS",
      split = ",",
      description = "Limits that must hold; see below. May be given several times.")
  List<String> require = new ArrayList<>();

  @Option(
      names = "--match",
      paramLabel = "dr[:0.01][,dpt:E]",
      description =
          "Objects may be in another order, lost or added: match them one-to-one within events by"
              + " the distance in eta and phi, and by |dpT|/pT.")
  @Nullable String match;

  @Option(
      names = "--weights-from",
      paramLabel = "FILE",
      description = "The table that has --weight, an entry an event, where the original has not.")
  @Nullable String weightsFrom;

  @Mixin OverwriteOption replacing = new OverwriteOption();
  @Mixin QuantityOptions computed = new QuantityOptions();
  @Mixin ReadingOptions reading = new ReadingOptions();
  @Mixin ModelOptions needed = new ModelOptions();
  @Mixin WorkingOptions working = new WorkingOptions();

  public EvaluateCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws IOException {
    if (original.equals(TableFiles.STANDARD) && restored.equals(TableFiles.STANDARD)) {
      throw CommandFailure.usage("only one of the two tables can come from standard input");
    }
    if (weightsFrom != null && computed.weight == null) {
      throw CommandFailure.usage("--weights-from requires --weight, the column's name");
    }
    MatchingCut cut = cut();
    List<Requirement> requirements = Limits.parse(require);
    List<String> read = new ArrayList<>(List.of(original, restored));
    read.addAll(needed.models);
    FileNames.refuseSameFiles(read, report, picture, json);
    // Asked for before hours of work are done, not after.
    try (OutputFile page = replacing.create(report, streams);
        OutputFile drawing = replacing.create(picture, streams);
        OutputFile figures =
            replacing.create(TableFiles.STANDARD.equals(json) ? null : json, streams)) {
      EvaluationReport found = evaluate(cut, requirements);
      OverwriteOption.write(page, found::writeHtml);
      OverwriteOption.write(drawing, found::writeSvg);
      OverwriteOption.write(figures, found::writeJson);
      if (TableFiles.STANDARD.equals(json)) {
        found.writeJson(streams.data());
      } else {
        List<String> lines = EvaluationText.of(found, working.quiet);
        if (!lines.isEmpty()) {
          streams.print(String.join("\n", lines));
        }
      }
      return found.fails() ? ExitCode.DIFFERENT : ExitCode.OK;
    }
  }

  private @Nullable MatchingCut cut() {
    try {
      return match == null ? null : MatchingCut.parse(match);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(String.valueOf(e.getMessage()), e);
    }
  }

  private EvaluationReport evaluate(@Nullable MatchingCut cut, List<Requirement> requirements)
      throws IOException {
    try (ComparedTable after =
            ComparedTable.open(restored, this::restoredTable, needed, working, streams);
        ComparedTable before =
            ComparedTable.open(
                original,
                name -> originalTable(name, after.source().schema()),
                needed,
                working,
                streams);
        TableSource weights = weights()) {
      // Rows that one was written as are the other's table again.
      TableSource first = asWritten(original, before.source(), after.source());
      TableSource second = asWritten(restored, after.source(), before.source());
      FileReport file = after.report();
      List<Precision> precisions =
          file == null ? List.of() : file.columns().stream().map(ColumnReport::precision).toList();
      Evaluator evaluator =
          new Evaluator(
              first,
              second,
              new Evaluator.Settings(
                  cut,
                  computed.weight,
                  weights,
                  computed.jets,
                  computed.derive,
                  requirements,
                  precisions));
      sayUnclearJets(evaluator);
      Evaluation evaluation;
      String unit = before.source().schema().hasEvents() ? "event" : "row";
      long total = before.source().rootEntries().orElse(Progress.UNKNOWN);
      try (Progress progress = Progress.start(streams, working, restored, total, unit)) {
        evaluation = inPool(() -> evaluator.run(progress));
      }
      List<Requirement.Outcome> outcomes =
          requirements.stream().flatMap(required -> required.check(evaluation).stream()).toList();
      return new EvaluationReport(
          original,
          restored,
          file == null
              ? ""
              : "%s, ratio %s"
                  .formatted(Quantities.bytes(file.bytes()), Quantities.decimal(file.ratio(), 2)),
          evaluation,
          outcomes,
          EvaluationReport.usualLimits(evaluation));
    } catch (DifferentTablesException e) {
      throw new CommandFailure(
          ExitCode.DIFFERENT,
          "%s and %s cannot be compared: %s%s"
              .formatted(original, restored, e.getMessage(), advice(e.difference().kind())),
          e);
    } catch (StudyException | DerivedQuantityException | IllegalArgumentException e) {
      throw CommandFailure.usage(Limits.advised(e, computed), e);
    }
  }

  /** A table beside another, of which one may be the rows that the other was written as. */
  private static TableSource asWritten(String name, TableSource table, TableSource other) {
    WrittenRows rows = WrittenRows.of(name, table, other.schema());
    if (rows != null && !table.schema().equals(other.schema())) {
      return rows;
    }
    boolean isRestOfRows =
        table.schema().hasEvents() && WrittenRows.of(name, other, table.schema()) != null;
    return isRestOfRows ? WrittenRows.withObjects(table) : table;
  }

  private void sayUnclearJets(Evaluator evaluator) {
    UnclearJetsException unclear = evaluator.unclearJets();
    if (unclear != null) {
      working.say(streams, "without HT and mjj: " + unclear.getMessage() + Limits.NAME_JETS);
    }
  }

  private static String advice(TableDifference.Kind kind) {
    return switch (kind) {
      case EVENTS -> ": name the column that marks them with --event-column";
      case OBJECTS -> ": match objects that were lost or added with --match dr";
      case COLUMNS, LENGTH -> "";
    };
  }

  /**
   * The original as it is, or, where it cannot be read so or has no events, those columns of it
   * that the restored table has.
   */
  private TableSource originalTable(String name, Schema made) throws IOException {
    if (!reading.isPlain() || name.equals(TableFiles.STANDARD)) {
      return reading.withoutCounter(made).open(name, working.threads(), streams);
    }
    TableSource whole = null;
    Exception failure = null;
    try {
      whole = reading.open(name, working.threads(), streams);
      if (whole.schema().hasEvents() == made.hasEvents()
          || WrittenRows.of(name, whole, made) != null) {
        return whole;
      }
    } catch (IOException | JetfoldException e) {
      failure = e;
    }
    try {
      TableSource chosen = reading.withColumnsOf(made).open(name, working.threads(), streams);
      if (whole != null) {
        whole.close();
      }
      working.say(
          streams,
          "%s: compared with those columns of the original that the file has".formatted(restored));
      return chosen;
    } catch (IOException | JetfoldException e) {
      if (whole != null) {
        return whole;
      }
      throw Failures.about(name, failure == null ? e : failure);
    }
  }

  /**
   * The restored table is of the format that its own name says, and may have lost the name of the
   * collection.
   */
  private TableSource restoredTable(String name) throws IOException {
    ReadingOptions own = new ReadingOptions();
    own.eventColumn = reading.eventColumn;
    own.collections = reading.collections;
    own.columns = reading.columns;
    own.with = reading.with;
    try {
      return own.open(name, working.threads(), streams);
    } catch (TableUsageException e) {
      if (e.subject().filter(TableUsageException.Subject.COLLECTIONS::equals).isEmpty()) {
        throw e;
      }
      own.collections = List.of();
      return own.open(name, working.threads(), streams);
    }
  }

  private @Nullable TableSource weights() throws IOException {
    return weightsFrom == null
        ? null
        : TableFiles.open(weightsFrom, null, new SourceOptions(streams::warn));
  }

  /** Runs in a pool with as many threads as were asked for. */
  private <T> T inPool(Callable<T> work) throws IOException, StudyException {
    try (ForkJoinPool pool = new ForkJoinPool(working.threads())) {
      return pool.submit(work).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitCode.FAILED, "interrupted", e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException cause -> throw cause;
        case StudyException cause -> throw cause;
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }
}
