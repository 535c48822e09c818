package org.jetfold.cli.compress;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.jetfold.cli.console.CommandFailure;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.cli.console.Failures;
import org.jetfold.cli.console.Quantities;
import org.jetfold.cli.console.Streams;
import org.jetfold.cli.file.FileNames;
import org.jetfold.cli.file.OutputFile;
import org.jetfold.cli.file.TableShape;
import org.jetfold.cli.option.AutoencoderChoice;
import org.jetfold.cli.option.PrecisionAsked;
import org.jetfold.cli.option.Progress;
import org.jetfold.cli.option.ReadingOptions;
import org.jetfold.cli.option.WorkingOptions;
import org.jetfold.cli.study.DetectedColumns;
import org.jetfold.cli.train.LearnedChoice;
import org.jetfold.cli.train.UnitJudgement;
import org.jetfold.codec.Compressor;
import org.jetfold.codec.density.DensityModel;
import org.jetfold.codec.model.LearnedModel;
import org.jetfold.codec.network.Kernels;
import org.jetfold.codec.pipeline.ModelBinding;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.precision.PrecisionChoice;
import org.jetfold.codec.precision.PrecisionException;
import org.jetfold.codec.table.TableSource;
import org.jetfold.tables.TableFiles;
import org.jetfold.tables.TableName;
import org.jspecify.annotations.Nullable;

/** Compresses one table after the other with the same settings. */
final class FileCompression implements AutoCloseable {
  private final Streams streams;
  private final ReadingOptions reading;
  private final WorkingOptions working;
  private final Settings settings;
  private final Compressor compressor;

