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
    int[] offsets = data.offsets();
    int[] events = new int[data.events()];
    int count = 0;
    for (int event = 0; event < data.events(); event++) {
      if (offsets[event + 1] > offsets[event]) {
        events[count++] = event;
      }
    }
    if (count < 2) {
      String what = data.hasEvents() ? "event with " + data.collection() : "row";
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
    return new EventSplit(data.select(learning), data.select(judging));
  }
}
