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
import org.jetfold.codec.model.ModelUse;
import org.jetfold.codec.text.Quantities;
import org.jetfold.train.TrainingInterruptedException;
import org.jetfold.train.density.EmbeddedModelTraining;
import org.jetfold.train.density.TrainingSettings;

/** Trains models on the table whose file will hold them, and prints the progress. */
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
   * Trains. Returns the plan with the models that make the file smaller.
   *
   * @param shown the table's name in messages
   * @param plan of the file without models
   */
  public Compression train(String shown, EmbeddedModelTraining.Opener table, Compression plan)
      throws IOException {
    TrainingSettings settings =
        TrainingSettings.shared(Compressor.PRODUCER, minutes, working.threads());
    try (TrainingProgress progress = new TrainingProgress(streams, working.quiet)) {
      EmbeddedModelTraining.Result trained =
          EmbeddedModelTraining.train(table, plan, order, settings, progress);
      say(shown, trained);
      return plan.with(trained.models().toArray(ModelUse[]::new));
    } catch (TrainingInterruptedException e) {
      streams.say("stopped; nothing is kept: 'jetfold train' would leave a checkpoint");
      throw Interruption.of(e);
    } catch (JetfoldException e) {
      throw Failures.about(shown, e);
    }
  }

  /** Says what became of each collection, where there are several, and whether there is a model. */
  private void say(String shown, EmbeddedModelTraining.Result trained) {
    if (working.quiet) {
      return;
    }
    if (trained.collections().size() > 1) {
      CollectionTable table = new CollectionTable();
      for (EmbeddedModelTraining.Collection collection : trained.collections()) {
        table.add(
            collection.training(),
            collection.savedBytes() > 0
                ? "saves " + Quantities.bytes(collection.savedBytes())
                : "left out: larger with it");
      }
      table.print(streams);
      streams.say(
          shown
              + ": bits per row, on test sets, which chose nothing; what a model saves is counted"
              + " in the whole file, its own size included");
    }
    if (!trained.reason().isEmpty()) {
      streams.say("%s: %s; written without it".formatted(shown, trained.reason()));
    }
  }
}
