package org.jetfold.cli.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jetfold.cli.console.CommandFailure;
import org.jetfold.cli.console.Failures;
import org.jetfold.cli.console.Interruption;
import org.jetfold.cli.console.Streams;
import org.jetfold.cli.console.TextTable;
import org.jetfold.cli.console.TextTable.Side;
import org.jetfold.cli.option.ReadingOptions;
import org.jetfold.cli.option.WorkingOptions;
import org.jetfold.codec.autoencoder.Autoencoder;
import org.jetfold.codec.derived.DerivedQuantityException;
import org.jetfold.codec.error.JetfoldException;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.precision.PrecisionRules;
import org.jetfold.codec.table.EnergyUnit;
import org.jetfold.codec.text.Quantities;
import org.jetfold.train.TrainingInterruptedException;
import org.jetfold.train.autoencoder.AutoencoderMonitor;
import org.jetfold.train.autoencoder.AutoencoderSample;
import org.jetfold.train.autoencoder.AutoencoderSettings;
import org.jetfold.train.autoencoder.AutoencoderTraining;
import org.jetfold.train.autoencoder.TrainedAutoencoder;
import org.jetfold.train.density.TrainingSettings;
import org.jetfold.train.prior.PriorTraining;
import org.jspecify.annotations.Nullable;

/** Trains autoencoders on tables, and reports their errors. */
final class AutoencoderRun {
  /** The part of the autoencoder's time. */
  private static final double TIME_OF_PRIOR = 0.25;

  /** Where the autoencoder has no limit of time. */
  private static final double MAX_MINUTES_OF_PRIOR = 60;

  /** Enough for a network with few columns. */
  private static final int MAX_STEPS_OF_PRIOR = 3000;

  private final Streams streams;
  private final ReadingOptions reading;
  private final WorkingOptions working;
  private final AutoencoderPlan plan;
  private final PrecisionRules inputPrecisions;

  /**
   * A way to train.
   *
   * @param inputPrecisions to which values are rounded before the training
   */
  AutoencoderRun(
      Streams streams,
      ReadingOptions reading,
      WorkingOptions working,
      AutoencoderPlan plan,
      PrecisionRules inputPrecisions) {
    this.streams = streams;
    this.reading = reading;
    this.working = working;
    this.plan = plan;
    this.inputPrecisions = inputPrecisions;
  }

  /**
   * The data for a training.
   *
   * @param sample the jets
   * @param unit of their energies; null where none is known
   * @param name of the first table, for messages
   */
  record Jets(AutoencoderSample sample, @Nullable EnergyUnit unit, String name) {}

  /**
   * Reads tables to their ends.
   *
   * @param weight the column of the events' weights; null for 1 each
   */
  Jets read(List<String> inputs, @Nullable String weight) {
    NetworkInputReader.Inputs read =
        new NetworkInputReader(streams, reading, working, plan.inputs())
            .read(inputs, inputPrecisions, plan.kept(), plan.weights(), weight);
    return new Jets(tuned(read.sample(), read.name()), read.unit(), read.name());
  }

  /** The sample with the weights of the quantity that the loss shall be of, if any. */
  private AutoencoderSample tuned(AutoencoderSample sample, String table) {
    String quantity = plan.tunedFor();
    if (quantity == null) {
      return sample;
    }
    double[] weights;
    try {
      weights = TunedWeights.of(sample, quantity);
    } catch (DerivedQuantityException e) {
      throw CommandFailure.usage(table + ": " + e.getMessage(), e);
    }
    List<String> shown = new ArrayList<>();
    for (int v = 0; v < weights.length; v++) {
      shown.add(sample.variables().get(v).name() + "=" + Quantities.significant(weights[v], 3));
    }
    working.say(
        streams,
        "%s: weights of the loss for %s: %s".formatted(table, quantity, String.join(",", shown)));
    return sample.withWeights(weights);
  }

  /**
   * Checks, without training, that the network suits the data.
   *
   * @throws CommandFailure where it does not
   */
  void check(Jets jets, AutoencoderSettings settings) {
    try {
      AutoencoderTraining.check(jets.sample(), jets.unit(), settings);
    } catch (JetfoldException e) {
      throw Failures.about(jets.name(), e);
    }
  }

  TrainedAutoencoder train(
      Jets jets, AutoencoderSettings settings, @Nullable Path checkpoint, boolean resume) {
    try {
      TrainedAutoencoder trained =
          AutoencoderTraining.train(
              jets.sample(), jets.unit(), settings, checkpoint, resume, new Progress());
      saySchedule(jets, trained, settings);
      if (trained.isAsBadAsConstant()) {
        streams.warn(
            "%s: the loss is %.0f %% of that of predicting the mean of each variable, so the network has learned almost nothing: lower the learning rate with --lr (it was at most %s), or train longer"
                .formatted(jets.name(), 100 * trained.lossShare(), settings.rates().largest()));
      }
      return trained;
    } catch (TrainingInterruptedException e) {
      throw checkpoint == null
          ? Interruption.of(e)
          : Interruption.ofTraining(checkpoint, streams, e);
    } catch (JetfoldException e) {
      throw Failures.about(jets.name(), e);
    } catch (IOException e) {
      throw Failures.about(String.valueOf(checkpoint), e);
    }
  }

