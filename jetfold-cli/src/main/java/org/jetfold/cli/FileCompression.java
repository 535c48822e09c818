package org.jetfold.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jetfold.codec.Compressor;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.precision.PrecisionChoice;
import org.jetfold.codec.precision.PrecisionException;
import org.jetfold.codec.precision.PrecisionRules;
import org.jetfold.codec.table.TableSource;
import org.jetfold.tables.TableFiles;

/** Compresses one file after the other with the same settings. */
final class FileCompression implements AutoCloseable {
  private final Streams streams;
  private final ReadingOptions reading;
  private final WorkingOptions working;
  private final Settings settings;
  private final Compressor compressor;

  /**
   * What the user asked for.
   *
   * @param rules the precision of each column
   * @param announced whether to list what the rules chose, because the user cannot know it
   * @param overwrite whether a file of the output's name is replaced
   */
  record Settings(PrecisionRules rules, boolean announced, boolean overwrite) {}

  FileCompression(
      Streams streams, ReadingOptions reading, WorkingOptions working, Settings settings) {
    this.streams = streams;
    this.reading = reading;
    this.working = working;
    this.settings = settings;
    compressor = new Compressor(working.threads());
  }

  /** Compresses a file, and says how well that went. */
  void compress(String input, String output) {
    String shown = input.equals(TableFiles.STANDARD) ? "standard input" : input;
    try (TableSource source = reading.open(input, working.threads(), streams, this::warn)) {
      PrecisionChoice choice = choose(shown, source);
      try (OutputFile out = OutputFile.create(output, settings.overwrite(), streams)) {
        Compressor.Summary summary;
        String unit = source.schema().hasEvents() ? "event" : "row";
        try (Progress progress = Progress.start(streams, working, shown, -1, unit)) {
          summary = compressor.compress(source, choice.columns(), out.stream(), progress);
        }
        if (summary.footer().totals().stream().allMatch(entries -> entries == 0)) {
          throw new CommandFailure(
              ExitCode.FAILED,
              shown + ": holds a table without rows: there is nothing to compress");
        }
        out.commit();
        summarize(
            input,
            output,
            choice,
            new TableShape(source.schema(), summary.footer().totals()),
            summary.bytes());
      }
    } catch (IOException | RuntimeException | Error e) {
      throw Failures.about(shown, e);
    }
  }

  private PrecisionChoice choose(String shown, TableSource source) {
    try {
      PrecisionChoice choice = settings.rules().resolve(source.schema());
      choice.warnings().forEach(warning -> warn(shown + ": " + warning));
      if (settings.announced() && !working.quiet) {
        streams.say(shown + ": the preset chose");
        choice
            .describe()
            .lines()
            .forEach(line -> streams.err().println("  " + Streams.printable(line)));
      }
      return choice;
    } catch (PrecisionException e) {
      throw new CommandFailure(ExitCode.USAGE, shown + ": " + e.getMessage(), e);
    }
  }

  private void warn(String line) {
    streams.say("warning: " + line);
  }

  private void summarize(
      String input, String output, PrecisionChoice choice, TableShape shape, long bytes)
      throws IOException {
    if (working.quiet) {
      return;
    }
    String target = output.equals(TableFiles.STANDARD) ? "standard output" : output;
    long raw = shape.rawBytes();
    streams.say(target + ": " + shape.describe());
    String before = Quantities.bytes(raw) + " of values";
    if (!input.equals(TableFiles.STANDARD) && Files.isRegularFile(Path.of(input))) {
      before += " (" + Quantities.bytes(Files.size(Path.of(input))) + " as " + input + ")";
    }
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
    if (choice.columns().stream().noneMatch(Precision::isLossy)) {
      streams.say(
          target
              + ": every value is kept exactly; --precision makes it smaller within an error that"
              + " you name");
    }
  }

  @Override
  public void close() {
    compressor.close();
  }
}
