package org.jetfold.cli.train;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jetfold.cli.console.CommandFailure;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.cli.console.Interruption;
import org.jetfold.cli.console.Streams;
import org.jetfold.cli.option.WorkingOptions;
import org.jetfold.codec.Compression;
import org.jetfold.codec.Compressor;
import org.jetfold.codec.density.DensityModel;
import org.jetfold.codec.model.ModelUse;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.TableSource;
import org.jetfold.train.LibTorch;
import org.jetfold.train.TrainingInterruptedException;
import org.jetfold.train.UntrainableTableException;
import org.jetfold.train.density.DensityTraining;
import org.jetfold.train.density.OrderException;
import org.jetfold.train.density.SampleReader;
import org.jetfold.train.density.TrainedModel;
import org.jetfold.train.density.TrainingSample;
import org.jetfold.train.density.TrainingSettings;
import org.jspecify.annotations.Nullable;

/**
 * Trains a model for one table that will hold it, and says whether that paid. In a class of its
 * own, so that nothing else needs the libraries for training.
 */
public final class LearnedChoice {
  private final Streams streams;
  private final WorkingOptions working;
  private final double minutes;
  private final List<String> order;

  /**
   * How to train.
   *
   * @param minutes at most
   * @param order names of columns that are coded first
   */
  public LearnedChoice(
      Streams streams, WorkingOptions working, double minutes, List<String> order) {
    this.streams = streams;
    this.working = working;
    this.minutes = minutes;
    this.order = order;
  }

  /** Opens the table anew. */
  public interface Opening {
    TableSource open() throws IOException;
  }

  /**
   * Trains, and compares the sizes of the file with and without the model, so that what is written
   * afterwards is known to be the smaller.
   *
   * @param shown the table's name in messages
   * @param precisions of its columns
   * @return null where there is nothing to learn, or the model does not pay
   */
  public @Nullable DensityModel learn(String shown, Opening table, List<Precision> precisions)
      throws IOException {
    if (!LibTorch.isPresent()) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "--learn needs libtorch, which this distribution leaves out: use the full one, or"
              + " compress with a --model");
    }
    try {
      Compressor.Summary without = size(table, precisions, null);
      SampleReader reader = new SampleReader(order, TrainCommand.MAX_VALUES);
      Schema schema;
      try (TableSource source = table.open()) {
        schema = source.schema();
        reader.read(source, precisions);
      }
      TrainingSample sample = reader.sample();
      TrainingSettings settings =
          TrainingSettings.shared(Compressor.PRODUCER, minutes, working.threads())
              .storedWith(rows(schema, without.footer().totals(), sample.collection()));
      DensityModel model = train(sample, settings).model();
      if (size(table, precisions, model).bytes() < without.bytes()) {
        return model;
      }
      if (!working.quiet) {
        streams.say(shown + ": a learned model does not pay here: it is left out");
      }
    } catch (OrderException e) {
      throw new CommandFailure(ExitCode.USAGE, "%s: %s".formatted(shown, e.getMessage()), e);
    } catch (UntrainableTableException e) {
      streams.say("%s: no model: %s".formatted(shown, e.getMessage()));
    } catch (TrainingInterruptedException e) {
      streams.say(
          "stopped; nothing is kept: 'jetfold train' would leave a checkpoint to go on from, and"
              + " a model for 'compress --model'");
      throw Interruption.of(e);
    }
    return null;
  }

  /** Compresses to nowhere. */
  private Compressor.Summary size(
      Opening table, List<Precision> precisions, @Nullable DensityModel model) throws IOException {
    ModelUse use = model == null ? null : ModelUse.embedded(model);
    try (Compressor compressor = Compressor.withoutDecoding(working.threads());
        TableSource source = table.open()) {
      return compressor.compress(
          source,
          Compression.of(source.schema(), precisions, use),
          OutputStream.nullOutputStream(),
          entries -> {});
    }
  }

  /** How many entries a collection has, or where it has no name, the table. */
  private static long rows(Schema schema, List<Long> totals, String collection) {
    for (int group = 1; group < totals.size(); group++) {
      if (schema.groups().get(group).name().equals(collection)) {
        return totals.get(group);
      }
    }
    return totals.getFirst();
  }

  private TrainedModel train(TrainingSample sample, TrainingSettings settings)
      throws UntrainableTableException, TrainingInterruptedException, IOException {
    try (TrainingProgress progress = TrainingProgress.start(streams, working, sample)) {
      return DensityTraining.train(sample, settings, null, false, progress);
    }
  }
}
