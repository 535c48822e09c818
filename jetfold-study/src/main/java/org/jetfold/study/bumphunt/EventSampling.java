package org.jetfold.study.bumphunt;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jetfold.codec.table.Table;
import org.jetfold.study.StudyException;

/** Some events of a table. */
public final class EventSampling {
  private EventSampling() {}

  /**
   * A table of the chosen events, in the order of the table.
   *
   * @param events numbers of root entries, not falling, at least one; one may be there several
   *     times
   */
  static Table of(Table table, int[] events) {
    List<Table> runs = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= events.length; i++) {
      if (i == events.length || events[i] != events[i - 1] + 1) {
        runs.add(table.slice(events[from], events[i - 1] + 1));
        from = i;
      }
    }
    return Table.joined(runs);
  }

  /**
   * Events without weights that are distributed as these are with their weights: event i is kept
   * with the probability wᵢ / largest w. Few are left where weights differ much, since no more is
   * in the data.
   *
   * @throws StudyException where a weight is negative or no number, or nothing would be left
   */
  public static Table unitWeights(Table table, double[] weights, long seed) throws StudyException {
    double largest = 0;
    for (int event = 0; event < weights.length; event++) {
      if (!(weights[event] >= 0 && weights[event] < Double.POSITIVE_INFINITY)) {
        throw new StudyException(
            "event %d has the weight %s: only weights from 0 on can be resampled to 1"
                .formatted(event, weights[event]));
      }
      largest = Math.max(largest, weights[event]);
    }
    SplittableRandom random = new SplittableRandom(seed);
    int[] kept = new int[weights.length];
    int count = 0;
    for (int event = 0; event < weights.length; event++) {
      if (random.nextDouble() * largest < weights[event]) {
        kept[count++] = event;
      }
    }
    if (count == 0) {
      throw new StudyException("all weights are 0: no event is left");
    }
    return of(table, Arrays.copyOf(kept, count));
  }
}
