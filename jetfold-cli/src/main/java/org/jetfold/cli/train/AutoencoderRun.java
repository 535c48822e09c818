package org.jetfold.cli.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jetfold.cli.console.CommandFailure;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.cli.console.Failures;
import org.jetfold.cli.console.Interruption;
import org.jetfold.cli.console.Quantities;
import org.jetfold.cli.console.Streams;
import org.jetfold.cli.console.TextTable;
import org.jetfold.cli.console.TextTable.Side;
import org.jetfold.cli.option.Progress;
import org.jetfold.cli.option.ReadingOptions;
import org.jetfold.cli.option.WorkingOptions;
import org.jetfold.codec.error.JetfoldException;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.precision.PrecisionRules;
import org.jetfold.codec.table.EnergyUnit;
import org.jetfold.codec.table.TableSource;
import org.jetfold.train.TrainingInterruptedException;
import org.jetfold.train.UntrainableTableException;
import org.jetfold.train.autoencoder.AutoencoderMonitor;
import org.jetfold.train.autoencoder.AutoencoderPreset;
import org.jetfold.train.autoencoder.AutoencoderSample;
import org.jetfold.train.autoencoder.AutoencoderSampleReader;
import org.jetfold.train.autoencoder.AutoencoderSettings;
import org.jetfold.train.autoencoder.AutoencoderTraining;
import org.jetfold.train.autoencoder.DivergedException;
import org.jetfold.train.autoencoder.TrainedAutoencoder;
import org.jspecify.annotations.Nullable;

/** Trains autoencoders on tables, and says how good they are. */
final class AutoencoderRun {
  private final Streams streams;
  private final ReadingOptions reading;
  private final WorkingOptions working;
  private final AutoencoderOptions options;
  private final PrecisionRules first;

  /**
   * Training.
   *
   * @param first what is done to values before the network learns them
   */
  AutoencoderRun(
      Streams streams,
      ReadingOptions reading,
      WorkingOptions working,
      AutoencoderOptions options,
      PrecisionRules first) {
    this.streams = streams;
    this.reading = reading;
    this.working = working;
    this.options = options;
    this.first = first;
  }

  /**
   * What is learned from.
   *
   * @param sample the jets
   * @param unit of their energies; null where none is known
   * @param name of the first table, for messages
   */
  record Jets(AutoencoderSample sample, @Nullable EnergyUnit unit, String name) {}

  Jets read(List<String> inputs) {
    AutoencoderPreset preset = options.preset();
    AutoencoderSampleReader reader =
        new AutoencoderSampleReader(
            preset == null ? List.of() : preset.variables(), TrainCommand.MOST_VALUES);
    for (String input : inputs) {
      try (TableSource source =
          reading.open(
              input, working.threads(), streams, line -> streams.say("warning: " + line))) {
        List<Precision> precisions = first.resolve(source.schema()).columns();
        reader.read(source, precisions);
      } catch (UntrainableTableException e) {
        throw new CommandFailure(ExitCode.USAGE, input + ": " + e.getMessage(), e);
      } catch (IOException | RuntimeException | Error e) {
        throw Failures.about(input, e);
      }
    }
    String name = inputs.getFirst();
    try {
      AutoencoderSampleReader.Units units = reader.units(options.unit());
      EnergyUnit unit = units.unit();
      if (unit != null && !working.quiet) {
        streams.say("%s: energies are in %s, %s".formatted(name, unit.symbol(), units.reason()));
      }
      AutoencoderSample sample =
          reader.sample(unit, options.scheme(), options.keep, options.weights);
      return new Jets(sample, unit, name);
    } catch (UntrainableTableException e) {
      throw new CommandFailure(ExitCode.USAGE, name + ": " + e.getMessage(), e);
    }
  }

  /**
   * Checks, without training, that there is something to learn, and a network for it.
   *
   * @throws CommandFailure where there is not
   */
  void check(Jets jets, AutoencoderSettings settings) {
    try {
      AutoencoderTraining.check(jets.sample(), jets.unit(), settings);
    } catch (UntrainableTableException e) {
      throw new CommandFailure(ExitCode.USAGE, jets.name() + ": " + e.getMessage(), e);
    }
  }

