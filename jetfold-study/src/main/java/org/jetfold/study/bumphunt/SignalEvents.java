package org.jetfold.study.bumphunt;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jetfold.codec.table.Table;
import org.jetfold.study.StudyException;
import org.jetfold.study.binning.Bins;

/**
 * Events of a signal that are in the spectrum, from which some are mixed into a background. The
 * fewer are among the more: strengths differ in nothing but the number of events.
 */
public final class SignalEvents {
  private final Table table;
  private final int[] shuffled;

  /**
   * The events of a table whose observable is in one of the bins.
   *
   * @param seed in which order they are drawn
   */
  public SignalEvents(Table table, Observable observable, Bins bins, long seed) {
    this.table = table;
    double[] values = observable.values(table);
    int[] inside = new int[values.length];
    int count = 0;
    for (int event = 0; event < values.length; event++) {
      if (bins.indexOf(values[event]) >= 0) {
        inside[count++] = event;
      }
    }
    shuffled = Arrays.copyOf(inside, count);
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = count - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int swapped = shuffled[i];
      shuffled[i] = shuffled[other];
      shuffled[other] = swapped;
    }
  }

  /** How many events there are. */
  public int available() {
    return shuffled.length;
  }

  /**
   * A background with some of these events behind it, which count one each.
   *
   * @param events how many; the background as it is where 0
   * @throws StudyException where there are not as many
   */
  public WeightedTable mixedInto(WeightedTable background, int events) throws StudyException {
    return mixed(background, events, shuffled);
  }

  /** As {@link #mixedInto}, but each time with other events, drawn at random. */
  WeightedTable drawnInto(WeightedTable background, int events, SplittableRandom random)
      throws StudyException {
    int[] drawn = shuffled.clone();
    for (int i = 0; i < Math.min(events, drawn.length); i++) {
      int other = i + random.nextInt(drawn.length - i);
      int swapped = drawn[i];
      drawn[i] = drawn[other];
      drawn[other] = swapped;
    }
    return mixed(background, events, drawn);
  }

  /** A background with the first of some events behind it. */
  private WeightedTable mixed(WeightedTable background, int events, int[] order)
      throws StudyException {
    if (events > available()) {
      throw new StudyException(
          "%d events of signal were asked for, but only %d pass the selection"
              .formatted(events, available()));
    }
    if (events == 0) {
      return background;
    }
    int[] chosen = Arrays.copyOf(order, events);
    Arrays.sort(chosen);
    double[] weights = background.weights();
    if (weights != null) {
      int before = weights.length;
      weights = Arrays.copyOf(weights, before + events);
      Arrays.fill(weights, before, weights.length, 1);
    }
    return new WeightedTable(
        Table.joined(List.of(background.table(), EventSampling.of(table, chosen))), weights);
  }
}
