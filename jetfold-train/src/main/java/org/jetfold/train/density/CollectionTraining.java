package org.jetfold.train.density;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jetfold.train.LibTorch;
import org.jetfold.train.UntrainableTableException;
import org.jspecify.annotations.Nullable;

/**
 * Trains a model for each of several collections, and spends the time where it saves most. All are
 * trained for a part of it; the rest is shared among those that save something and were still
 * improving, in proportion to what they save.
 */
public final class CollectionTraining {
  /** The share of the time in which the first trainings find out what models save. */
  private static final double FIRST_SHARE = 0.25;

  /** A second training must be so many times as long as the first. */
  private static final double MIN_LONGER = 2;

  /** A training that used this share of its time was still improving. */
  private static final double FULL = 0.9;

  /** The share of the bytes that a longer training may save at least, and at most. */
  private static final double MIN_GAIN = 0.01;

  private static final double MAX_GAIN = 0.2;

  /**
   * Fewer values cannot save what a model takes that is stored with them. Nor can others be learned
   * from them: a tenth is set apart.
   */
  private static final long MIN_VALUES = 500;

  private final TrainingSettings settings;
  private final Function<TrainingSample, @Nullable Path> checkpoints;
  private final boolean resume;
  private final TrainingMonitor monitor;

  private CollectionTraining(
      TrainingSettings settings,
      Function<TrainingSample, @Nullable Path> checkpoints,
      boolean resume,
      TrainingMonitor monitor) {
    this.settings = settings;
    this.checkpoints = checkpoints;
    this.resume = resume;
    this.monitor = monitor;
  }

  /**
   * A collection and its rows.
   *
   * @param sample of it
   * @param rows of the collection that its model is to code
   */
  public record Rows(TrainingSample sample, long rows) {}

  /**
   * What became of a collection.
   *
   * @param sample of it
   * @param rows of the collection
   * @param trained its model; null where there is none
   * @param seconds that were spent on it
   * @param reason why there is no model; empty where there is one
   */
  public record Result(
      TrainingSample sample,
      long rows,
      @Nullable TrainedModel trained,
      double seconds,
      String reason) {
    /** The bytes that the model saves in the rows by the bits on its test set; 0 without one. */
    public double savedBytes() {
      return trained == null ? 0 : rows * (trained.staticBits() - trained.learnedBits()) / 8;
    }
  }

  /**
   * Trains models. The thread that calls it is busy until the end; it may be interrupted.
   *
   * @param collections in the order of the results
   * @param settings of each training; its time is that of all together
   * @param stored whether each model will be stored with its rows, so that its own size counts
   * @param checkpoints a file for the state of a long training; null for none
   * @param resume whether to continue from checkpoints where there are some
   * @throws org.jetfold.train.LibTorchException where libtorch is missing or cannot be loaded
   * @throws org.jetfold.train.TrainingInterruptedException where the thread was interrupted
   * @throws IOException where a checkpoint cannot be read or written
   */
  public static List<Result> train(
      List<Rows> collections,
      TrainingSettings settings,
      boolean stored,
      Function<TrainingSample, @Nullable Path> checkpoints,
      boolean resume,
      TrainingMonitor monitor)
      throws IOException {
    LibTorch.start();
    CollectionTraining training = new CollectionTraining(settings, checkpoints, resume, monitor);
    List<Result> results = new ArrayList<>();
    List<Integer> promising = new ArrayList<>();
    for (Rows collection : collections) {
      String hopeless = collections.size() == 1 ? "" : hopeless(collection);
      if (hopeless.isEmpty()) {
        promising.add(results.size());
      }
      results.add(new Result(collection.sample(), collection.rows(), null, 0, hopeless));
    }
    if (promising.size() == 1) {
      int only = promising.getFirst();
      results.set(only, training.trained(results.get(only), settings.seconds(), stored, true));
    } else {
      training.train(results, promising, stored);
    }
    return results;
  }

  /** Why a collection needs no training to know that its model saves nothing; empty if not so. */
  private static String hopeless(Rows collection) {
    int columns = collection.sample().columns().size();
    if (collection.sample().rows() == 0) {
      return "no rows";
    }
    if (columns == 1 && collection.sample().collection().isEmpty()) {
      return "one column, which no other tells anything of";
    }
    return collection.rows() * columns < MIN_VALUES ? "too few values" : "";
  }

  /** Larger collections take longer, but not in proportion. */
  private static double weight(Result result) {
    return Math.sqrt((double) result.sample().rows() * result.sample().columns().size());
  }

  private Result trained(Result before, double seconds, boolean stored, boolean isLong)
      throws IOException {
    TrainingSettings own = settings.withSeconds(seconds);
    try {
      TrainedModel model =
          DensityTraining.train(
              before.sample(),
              stored ? own.storedWith(before.rows()) : own,
              isLong ? checkpoints.apply(before.sample()) : null,
              isLong && resume,
              isLong ? monitor : TrainingMonitor.NONE);
      return new Result(
          before.sample(), before.rows(), model, before.seconds() + model.secondsTrained(), "");
    } catch (UntrainableTableException e) {
      return new Result(before.sample(), before.rows(), null, 0, String.valueOf(e.getMessage()));
    }
  }

  /** Trains some of the collections, first all of them shortly. */
  private void train(List<Result> results, List<Integer> promising, boolean stored)
      throws IOException {
    double all = promising.stream().mapToDouble(i -> weight(results.get(i))).sum();
    List<Integer> improving = new ArrayList<>();
    for (int number = 0; number < promising.size(); number++) {
      int i = promising.get(number);
      Result untrained = results.get(i);
      monitor.estimates(untrained.sample(), number + 1, promising.size());
      double seconds = FIRST_SHARE * settings.seconds() * weight(untrained) / all;
      Result result = trained(untrained, seconds, stored, false);
      results.set(i, result);
      if (result.seconds() >= FULL * seconds && gain(result, stored) > 0) {
        improving.add(i);
      }
    }
    double left = settings.seconds() - results.stream().mapToDouble(Result::seconds).sum();
    improving.sort(Comparator.comparingDouble(i -> -gain(results.get(i), stored)));
    List<Double> seconds = shares(results, improving, stored, left);
    while (!improving.isEmpty()
        && seconds.getLast() < MIN_LONGER * results.get(improving.getLast()).seconds()) {
      // The others have more time then.
      improving.removeLast();
      seconds = shares(results, improving, stored, left);
    }
    for (int number = 0; number < improving.size(); number++) {
      int i = improving.get(number);
      results.set(i, trained(results.get(i), seconds.get(number), stored, true));
    }
  }

  /**
   * The bytes that a longer training may save: what the short one saved, and where that is next to
   * nothing, a small share of all, as it may have been too short.
   */
  private static double gain(Result result, boolean stored) {
    TrainedModel trained = result.trained();
    if (trained == null) {
      return 0;
    }
    double all = result.rows() * trained.staticBits() / 8;
    long size = stored ? trained.model().size() : 0;
    return size > MAX_GAIN * all ? 0 : Math.max(result.savedBytes() - size, MIN_GAIN * all);
  }

  /** How the time that is left is shared, in proportion to what each may save. */
  private static List<Double> shares(
      List<Result> results, List<Integer> improving, boolean stored, double left) {
    double all = improving.stream().mapToDouble(i -> gain(results.get(i), stored)).sum();
    return improving.stream().map(i -> left * gain(results.get(i), stored) / all).toList();
  }
}
