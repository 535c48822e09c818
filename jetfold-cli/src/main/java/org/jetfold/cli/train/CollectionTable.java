package org.jetfold.cli.train;

import org.jetfold.cli.console.Streams;
import org.jetfold.cli.console.TextTable;
import org.jetfold.cli.console.TextTable.Side;
import org.jetfold.codec.text.Quantities;
import org.jetfold.train.density.CollectionTraining;
import org.jetfold.train.density.TrainedModel;
import org.jetfold.train.density.TrainingSample;

/**
 * A table of what models of collections save: bits per row with and without the model, on events
 * that chose nothing, and the time of the training.
 */
final class CollectionTable {
  private final TextTable table =
      new TextTable(
          Side.LEFT,
          Side.RIGHT,
          Side.RIGHT,
          Side.RIGHT,
          Side.RIGHT,
          Side.RIGHT,
          Side.RIGHT,
          Side.LEFT);

  CollectionTable() {
    table
        .line("collection", "columns", "rows", "static", "learned", "model", "trained", "result")
        .rule();
  }

  /** What a collection is called. */
  static String name(TrainingSample sample) {
    return sample.collection().isEmpty() ? "event values" : Streams.printable(sample.collection());
  }

  /**
   * Adds a collection.
   *
   * @param result what became of its model, in words
   */
  void add(CollectionTraining.Result collection, String result) {
    TrainedModel trained = collection.trained();
    table.line(
        name(collection.sample()),
        String.valueOf(collection.sample().columns().size()),
        Quantities.count(collection.rows(), "row"),
        trained == null ? "" : Quantities.decimal(trained.staticBits(), 2),
        trained == null ? "" : Quantities.decimal(trained.learnedBits(), 2),
        trained == null ? "" : Quantities.bytes(trained.model().size()),
        trained == null ? "" : TrainingProgress.clock(collection.seconds()),
        trained == null ? collection.reason() : result);
  }

  /** Prints it. */
  void print(Streams streams) {
    table.lines().forEach(line -> streams.err().println("  " + line));
  }
}
