package org.jetfold.cli.compress;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jetfold.cli.console.CommandFailure;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.cli.console.Failures;
import org.jetfold.cli.console.Streams;
import org.jetfold.cli.file.FileNames;
import org.jetfold.cli.file.OutputFile;
import org.jetfold.cli.file.ShownGuarantees;
import org.jetfold.cli.file.WatchedSource;
import org.jetfold.cli.option.CompressionOptions;
import org.jetfold.cli.option.GuaranteeOptions;
import org.jetfold.cli.option.Progress;
import org.jetfold.cli.option.ReadingOptions;
import org.jetfold.cli.option.WorkingOptions;
import org.jetfold.cli.train.EmbeddedModelRun;
import org.jetfold.codec.Compression;
import org.jetfold.codec.Compressor;
import org.jetfold.codec.detection.Quantization;
import org.jetfold.codec.detection.TableQuantizationDetector;
import org.jetfold.codec.model.ModelUse;
import org.jetfold.codec.network.Kernels;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.precision.PrecisionException;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.text.Quantities;
import org.jetfold.study.file.TableShape;
import org.jetfold.tables.TableName;
import org.jspecify.annotations.Nullable;

/** Compresses one table after the other with the same settings. */
final class FileCompression implements AutoCloseable {
  private final Streams streams;
  private final ReadingOptions reading;
  private final WorkingOptions working;
  private final Settings settings;
  private final Compressor compressor;

  /** How many values of the input are not in the table as its files have them. */
  private final Map<String, Long> changed = new TreeMap<>();

  /**
   * What the user asked for.
   *
   * @param compression precisions and model
   * @param guarantees bounds on computed quantities
   * @param seed of the phases of dithered columns
   * @param embedded whether files are to hold the model
   * @param overwrite whether a file of the output's name is replaced
   * @param learning how to train a model for each table; null for not at all
   */
  record Settings(
      CompressionOptions compression,
      GuaranteeOptions guarantees,
      long seed,
      boolean embedded,
      boolean overwrite,
      @Nullable Learning learning) {}

  /**
   * How a model is trained.
   *
   * @param minutes at most
   * @param order names of columns that are coded first
   */
  record Learning(double minutes, List<String> order) {
    Learning {
      order = List.copyOf(order);
    }
  }

  FileCompression(
      Streams streams, ReadingOptions reading, WorkingOptions working, Settings settings) {
    this.streams = streams;
    this.reading = reading;
    this.working = working;
    this.settings = settings;
    compressor = new Compressor(working.threads());
    if (settings.compression().isLearned() || settings.learning() != null) {
      Kernels.warnWhereSlow(streams::warn);
    }
  }

  /** Compresses files to one table, and says how well that went. */
  void compress(List<String> inputs, String output) {
    String shown = FileNames.shown(inputs);
    try {
      if (settings.learning() == null) {
        try (TableSource source = open(inputs)) {
          write(source, plan(shown, source), inputs, output);
        }
      } else {
        learn(shown, inputs, output, settings.learning());
      }
    } catch (IOException | RuntimeException | Error e) {
      throw Failures.about(shown, e);
    }
  }

  private TableSource open(List<String> inputs) throws IOException {
    return open(inputs, streams::warn);
  }

  private TableSource open(List<String> inputs, Consumer<String> warnings) throws IOException {
    // A table is read more than once where a model is trained on it: the last time counts.
    changed.clear();
    return reading.open(
        inputs,
        working.threads(),
        streams,
        warnings,
        change -> changed.merge(change.column(), change.values(), Long::sum));
  }

  /** Writes the table with models that were trained on it in it, where they make it smaller. */
  private void learn(String shown, List<String> inputs, String output, Learning learning)
      throws IOException {
    Compression plan;
    boolean empty;
    try (TableSource source = open(inputs)) {
      plan = plan(shown, source);
      empty = source.next(1) == null;
    }
    // Where the file cannot be written, that is better known before minutes of training.
    OutputFile.create(output, settings.overwrite(), streams).close();
    Compression learned =
        empty
            ? plan
            : new EmbeddedModelRun(streams, working, learning.minutes(), learning.order())
                .train(shown, () -> open(inputs, _ -> {}), plan);
    try (TableSource source = open(inputs, _ -> {})) {
      write(source, learned, inputs, output);
    }
  }

