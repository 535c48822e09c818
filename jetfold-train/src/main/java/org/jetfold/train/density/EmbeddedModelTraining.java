package org.jetfold.train.density;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jetfold.codec.Compression;
import org.jetfold.codec.Compressor;
import org.jetfold.codec.model.LearnedModel;
import org.jetfold.codec.model.ModelUse;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.TableSource;
import org.jetfold.train.LibTorch;
import org.jetfold.train.UntrainableTableException;
import org.jspecify.annotations.Nullable;

/**
 * Trains a density model on the table whose file will hold it. There is a model only if it makes
 * the file smaller.
 */
public final class EmbeddedModelTraining {
  private EmbeddedModelTraining() {}

  /** Opens the table from its beginning; called several times. */
  public interface Opener {
    /** The table. */
    TableSource open() throws IOException;
  }

  /**
   * The model of a table, or the reason why there is none.
   *
   * @param model null where there is none
   * @param reason in words, for the user; empty where there is a model
   */
  public record Result(@Nullable LearnedModel model, String reason) {}

  /**
   * Trains a model, and compares the sizes of the file with and without it. The thread that calls
   * it is busy until the end; it may be interrupted.
   *
   * @param plan of the file without the model
   * @param order names of the columns that are coded first; may be empty
   * @param settings of a shared model
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
      SampleReader reader = new SampleReader(order, SampleReader.MAX_VALUES);
      try (TableSource source = table.open()) {
        reader.read(source, plan.askedPrecisions());
      }
      TrainingSample sample = reader.sample();
      long rows = rows(plan.schema(), without.footer().totals(), sample.collection());
      LearnedModel model =
          DensityTraining.train(sample, settings.storedWith(rows), null, false, monitor).model();
      Compressor.Summary with =
          compressed(table, plan.with(ModelUse.embedded(model)), settings.threads());
      return with.bytes() < without.bytes()
          ? new Result(model, "")
          : new Result(null, "the model would make the file larger");
    } catch (OrderException e) {
      throw e;
    } catch (UntrainableTableException e) {
      return new Result(null, "no model can be trained (%s)".formatted(e.getMessage()));
    }
  }

  private static Compressor.Summary compressed(Opener table, Compression plan, int threads)
      throws IOException {
    try (Compressor compressor = Compressor.withoutDecoding(threads);
        TableSource source = table.open()) {
      return compressor.compress(source, plan, OutputStream.nullOutputStream(), _ -> {});
    }
  }

  /** The number of entries of a collection, or without a name, of the table. */
  private static long rows(Schema schema, List<Long> totals, String collection) {
    for (int group = 1; group < totals.size(); group++) {
      if (schema.groups().get(group).name().equals(collection)) {
        return totals.get(group);
      }
    }
    return totals.getFirst();
  }
}
