package org.jetfold.train.density;

import org.jetfold.train.UntrainableTableException;
import org.jetfold.train.descent.HeldOutEvents;

/**
 * Events for training, and others that training never sees, by which it is judged.
 *
 * @param training what is learned from
 * @param heldOut what is judged by
 */
record EventSplit(TrainingData training, TrainingData heldOut) {
  /**
   * Splits events.
   *
   * @throws UntrainableTableException where there are fewer than two that have rows
   */
  static EventSplit of(TrainingData data) throws UntrainableTableException {
    String what = data.hasEvents() ? "event with " + data.collection() : "row";
    HeldOutEvents split = HeldOutEvents.of(data.offsets(), what);
    return new EventSplit(data.select(split.learning()), data.select(split.judging()));
  }
}