  TrainedAutoencoder train(
      Jets jets, AutoencoderSettings settings, @Nullable Path checkpoint, boolean resume) {
    try {
      TrainedAutoencoder trained =
          AutoencoderTraining.train(
              jets.sample(), jets.unit(), settings, checkpoint, resume, new Progress());
      if (trained.isAsGoodAsConstant()) {
        streams.say(
            "warning: %s: the loss is %.0f %% of what the mean of each variable would give, so that the network learned next to nothing: lower the learning rate with --lr (it was %s at most), or train longer"
                .formatted(jets.name(), 100 * trained.lossShare(), settings.rates().largest()));
      }
      return trained;
    } catch (UntrainableTableException e) {
      throw new CommandFailure(ExitCode.USAGE, jets.name() + ": " + e.getMessage(), e);
    } catch (DivergedException e) {
      throw new CommandFailure(ExitCode.FAILED, jets.name() + ": " + e.getMessage(), e);
    } catch (TrainingInterruptedException e) {
      throw checkpoint == null
          ? Interruption.of(e)
          : Interruption.ofTraining(checkpoint, streams, e);
    } catch (IOException | JetfoldException e) {
      throw Failures.about(String.valueOf(checkpoint), e);
    }
  }

  /** Says how the loss falls, a line now and then. */
  private final class Progress implements AutoencoderMonitor {
    private static final double LINES = 10;

    private double said;

    @Override
    public void begins(int rows, int heldOutRows, long weights, double resumedAt) {
      if (!working.quiet) {
        streams.say(
            "to learn from %s and be judged by %s; %s"
                .formatted(
                    Quantities.count(rows, "row"),
                    Quantities.count(heldOutRows, "row"),
                    Quantities.count(weights, "weight")));
        TrainingProgress.sayResumed(resumedAt, streams);
      }
    }

    @Override
    public void judged(double share, double epoch, double meanSquare) {
      if (!working.quiet && share >= said) {
        said = share + 1 / LINES;
        streams.say(
            "%3.0f %%, epoch %.1f: mean squared error %s"
                .formatted(100 * share, epoch, Quantities.error(meanSquare)));
      }
    }
  }

  /** A table of what comes back of each variable. */
  void summarize(String output, TrainedAutoencoder trained) {
    TextTable table =
        new TextTable(
            Side.LEFT,
            Side.RIGHT,
            Side.RIGHT,
            Side.RIGHT,
            Side.RIGHT,
            Side.RIGHT,
            Side.RIGHT,
            Side.RIGHT);
    table.line("", "normalized", "relative", "", "", "", "absolute", "").rule();
    table.line("variable", "MSE", "median", "68 %", "95 %", "99.9 %", "68 %", "99.9 %").rule();
    List<Integer> kept = trained.model().description().kept();
    for (int v = 0; v < trained.variables().size(); v++) {
      TrainedAutoencoder.Residuals variable = trained.variables().get(v);
      if (kept.contains(v)) {
        // Stored by itself, whatever the network makes of it.
        table.line(variable.name(), "kept", "", "", "", "", "", "");
        continue;
      }
      table.line(
          variable.name(),
          Quantities.error(variable.meanSquare()),
          Quantities.error(variable.relative()[0]),
          Quantities.error(variable.relative()[1]),
          Quantities.error(variable.relative()[2]),
          Quantities.error(variable.relative()[3]),
          Quantities.error(variable.absolute()[1]),
          Quantities.error(variable.absolute()[3]));
    }
    table.lines().forEach(line -> streams.err().println("  " + line));
    streams.say(
        "%s: mean squared error %s of normalized variables, on %s that training never saw%s"
            .formatted(
                output,
                String.format(Locale.ROOT, "%.3e", trained.meanSquare()),
                Quantities.count(trained.heldOutJets(), "jet"),
                trained.exceptions() == 0
                    ? ""
                    : "; "
                        + Quantities.count(trained.exceptions(), "value")
                        + " kept as they are"));
    streams.say(
        "%s: %s, %.1f epochs in %s"
            .formatted(
                output,
                Quantities.bytes(trained.model().size()),
                trained.epochs(),
                TrainingProgress.clock(trained.seconds())));
  }
}
