package org.jetfold.train.descent;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.jetfold.train.UntrainableTableException;

/**
 * Numbers of the events to learn from, and of others that training never sees, by which it is
 * judged. The same data is always split in the same way.
 *
 * @param learning increasing
 * @param judging increasing
 */
public record HeldOutEvents(int[] learning, int[] judging) {
  /** One event in so many is held out. */
  private static final int ONE_IN = 10;

  private static final int MOST_HELD_OUT_ROWS = 50_000;
  private static final long SEED = 0x6A65_7466;

  /**
   * Splits events.
   *
   * @param offsets where in the rows each event starts, and last the number of rows
   * @param what an event is called
   * @throws UntrainableTableException where there are fewer than two that have rows
   */
  public static HeldOutEvents of(int[] offsets, String what) throws UntrainableTableException {
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
    return new HeldOutEvents(learning, judging);
  }
}
