package org.jetfold.train.density;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jetfold.codec.Compression;
import org.jetfold.codec.Compressor;
import org.jetfold.codec.model.ModelUse;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.TableSource;
import org.jetfold.train.LibTorch;
import org.jetfold.train.UntrainableTableException;

/**
 * Trains density models on the table whose file will hold them, one for each collection. There are
 * only those that make the file smaller.
 */
public final class EmbeddedModelTraining {
  /** What a model takes in the header, and its frame, beside its own bytes. */
  private static final int REFERENCE_BYTES = 60;

  private EmbeddedModelTraining() {}

  /** Opens the table from its beginning; called several times. */
  public interface Opener {
    /** The table. */
    TableSource open() throws IOException;
  }

  /**
   * The models of a table.
   *
   * @param models those that make the file smaller, each in the file; may be none
   * @param collections what became of each collection, with its model, if one was trained
   * @param reason why there is no model, in words, for the user; empty where there is one
   */
  public record Result(List<ModelUse> models, List<Collection> collections, String reason) {
    /** Copies the lists. */
    public Result {
      models = List.copyOf(models);
      collections = List.copyOf(collections);
    }
  }

  /**
   * What became of a collection.
   *
   * @param training its training
   * @param savedBytes by about how much the model, which is stored, makes the file smaller; at most
   *     0 where it is left out, and 0 where there is none
   */
  public record Collection(CollectionTraining.Result training, long savedBytes) {}

  /**
   * Trains models, and compares the sizes of the file with and without each. The thread that calls
   * it is busy until the end; it may be interrupted.
   *
   * @param plan of the file without models
   * @param order names of the columns that are coded first; may be empty
   * @param settings of shared models; its time is that of all trainings together
   * @throws OrderException where the order does not suit the table
   * @throws org.jetfold.train.LibTorchException where libtorch is missing or cannot be loaded
   * @throws org.jetfold.train.TrainingInterruptedException where the thread was interrupted
   */
  public static Result train(
      Opener table,
      Compression plan,
      List<String> order,
      TrainingSettings settings,
      TrainingMonitor monitor)
      throws IOException {
    LibTorch.start();
    try {
      Compressor.Summary without = compressed(table, plan, settings.threads());
      SampleReader reader = SampleReader.ofEach(order, SampleReader.MAX_VALUES);
      try (TableSource source = table.open()) {
        reader.read(source, plan.askedPrecisions());
      }
      List<Long> totals = without.footer().totals();
      List<CollectionTraining.Rows> rows = new ArrayList<>();
      for (TrainingSample sample : reader.samples(null)) {
        rows.add(
            new CollectionTraining.Rows(
                sample, totals.get(group(plan.schema(), sample.collection()))));
      }
      List<CollectionTraining.Result> trained =
          CollectionTraining.train(rows, settings, true, unused -> null, false, monitor);
      return chosen(table, plan, without.bytes(), trained, settings.threads());
    } catch (OrderException e) {
      throw e;
    } catch (UntrainableTableException e) {
      return new Result(List.of(), List.of(), untrainable(String.valueOf(e.getMessage())));
    }
  }

  private static String untrainable(String why) {
    return "no model can be trained (%s)".formatted(why);
  }

  /** Those models that make the file smaller; each has columns of its own. */
  private static Result chosen(
      Opener table,
      Compression plan,
      long without,
      List<CollectionTraining.Result> trained,
      int threads)
      throws IOException {
    Compression all =
        plan.with(
            trained.stream()
                .map(CollectionTraining.Result::trained)
                .filter(Objects::nonNull)
                .map(model -> ModelUse.embedded(model.model()))
                .toArray(ModelUse[]::new));
    Compressor.Summary with = compressed(table, all, threads);
    List<ModelUse> models = new ArrayList<>();
    List<Collection> collections = new ArrayList<>();
    for (CollectionTraining.Result training : trained) {
      long saved = 0;
      TrainedModel model = training.trained();
      if (model != null) {
        // The plan has them in the order of the file.
        int number = 0;
        while (!all.modelUses().get(number).model().equals(model.model())) {
          number++;
        }
        ModelUse use = all.modelUses().get(number);
        saved = -(long) use.model().size() - REFERENCE_BYTES;
        for (int column : all.modelColumns(number)) {
          saved += with.savedBytes().get(column);
        }
        if (saved > 0) {
          models.add(use);
        }
      }
      collections.add(new Collection(training, saved));
    }
    // What single models save is about right, and the whole file decides.
    boolean isSmaller =
        !models.isEmpty()
            && compressed(table, plan.with(models.toArray(ModelUse[]::new)), threads).bytes()
                < without;
    return isSmaller
        ? new Result(models, collections, "")
        : new Result(List.of(), collections, reason(trained));
  }

  private static String reason(List<CollectionTraining.Result> trained) {
    if (trained.size() > 1) {
      return "no model would make the file smaller";
    }
    CollectionTraining.Result only = trained.getFirst();
    return only.trained() == null
        ? untrainable(only.reason())
        : "the model would make the file larger";
  }

  private static Compressor.Summary compressed(Opener table, Compression plan, int threads)
      throws IOException {
    try (Compressor compressor = Compressor.withoutDecoding(threads);
        TableSource source = table.open()) {
      return compressor.compress(source, plan, OutputStream.nullOutputStream(), unused -> {});
    }
  }

  /** The number of a collection's group; the root's for the rows of a table. */
  private static int group(Schema schema, String collection) {
    return Math.max(0, schema.group(collection));
  }
}