  private void write(TableSource source, Compression plan, List<String> inputs, String output)
      throws IOException {
    String shown = FileNames.shown(inputs);
    try (OutputFile out = OutputFile.create(output, settings.overwrite(), streams)) {
      Compressor.Summary summary;
      String unit = source.schema().hasEvents() ? "event" : "row";
      long total = source.rootEntries().orElse(Progress.UNKNOWN);
      TableQuantizationDetector detector = new TableQuantizationDetector(source.schema());
      try (Progress progress = Progress.start(streams, working, shown, total, unit)) {
        summary =
            compressor.compress(
                new WatchedSource(source, detector::add), plan, out.stream(), progress);
      }
      out.commit();
      sayWithoutModel(FileNames.shownOutput(output), plan, summary);
      if (!working.quiet) {
        sayTruncated(detector);
      }
      TableShape shape = new TableShape(source.schema(), summary.footer().totals());
      ModelDrift.of(plan, summary, shape)
          .forEach(drift -> drift.say(FileNames.shownOutput(output), streams, working.quiet));
      summarize(inputs, output, plan, shape, summary.bytes());
      sayRefined(output, plan, summary, unit);
    }
  }

  /** Says in how many events bounds of columns did not suffice for those of quantities. */
  private void sayRefined(
      String output, Compression plan, Compressor.Summary summary, String unit) {
    plan.guarantees()
        .ifPresent(guarantees ->
            working.say(
                streams,
                "%s: %s of %s made exact, so that %s"
                    .formatted(
                        FileNames.shownOutput(output),
                        Quantities.count(summary.refinedEvents(), unit),
                        String.format(Locale.ROOT, "%,d", summary.footer().totals().getFirst()),
                        String.join(
                            ", ", new ShownGuarantees(guarantees, plan.schema()).texts()))));
  }

  /**
   * Says which columns take fewer bytes without the model, which was trained on other data then.
   */
  private void sayWithoutModel(String shown, Compression plan, Compressor.Summary summary) {
    List<String> names = new ArrayList<>();
    int segments = summary.footer().segments();
    for (int model = 0; model < plan.modelUses().size(); model++) {
      List<String> ofModel = new ArrayList<>();
      boolean isOfUse = segments == 0;
      for (int column : plan.modelColumns(model)) {
        int without = summary.segmentsWithoutModel().get(column);
        isOfUse |= without < segments;
        if (without > 0) {
          ofModel.add(plan.precisions().names().get(column));
        }
      }
      if (isOfUse) {
        names.addAll(ofModel);
      } else {
        sayOfNoUse(shown, plan, model);
      }
    }
    if (!names.isEmpty() && !working.quiet) {
      streams.say(
          "%s: %s take fewer bytes without the model, which does not know such values"
              .formatted(shown, Quantities.names(names)));
    }
  }

  private void sayOfNoUse(String shown, Compression plan, int model) {
    boolean isOnly = plan.modelUses().size() == 1;
    streams.warn(
        "%s: every column takes fewer bytes without %s, which does not know such values: compress without %s, or train one on tables like this"
            .formatted(
                shown,
                isOnly ? "the model" : ModelDrift.name(plan, model),
                isOnly ? "--model" : "it"));
  }

  /** Says which columns were truncated before they came, all with as many bits in one line. */
  private void sayTruncated(TableQuantizationDetector detector) {
    Map<String, List<String>> truncated = new LinkedHashMap<>();
    for (TableQuantizationDetector.Finding finding : detector.findings()) {
      if (finding.quantization() instanceof Quantization.Truncated quantization) {
        truncated
            .computeIfAbsent(quantization.toString(), _ -> new ArrayList<>())
            .add(finding.column().path());
      }
    }
    truncated.forEach((how, columns) ->
        streams.say(
            "%s already %s: %s"
                .formatted(
                    Quantities.count(columns.size(), "column"), how, Quantities.names(columns))));
  }