  /**
   * A finished training.
   *
   * @param trained the autoencoder, and its errors
   * @param model that, with its prior if one was asked for
   * @param prior what it takes; null for none
   */
  record Finished(
      TrainedAutoencoder trained, Autoencoder model, PriorTraining.@Nullable TrainedPrior prior) {}

  /** Trains the prior of a trained autoencoder, if one was asked for. */
  Finished finish(Jets jets, TrainedAutoencoder trained, AutoencoderSettings settings) {
    Precision latents = settings.rounding();
    if (latents == null) {
      return new Finished(trained, trained.model(), null);
    }
    working.say(streams, "training the prior of latents at " + latents);
    Double seconds = settings.seconds();
    TrainingSettings ofPrior =
        TrainingSettings.shared(
                settings.producer(),
                seconds == null ? MAX_MINUTES_OF_PRIOR : TIME_OF_PRIOR * seconds / 60,
                settings.threads())
            .withSeed(settings.seed())
            .withSteps(MAX_STEPS_OF_PRIOR);
    try {
      PriorTraining.TrainedPrior prior =
          PriorTraining.train(trained.model(), jets.sample(), latents, ofPrior);
      return new Finished(trained, prior.model(), prior);
    } catch (TrainingInterruptedException e) {
      throw Interruption.of(e);
    } catch (JetfoldException | IOException e) {
      throw Failures.about(jets.name(), e);
    }
  }

  /** Says where a limit of time or epochs left less than the learning rates are for. */
  private void saySchedule(Jets jets, TrainedAutoencoder trained, AutoencoderSettings settings) {
    Integer planned = plan.ownEpochs();
    Integer epochs = settings.epochs();
    if (planned == null || trained.epochs() >= planned) {
      return;
    }
    if (settings.seconds() != null || (epochs != null && epochs < planned)) {
      working.say(
          streams,
          "%s: the schedule is of %d epochs, and was compressed into %.1f by the limit of time or epochs"
              .formatted(jets.name(), planned, trained.epochs()));
    }
  }

  /** Prints the falling loss, in about ten lines. */
  private final class Progress implements AutoencoderMonitor {
    private static final double LINES = 10;

    private double nextLine;

    @Override
    public void begins(int trainingRows, int validationRows, long weights, double resumedAt) {
      if (!working.quiet) {
        streams.say(
            "training on %s, validating on %,d; %s"
                .formatted(
                    Quantities.count(trainingRows, "row"),
                    validationRows,
                    Quantities.count(weights, "weight")));
        TrainingProgress.sayResumed(resumedAt, streams);
      }
    }

    @Override
    public void validated(double share, double epoch, double loss) {
      if (!working.quiet && share >= nextLine) {
        nextLine = share + 1 / LINES;
        streams.say(
            "%3.0f %%, epoch %.1f: %s %s"
                .formatted(100 * share, epoch, plan.nameOfLoss(), Quantities.error(loss)));
      }
    }
  }

  /** Prints a table of the errors of each variable. */
  void summarize(String output, Finished finished) {
    TrainedAutoencoder trained = finished.trained();
    Side[] sides = {
      Side.LEFT, Side.RIGHT, Side.RIGHT, Side.RIGHT, Side.RIGHT, Side.RIGHT, Side.RIGHT, Side.RIGHT
    };
    TextTable table = new TextTable(sides);
    table.line("", "normalized", "relative", "", "", "", "absolute", "").rule();
    table.line("variable", "MSE", "median", "68 %", "95 %", "99.9 %", "68 %", "99.9 %").rule();
    List<Integer> kept = trained.model().description().kept();
    for (int v = 0; v < trained.variables().size(); v++) {
      TrainedAutoencoder.Residuals variable = trained.variables().get(v);
      if (kept.contains(v)) {
        // It is stored by itself, and the network's errors do not matter.
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
        "%s: mean squared error %s of the normalized variables, on the %s of the test set%s; %s on the validation set, which chose the epoch"
            .formatted(
                output,
                String.format(Locale.ROOT, "%.3e", trained.meanSquare()),
                Quantities.count(trained.testJets(), "jet"),
                trained.exceptions() == 0
                    ? ""
                    : ", without %s that cannot be normalized"
                        .formatted(Quantities.count(trained.exceptions(), "value")),
                String.format(Locale.ROOT, "%.3e", trained.validationLoss())));
    PriorTraining.TrainedPrior prior = finished.prior();
    if (prior != null) {
      streams.say(
          "%s: latents at %s take %s bits a row with the prior, %s without, on its test set; errors are with such latents"
              .formatted(
                  output,
                  prior.precision(),
                  Quantities.decimal(prior.bits(), 2),
                  Quantities.decimal(prior.staticBits(), 2)));
    }
    streams.say(
        "%s: %s, SHA-256 %s, %.1f epochs in %s"
            .formatted(
                output,
                Quantities.bytes(finished.model().size()),
                finished.model().hash(),
                trained.epochs(),
                TrainingProgress.clock(trained.seconds())));
  }
}
