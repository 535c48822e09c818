package org.jetfold.cli.study;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jetfold.cli.console.CommandFailure;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.cli.console.Failures;
import org.jetfold.cli.console.Streams;
import org.jetfold.cli.file.FileNames;
import org.jetfold.cli.option.Progress;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.study.StudyException;
import org.jetfold.study.bumphunt.BinnedSpectrum;
import org.jetfold.study.bumphunt.BumpComparison;
import org.jetfold.study.bumphunt.BumpHunt;
import org.jetfold.study.bumphunt.BumpScan;
import org.jetfold.study.report.BumpHuntReport;
import org.jetfold.tables.hepdata.HepDataTable;
import org.jspecify.annotations.Nullable;

/** A hunt in a spectrum that comes in bins, without its events. */
final class BinnedHunt {
  private final Streams streams;
  private final StudyOptions study;
  private final SpectrumOptions options;
  private final BackgroundOptions expectation;
  private final @Nullable String variable;
  private final long seed;

  /**
   * A hunt.
   *
   * @param variable which of a HEPData table; null for the one that tells itself
   */
  BinnedHunt(
      Streams streams,
      StudyOptions study,
      SpectrumOptions options,
      BackgroundOptions expectation,
      @Nullable String variable,
      long seed) {
    this.streams = streams;
    this.study = study;
    this.options = options;
    this.expectation = expectation;
    this.variable = variable;
    this.seed = seed;
  }

  /** Hunts, and writes the report. */
  void hunt(String input, BumpScan scan) throws IOException {
    try {
      BinnedSpectrum spectrum = BinnedSpectrum.of(table(input), options.ends());
      double[] given = spectrum.expected();
      BackgroundOptions.Found expected =
          given == null
              ? expectation.fitted(spectrum.bins())
              : BackgroundOptions.Found.known(given);
      BumpHunt hunt = expected.hunt(scan, expectation.experiments, seed);
      BumpComparison.Comparison found;
      try (Progress progress =
          Progress.start(
              streams, study.working, input, expectation.experiments, "pseudo-experiment")) {
        found =
            BumpComparison.uncompressed(spectrum.counts(), hunt, study.working.threads(), progress);
      }
      study.output.write(
          BumpHuntReport.of(
              new BumpHuntReport.Subject(
                  input, spectrum.label(), null, spectrum.bins(), expected.name(), expected.fit()),
              List.of(new BumpHuntReport.Row(0, found))),
          streams);
    } catch (StudyException e) {
      throw new CommandFailure(ExitCode.USAGE, input + ": " + e.getMessage(), e);
    } catch (IOException | RuntimeException | Error e) {
      throw Failures.about(input, e);
    }
  }

  private Table table(String input) throws IOException {
    String name = input.toLowerCase(Locale.ROOT);
    if (name.endsWith(".yaml") || name.endsWith(".yml")) {
      return HepDataTable.read(FileNames.path(input), variable);
    }
    if (variable != null) {
      throw CommandFailure.usage(
          "--binned takes --column for a table of HEPData (.yaml) alone: other tables have columns"
              + " low, high and events");
    }
    try (TableSource source = study.open(input, streams)) {
      return source.readAll();
    }
  }
}
