package org.jetfold.train;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Events for training, and others that training never sees, by which it is judged. The same data is
 * always split in the same way.
 *
 * @param training what is learned from
 * @param heldOut what is judged by
 */
record EventSplit(TrainingData training, TrainingData heldOut) {
  /** One event in so many is held out. */
  private static final int ONE_IN = 10;

  private static final int MOST_HELD_OUT_ROWS = 50_000;
  private static final long SEED = 0x6A65_7466;

  /**
   * Splits events.
   *
   * @throws UntrainableTableException where there are fewer than two that have rows
   */
  static EventSplit of(TrainingData data) throws UntrainableTableException {
    String what = data.hasEvents() ? "event with " + data.collection() : "row";
    Numbers numbers = numbers(data.offsets(), what);
    return new EventSplit(data.select(numbers.learning()), data.select(numbers.judging()));
  }

  /** Numbers of events to learn from and to judge by, increasing. */
  record Numbers(int[] learning, int[] judging) {}

  /**
   * Splits events.
   *
   * @param offsets where in the rows each event starts, and last the number of rows
   * @param what an event is called
   * @throws UntrainableTableException where there are fewer than two that have rows
   */
  static Numbers numbers(int[] offsets, String what) throws UntrainableTableException {
    int[] events = new int[offsets.length - 1];
    int count = 0;
    for (int event = 0; event < events.length; event++) {
      if (offsets[event + 1] > offsets[event]) {
        events[count++] = event;
      }
    }
    if (count < 2) {
      throw new UntrainableTableException(
          "has %s %s: training needs two at least, one to learn from and one to be judged by"
              .formatted(count == 0 ? "no" : "a single", what));
    }
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = count - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = events[i];
      events[i] = events[j];
      events[j] = swapped;
    }
    int wanted = Math.max(1, count / ONE_IN);
    int heldOut = 0;
    long rows = 0;
    while (heldOut < wanted && (heldOut == 0 || rows < MOST_HELD_OUT_ROWS)) {
      rows += offsets[events[heldOut] + 1] - offsets[events[heldOut]];
      heldOut++;
    }
    int[] judging = Arrays.copyOf(events, heldOut);
    int[] learning = Arrays.copyOfRange(events, heldOut, count);
    Arrays.sort(judging);
    Arrays.sort(learning);
    return new Numbers(learning, judging);
  }
}
