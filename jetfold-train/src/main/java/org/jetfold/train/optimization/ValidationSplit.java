package org.jetfold.train.optimization;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.jetfold.train.UntrainableTableException;

/**
 * The numbers of the events of a training set, of a validation set, which chooses among weights,
 * and of a test set, which neither trains nor chooses. The same data is always split in the same
 * way.
 *
 * @param training increasing
 * @param validation increasing
 * @param test increasing; the same as for validation where there is only one event for both
 */
public record ValidationSplit(int[] training, int[] validation, int[] test) {
  /** One event in so many is for validation or the test. */
  private static final int ONE_IN = 10;

  private static final int MAX_ROWS_APART = 50_000;
  private static final long SEED = 0x6A65_7466;

  /**
   * Splits events.
   *
   * @param offsets where in the rows each event starts, and last the number of rows
   * @param what an event is called
   * @throws UntrainableTableException where there are fewer than two that have rows
   */
  public static ValidationSplit of(int[] offsets, String what) {
    int[] events = new int[offsets.length - 1];
    int count = 0;
    for (int event = 0; event < events.length; event++) {
      if (offsets[event + 1] > offsets[event]) {
        events[count++] = event;
      }
    }
    if (count < 2) {
      throw new UntrainableTableException(
          "has %s %s: training needs at least two, one for training and one for validation"
              .formatted(count == 0 ? "no" : "only one", what));
    }
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = count - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = events[i];
      events[i] = events[j];
      events[j] = swapped;
    }
    int wanted = Math.max(1, count / ONE_IN);
    int taken = 0;
    long rows = 0;
    while (taken < wanted && (taken == 0 || rows < MAX_ROWS_APART)) {
      rows += offsets[events[taken] + 1] - offsets[events[taken]];
      taken++;
    }
    int half = (taken + 1) / 2;
    int[] validation = sorted(events, 0, half);
    int[] test = taken == half ? validation : sorted(events, half, taken);
    return new ValidationSplit(sorted(events, taken, count), validation, test);
  }

  private static int[] sorted(int[] events, int from, int to) {
    int[] some = Arrays.copyOfRange(events, from, to);
    Arrays.sort(some);
    return some;
  }
}
