package org.jetfold.cli.compress;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jetfold.cli.console.CommandFailure;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.cli.console.Failures;
import org.jetfold.cli.console.Streams;
import org.jetfold.cli.file.CompressedInput;
import org.jetfold.cli.file.FileNames;
import org.jetfold.cli.file.OutputFile;
import org.jetfold.cli.option.CompressionOptions;
import org.jetfold.cli.option.Progress;
import org.jetfold.cli.option.ReadingOptions;
import org.jetfold.cli.option.SelectionOptions;
import org.jetfold.cli.option.WorkingOptions;
import org.jetfold.cli.train.EmbeddedModelRun;
import org.jetfold.codec.Compression;
import org.jetfold.codec.Compressor;
import org.jetfold.codec.FileMerger;
import org.jetfold.codec.file.FileHeader;
import org.jetfold.codec.network.Kernels;
import org.jetfold.codec.precision.Loss;
import org.jetfold.codec.precision.PrecisionException;
import org.jetfold.codec.precision.QualifiedColumn;
import org.jetfold.codec.table.Projection;
import org.jetfold.codec.text.Quantities;
import org.jetfold.study.file.TableShape;
import org.jetfold.tables.TableFormats;
import org.jetfold.tables.TableName;
import org.jspecify.annotations.Nullable;

/**
 * Compresses what is in compressed files: copies their blocks where nothing else is asked for, and
 * otherwise compresses the restored values once more.
 */
final class CompressedFilesCompression {
  private final Streams streams;
  private final ReadingOptions reading;
  private final SelectionOptions selecting;
  private final WorkingOptions working;
  private final Settings settings;

  /**
   * What the user asked for.
   *
   * @param compression precisions and model
   * @param seed of the phases of dithered columns; null where they are kept
   * @param embedded whether files are to hold the model
   * @param overwrite whether a file of the output's name is replaced
   * @param learning how to train a model; null for not at all
   */
  record Settings(
      CompressionOptions compression,
      @Nullable Long seed,
      boolean embedded,
      boolean overwrite,
      FileCompression.@Nullable Learning learning) {}

  CompressedFilesCompression(
      Streams streams,
      ReadingOptions reading,
      SelectionOptions selecting,
      WorkingOptions working,
      Settings settings) {
    this.streams = streams;
    this.reading = reading;
    this.selecting = selecting;
    this.working = working;
    this.settings = settings;
  }

  /** Makes one file of compressed files, and says what became of them. */
  void compress(List<String> inputs, String output) throws IOException {
    List<CompressedInput> files = new ArrayList<>();
    try {
      for (String input : expanded(inputs)) {
        files.add(CompressedInput.open(input, working.threads(), List.of(), streams));
      }
      compressOpen(files, output);
    } finally {
      for (CompressedInput file : files) {
        file.close();
      }
    }
  }

  private static List<String> expanded(List<String> inputs) throws IOException {
    List<String> files = new ArrayList<>();
    for (String input : inputs) {
      List<TableName> found = TableName.parse(input, TableFormats.named("jetf")).expanded();
      if (found.isEmpty()) {
        throw new CommandFailure(ExitCode.FAILED, input + ": no file has such a name");
      }
      found.forEach(file -> files.add(file.file()));
    }
    return files;
  }

  private void compressOpen(List<CompressedInput> files, String output) throws IOException {
    CompressedInput first = files.getFirst();
    for (CompressedInput file : files) {
      FileMerger.columnDifference(first.schema(), file.schema())
          .ifPresent(difference -> {
            throw CommandFailure.usage(
                "%s: cannot be one table with %s: %s"
                    .formatted(file.name(), first.name(), difference));
          });
    }
    selecting.check(first.name(), first.schema());
    Projection projection =
        ColumnSelection.ofCompressed(reading).resolve(first.name(), first.schema());
    FileMerger merger =
        new FileMerger(
            files.stream().map(CompressedInput::decompressor).toList(), selecting.selection());
    try {
      if (settings.compression().isAsked()
          || settings.learning() != null
          || settings.seed() != null
          || projection.columns().size() < first.schema().columns().size()) {
        recode(files, merger, projection, output);
      } else {
        copy(files, merger, output);
      }
    } catch (IOException | RuntimeException | Error e) {
      throw Failures.about(
          merger.failed().map(failed -> files.get(failed).name()).orElse(shown(files)), e);
    }
  }

