package org.jetfold.train.density;

import org.jetfold.train.UntrainableTableException;
import org.jetfold.train.optimization.ValidationSplit;

/** A training set, a validation set and a test set, of whole events. */
record EventSplit(TrainingData training, TrainingData validation, TrainingData test) {
  /**
   * Splits events.
   *
   * @throws UntrainableTableException where there are fewer than two that have rows
   */
  static EventSplit of(TrainingData data) {
    String what = data.hasEvents() ? "event with " + data.collection() : "row";
    ValidationSplit split = ValidationSplit.of(data.offsets(), what);
    return new EventSplit(
        data.select(split.training()), data.select(split.validation()), data.select(split.test()));
  }
}
