package org.jetfold.cli.train;

import java.io.IOException;
import java.util.List;
import org.jetfold.cli.console.Failures;
import org.jetfold.cli.console.Interruption;
import org.jetfold.cli.console.Streams;
import org.jetfold.cli.option.WorkingOptions;
import org.jetfold.codec.Compression;
import org.jetfold.codec.Compressor;
import org.jetfold.codec.error.JetfoldException;
import org.jetfold.train.TrainingInterruptedException;
import org.jetfold.train.density.EmbeddedModelTraining;
import org.jetfold.train.density.TrainingSettings;

/** Trains a model on the table whose file will hold it, and prints the progress. */
public final class EmbeddedModelRun {
  private final Streams streams;
  private final WorkingOptions working;
  private final double minutes;
  private final List<String> order;

  /**
   * A way to train.
   *
   * @param minutes the longest duration
   * @param order names of the columns that are coded first
   */
  public EmbeddedModelRun(
      Streams streams, WorkingOptions working, double minutes, List<String> order) {
    this.streams = streams;
    this.working = working;
    this.minutes = minutes;
    this.order = List.copyOf(order);
  }

  /**
   * Trains.
   *
   * @param shown the table's name in messages
   * @param plan of the file without the model
   */
  public EmbeddedModelTraining.Result train(
      String shown, EmbeddedModelTraining.Opener table, Compression plan) throws IOException {
    TrainingSettings settings =
        TrainingSettings.shared(Compressor.PRODUCER, minutes, working.threads());
    try (TrainingProgress progress = new TrainingProgress(streams, working.quiet)) {
      return EmbeddedModelTraining.train(table, plan, order, settings, progress);
    } catch (TrainingInterruptedException e) {
      streams.say("stopped; nothing is kept: 'jetfold train' would leave a checkpoint");
      throw Interruption.of(e);
    } catch (JetfoldException e) {
      throw Failures.about(shown, e);
    }
  }
}