  private static String shown(List<CompressedInput> files) {
    return FileNames.shown(files.stream().map(CompressedInput::name).toList());
  }

  private void copy(List<CompressedInput> files, FileMerger merger, String output)
      throws IOException {
    CompressedInput first = files.getFirst();
    for (CompressedInput file : files) {
      Optional<String> difference = FileMerger.difference(first.header(), file.header());
      if (difference.isPresent()) {
        throw CommandFailure.usage(
            "%s: its blocks cannot be copied behind those of %s: %s; --precision compresses all of them once more"
                .formatted(file.name(), first.name(), difference.get()));
      }
    }
    long events = write(files, output, merger::copy);
    working.say(
        streams,
        FileNames.shownOutput(output)
            + (events == 0
                ? ": no %s is chosen: the file keeps the columns alone".formatted(first.entryName())
                : ": every value comes back as the same bits as before"));
  }

  private void recode(
      List<CompressedInput> files, FileMerger merger, Projection projection, String output)
      throws IOException {
    String shown = shown(files);
    Compression plan = plan(merger, projection, shown);
    if (files.stream().anyMatch(file -> file.header().guarantees() != null)) {
      streams.warn(
          shown + ": its bounds on computed quantities do not hold for what is compressed again");
    }
    sayLosses(shown, plan);
    Compression learned = plan;
    if (settings.learning() != null) {
      // Where the file cannot be written, that is better known before minutes of training.
      OutputFile.create(output, settings.overwrite(), streams).close();
      learned =
          new EmbeddedModelRun(
                  streams, working, settings.learning().minutes(), settings.learning().order())
              .train(shown, () -> merger.read(projection), plan);
    }
    Compression used = learned;
    write(files, output, (out, progress) -> merger.recode(used, projection, out, progress));
  }

  private Compression plan(FileMerger merger, Projection projection, String shown)
      throws IOException {
    if (settings.compression().isLearned() || settings.learning() != null) {
      Kernels.warnWhereSlow(streams::warn);
    }
    try {
      Compression plan = settings.compression().plan(merger, projection);
      if (settings.seed() != null) {
        plan = plan.withSeed(settings.seed());
      }
      settings.compression().announce(shown, plan, streams, working.quiet);
      return settings.embedded() ? CompressionOptions.embedded(plan) : plan;
    } catch (PrecisionException e) {
      throw new CommandFailure(ExitCode.USAGE, shown + ": " + e.getMessage(), e);
    }
  }

  /** What columns lose in all whose values had lost something before. */
  private void sayLosses(String shown, Compression plan) {
    List<QualifiedColumn> names = QualifiedColumn.all(plan.schema());
    List<String> lossy = new ArrayList<>();
    for (int column = 0; column < names.size(); column++) {
      Loss earlier = plan.earlierLosses().get(column);
      if (!earlier.isNone()) {
        lossy.add(
            "%s %s after %s, together %s"
                .formatted(
                    names.get(column).path(),
                    plan.precisions().columns().get(column),
                    earlier,
                    plan.losses().get(column)));
      }
    }
    if (!lossy.isEmpty()) {
      working.say(streams, "%s: bounds add up: %s".formatted(shown, Quantities.names(lossy)));
    }
  }

  /** What writes a file. */
  private interface Writing {
    Compressor.Summary to(OutputStream out, LongConsumer progress) throws IOException;
  }

  /** Writes a file, and returns how many events (or rows) it has. */
  private long write(List<CompressedInput> files, String output, Writing writing)
      throws IOException {
    FileHeader header = files.getFirst().header();
    long total = 0;
    for (CompressedInput file : files) {
      total += file.footer().totals().getFirst();
    }
    try (OutputFile out = OutputFile.create(output, settings.overwrite(), streams)) {
      Compressor.Summary summary;
      try (Progress progress =
          Progress.start(
              streams,
              working,
              shown(files),
              selecting.isGiven() ? Progress.UNKNOWN : total,
              files.getFirst().entryName())) {
        summary = writing.to(out.stream(), progress);
      }
      out.commit();
      TableShape shape = new TableShape(header.schema(), summary.footer().totals());
      working.say(
          streams,
          "%s: %s, %s of %s"
              .formatted(
                  FileNames.shownOutput(output),
                  Quantities.count(summary.footer().totals().getFirst(), shape.singular(0)),
                  Quantities.bytes(summary.bytes()),
                  shown(files)));
      return summary.footer().totals().getFirst();
    }
  }
}