  private Compression plan(String shown, TableSource source) {
    try {
      Compression plan =
          settings
              .guarantees()
              .addedTo(settings.compression().plan(source.schema()).withSeed(settings.seed()));
      settings.compression().announce(shown, plan, streams, working.quiet);
      return settings.embedded() ? CompressionOptions.embedded(plan) : plan;
    } catch (PrecisionException e) {
      throw new CommandFailure(ExitCode.USAGE, shown + ": " + e.getMessage(), e);
    }
  }

  private void summarize(
      List<String> inputs, String output, Compression plan, TableShape shape, long bytes)
      throws IOException {
    if (working.quiet) {
      return;
    }
    String target = FileNames.shownOutput(output);
    long raw = shape.rawBytes();
    streams.say(target + ": " + shape.describe());
    if (shape.entries().getFirst() == 0) {
      streams.say(target + ": the table has no rows: the file keeps its columns alone");
      return;
    }
    String before = Quantities.bytes(raw) + " of values" + stored(inputs);
    String ratio = bytes == 0 ? "" : ", ratio " + Quantities.decimal((double) raw / bytes, 2);
    streams.say(
        "%s: %s → %s%s, %s bits per %s"
            .formatted(
                target,
                before,
                Quantities.bytes(bytes),
                ratio,
                Quantities.decimal(shape.bitsAnEntry(bytes), 2),
                shape.singular(shape.mainGroup())));
    boolean keepsAll = plan.precisions().columns().stream().noneMatch(Precision::isLossy);
    if (bytes > raw && !plan.modelUses().isEmpty()) {
      streams.warn(
          target
              + ": larger than the values themselves: %s; compress without --model"
                  .formatted(
                      keepsAll
                          ? "without --precision every value is kept exactly"
                          : "the model does not know such values"));
    }
    for (int model = 0; model < plan.modelUses().size(); model++) {
      ModelUse use = plan.modelUses().get(model);
      String size = Quantities.bytes(use.model().size());
      streams.say(
          target
              + (use.embedded()
                  ? ": %s of it are %s"
                      .formatted(
                          size,
                          plan.modelUses().size() == 1
                              ? "the learned model"
                              : ModelDrift.name(plan, model))
                  : ": needs its model %s (%s), SHA-256 %s"
                      .formatted(
                          settings.compression().models().get(model), size, use.model().hash())));
    }
    if (plan.hasMeasuredColumns()) {
      streams.say(
          target
              + ": what the autoencoder restores is measured, not guaranteed: 'jetfold inspect'"
              + " shows the largest errors, --bounded keeps --precision");
    }
    if (keepsAll) {
      String kept =
          changed.isEmpty()
              ? "every value is kept exactly"
              : "all is kept exactly but %s of %s, which changed when the input was read"
                  .formatted(
                      Quantities.count(
                          changed.values().stream().mapToLong(Long::longValue).sum(), "value"),
                      Quantities.names(List.copyOf(changed.keySet())));
      streams.say(
          target + ": " + kept + "; --precision makes it smaller within an error that you name");
    }
  }

  /** How large the inputs are, in brackets; empty where they are not whole files. */
  private static String stored(List<String> inputs) throws IOException {
    long bytes = 0;
    int files = 0;
    for (String input : inputs) {
      for (TableName table : TableName.parse(input, null).expanded()) {
        Path file = FileNames.path(table.file());
        if (table.tree() != null || !Files.isRegularFile(file)) {
          return "";
        }
        bytes += Files.size(file);
        files++;
      }
    }
    return " (%s as %s)"
        .formatted(Quantities.bytes(bytes), files == 1 ? inputs.getFirst() : files + " files");
  }

  @Override
  public void close() {
    compressor.close();
  }
}