  /**
   * What the user asked for.
   *
   * @param precision of each column
   * @param overwrite whether a file of the output's name is replaced
   * @param model the learned model to code with; null for none
   * @param learning how to train a model for each table; null for not at all
   * @param precisionOfModel whether the model's columns get the settings that it was trained for
   * @param autoencoder the autoencoder to code with; null for none
   */
  record Settings(
      PrecisionAsked precision,
      boolean overwrite,
      Compressor.@Nullable ModelUse model,
      @Nullable Learning learning,
      boolean precisionOfModel,
      @Nullable AutoencoderChoice autoencoder) {}

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
    if (settings.model() != null || settings.learning() != null || settings.autoencoder() != null) {
      Kernels.warnWhereSlow(this::warn);
    }
  }

  /** Compresses files to one table, and says how well that went. */
  void compress(List<String> inputs, String output) {
    String shown = FileNames.shown(inputs);
    try {
      if (settings.learning() == null) {
        try (TableSource source = open(inputs)) {
          PrecisionChoice choice = choose(shown, source);
          AutoencoderChoice autoencoder = settings.autoencoder();
          if (autoencoder == null) {
            write(source, choice, settings.model(), inputs, output);
          } else {
            writeAutoencoded(source, choice, autoencoder, inputs, output);
          }
        }
      } else {
        learn(shown, inputs, output, settings.learning());
      }
    } catch (IOException | RuntimeException | Error e) {
      throw Failures.about(shown, e);
    }
  }

  private TableSource open(List<String> inputs) throws IOException {
    return reading.open(inputs, working.threads(), streams, this::warn);
  }

  /** Writes the table with a model that was trained on it in it, where that makes it smaller. */
  private void learn(String shown, List<String> inputs, String output, Learning learning)
      throws IOException {
    PrecisionChoice choice;
    try (TableSource source = open(inputs)) {
      choice = choose(shown, source);
    }
    // Where the file cannot be written, that is better known before minutes of training.
    OutputFile.create(output, settings.overwrite(), streams).close();
    DensityModel model =
        new LearnedChoice(streams, working, learning.minutes(), learning.order())
            .learn(shown, () -> open(inputs), choice.columns());
    try (TableSource source = open(inputs)) {
      Compressor.ModelUse use = model == null ? null : new Compressor.ModelUse(model, true);
      write(source, choice, use, inputs, output);
    }
  }

  private void writeAutoencoded(
      TableSource source,
      PrecisionChoice choice,
      AutoencoderChoice autoencoder,
      List<String> inputs,
      String output)
      throws IOException {
    UnitJudgement unit =
        new UnitJudgement(source.schema(), autoencoder.model(), autoencoder.unit());
    AutoencoderChoice.Resolved resolved = autoencoder.resolve(source.schema(), choice);
    write(
        unit.watching(source),
        resolved.choice(),
        (table, out, progress) ->
            compressor.compressAutoencoded(
                table, resolved.choice().columns(), resolved.use(), out, progress),
        inputs,
        output,
        autoencoder.model(),
        autoencoder.embedded());
  }

  private void write(
      TableSource source,
      PrecisionChoice choice,
      Compressor.@Nullable ModelUse model,
      List<String> inputs,
      String output)
      throws IOException {
    write(
        source,
        choice,
        (table, out, progress) ->
            compressor.compress(table, choice.columns(), model, out, progress),
        inputs,
        output,
        model == null ? null : model.model(),
        model != null && model.embedded());
  }

  /** One way to compress a table. */
  private interface Compression {
    Compressor.Summary compress(TableSource table, OutputStream out, LongConsumer progress)
        throws IOException;
  }

  private void write(
      TableSource source,
      PrecisionChoice choice,
      Compression compression,
      List<String> inputs,
      String output,
      @Nullable LearnedModel model,
      boolean embedded)
      throws IOException {
    String shown = FileNames.shown(inputs);
    try (OutputFile out = OutputFile.create(output, settings.overwrite(), streams)) {
      Compressor.Summary summary;
      String unit = source.schema().hasEvents() ? "event" : "row";
      long total = source.rootEntries().orElse(Progress.UNKNOWN);
      DetectedColumns detected = new DetectedColumns(source.schema());
      try (Progress progress = Progress.start(streams, working, shown, total, unit)) {
        summary = compression.compress(detected.watching(source), out.stream(), progress);
      }
      if (summary.footer().totals().stream().allMatch(entries -> entries == 0)) {
        throw new CommandFailure(
            ExitCode.FAILED, shown + ": holds a table without rows: there is nothing to compress");
      }
      out.commit();
      if (!working.quiet) {
        detected.truncated().forEach(streams::say);
      }
      TableShape shape = new TableShape(source.schema(), summary.footer().totals());
      summarize(inputs, output, choice, model, embedded, shape, summary.bytes());
    }
  }

  private PrecisionChoice choose(String shown, TableSource source) {
    try {
      PrecisionChoice choice = settings.precision().rules().resolve(source.schema());
      settings.precision().announce(shown, choice, streams, working.quiet);
      if (settings.model() != null && settings.precisionOfModel()) {
        choice = ofModel(choice, ModelBinding.of(source.schema(), settings.model().model()));
        if (!working.quiet) {
          PrecisionAsked.list(
              shown + ": the model's columns get the precision that it was trained for",
              choice,
              streams);
        }
      }
      return choice;
    } catch (PrecisionException e) {
      throw new CommandFailure(ExitCode.USAGE, shown + ": " + e.getMessage(), e);
    }
  }

  private static PrecisionChoice ofModel(PrecisionChoice choice, ModelBinding binding) {
    List<Precision> columns = new ArrayList<>(choice.columns());
    List<String> reasons = new ArrayList<>(choice.reasons());
    for (int column = 0; column < binding.columns().size(); column++) {
      columns.set(
          binding.columns().get(column),
          binding.model().description().columns().get(column).precision());
      reasons.set(binding.columns().get(column), "the model's");
    }
    return new PrecisionChoice(choice.names(), columns, reasons, choice.warnings());
  }

  private void warn(String line) {
    streams.say("warning: " + line);
  }

  private void summarize(
      List<String> inputs,
      String output,
      PrecisionChoice choice,
      @Nullable LearnedModel model,
      boolean embedded,
      TableShape shape,
      long bytes)
      throws IOException {
    if (working.quiet) {
      return;
    }
    String target = output.equals(TableFiles.STANDARD) ? "standard output" : output;
    long raw = shape.rawBytes();
    streams.say(target + ": " + shape.describe());
    String before = Quantities.bytes(raw) + " of values" + stored(inputs);
    String ratio = bytes == 0 ? "" : ", ratio " + Quantities.decimal((double) raw / bytes, 2);
    streams.say(
        "%s: %s → %s%s, %s bits a %s"
            .formatted(
                target,
                before,
                Quantities.bytes(bytes),
                ratio,
                Quantities.decimal(shape.bitsAnEntry(bytes), 2),
                shape.singular(shape.mainGroup())));
    if (bytes > raw && model != null) {
      warn(
          target
              + ": larger than the values themselves: %s; compress without --model"
                  .formatted(
                      choice.columns().stream().noneMatch(Precision::isLossy)
                          ? "without --precision every value is kept exactly"
                          : "the model does not know such values"));
    }
    if (model != null) {
      String size = Quantities.bytes(model.size());
      streams.say(
          target
              + (embedded
                  ? ": %s of it are the learned model".formatted(size)
                  : ": needs its model (%s), SHA-256 %s".formatted(size, model.hash())));
    }
    if (choice.columns().contains(Precision.measured())) {
      streams.say(
          target
              + ": what the autoencoder restores is measured, not guaranteed: 'jetfold inspect'"
              + " shows the largest errors, --bounded keeps --precision");
    }
    if (choice.columns().stream().noneMatch(Precision::isLossy)) {
      streams.say(
          target
              + ": every value is kept exactly; --precision makes it smaller within an error that"
              + " you name");
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
