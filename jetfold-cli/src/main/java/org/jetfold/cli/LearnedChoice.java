package org.jetfold.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jetfold.codec.Compressor;
import org.jetfold.codec.density.DensityModel;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.TableSource;
import org.jetfold.train.SampleReader;
import org.jetfold.train.TrainedModel;
import org.jetfold.train.Training;
import org.jetfold.train.TrainingInterruptedException;
import org.jetfold.train.TrainingSample;
import org.jetfold.train.TrainingSettings;
import org.jetfold.train.UntrainableTableException;
import org.jspecify.annotations.Nullable;

/**
 * Trains a model for one table that will hold it, and says whether that paid. In a class of its
 * own, so that nothing else needs the libraries for training.
 */
final class LearnedChoice {
  private final Streams streams;
  private final WorkingOptions working;
  private final double minutes;

  LearnedChoice(Streams streams, WorkingOptions working, double minutes) {
    this.streams = streams;
    this.working = working;
    this.minutes = minutes;
  }

  /** Opens the table anew. */
  interface Opening {
    TableSource open() throws IOException;
  }

  /**
   * A model for a table and the bytes that it takes without one.
   *
   * @param model null where there is nothing to learn
   * @param staticBytes the size of the file without a model
   */
  record Learned(@Nullable DensityModel model, long staticBytes) {}

  /**
   * Trains.
   *
   * @param shown the table's name in messages
   * @param precisions of its columns
   */
  Learned learn(String shown, Opening table, List<Precision> precisions, Compressor compressor)
      throws IOException {
    if (!Training.isPossible()) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "--learn needs libtorch, which this distribution leaves out: use the full one, or"
              + " compress with a --model");
    }
    Compressor.Summary summary;
    try (TableSource source = table.open()) {
      summary =
          compressor.compress(source, precisions, OutputStream.nullOutputStream(), entries -> {});
    }
    try {
      SampleReader reader = new SampleReader(List.of(), TrainCommand.MOST_VALUES);
      try (TableSource source = table.open()) {
        reader.read(source, precisions);
      }
      TrainingSample sample = reader.sample();
      long rows = summary.footer().totals().getLast();
      TrainingSettings settings =
          TrainingSettings.shared(Compressor.PRODUCER, minutes, working.threads())
              .storedWith(Math.max(rows, sample.rows()));
      return new Learned(train(sample, settings).model(), summary.bytes());
    } catch (UntrainableTableException e) {
      streams.say("%s: no model: %s".formatted(shown, e.getMessage()));
      return new Learned(null, summary.bytes());
    } catch (TrainingInterruptedException e) {
      throw new CommandFailure(ExitCode.FAILED, "interrupted", e);
    }
  }

  private TrainedModel train(TrainingSample sample, TrainingSettings settings)
      throws UntrainableTableException, TrainingInterruptedException, IOException {
    try (TrainingProgress progress = TrainingProgress.start(streams, working, sample)) {
      return Training.train(sample, settings, null, false, progress);
    }
  }
}
