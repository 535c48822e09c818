package org.jetfold.train.density;

import java.util.Arrays;
import java.util.List;
import org.jetfold.train.UntrainableTableException;
import org.jetfold.train.optimization.ValidationSplit;

/** A training set, a validation set and a test set, of whole events. */
record EventSplit(TrainingData training, TrainingData validation, TrainingData test) {
  /**
   * Splits events.
   *
   * @throws UntrainableTableException where there are fewer than two that have rows, or a set has
   *     none with a weight above 0
   */
  static EventSplit of(TrainingData data) {
    String what = data.hasEvents() ? "event with " + data.collection() : "row";
    ValidationSplit split = ValidationSplit.of(data.offsets(), what);
    EventSplit sets =
        new EventSplit(
            data.select(split.training()),
            data.select(split.validation()),
            data.select(split.test()));
    for (TrainingData set : List.of(sets.training(), sets.validation(), sets.test())) {
      double[] weights = set.weights();
      if (weights != null && Arrays.stream(weights).noneMatch(weight -> weight > 0)) {
        throw new UntrainableTableException(
            "has too few events with a weight above 0: training, validation and test need one"
                + " each");
      }
    }
    return sets;
  }
}
