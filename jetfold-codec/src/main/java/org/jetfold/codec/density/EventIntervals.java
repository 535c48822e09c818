package org.jetfold.codec.density;

import java.util.Arrays;
import org.jetfold.codec.network.Kernel;
import org.jspecify.annotations.Nullable;

/**
 * The intervals that a model gives events which come one after the other: the same as {@link
 * DensityEncoder#intervals} finds for a block of them, only at once. Allocates nothing while there
 * is room for an event. Not thread-safe.
 */
public final class EventIntervals {
  /** Orders of events with fewer rows are kept. */
  private static final int ORDERS_KEPT = 64;

  private final DensityModel model;
  private final IntervalFinder finder;
  private final @Nullable EventOrder[] orders = new EventOrder[ORDERS_KEPT];

  /** The phases of the rows of the event at hand: all the same. Orders look at them. */
  private byte[] phases = new byte[ORDERS_KEPT];

  private final char[][] cells;
  private final long[][] differences;
  private final int[][] starts;
  private final int[][] ends;
  private int rows;

  /** The intervals of a model, run by {@code kernel}. */
  public EventIntervals(DensityModel model, Kernel kernel) {
    this.model = model;
    finder = new IntervalFinder(model, model.network(kernel), ContextInputs.of(model));
    int columns = model.shape().columns();
    cells = new char[columns][0];
    differences = new long[columns][0];
    starts = new int[columns][0];
    ends = new int[columns][0];
  }

  /**
   * Finds the intervals of an event.
   *
   * @param symbols for each column of the model, a symbol per row, perhaps more
   * @param count the event's rows
   * @param phase the event's phase, an unsigned byte
   */
  public void add(long[][] symbols, int count, byte phase) {
    if (count == 0) {
      return;
    }
    reserve(count);
    Arrays.fill(phases, 0, count, phase);
    for (int column = 0; column < cells.length; column++) {
      Alphabet alphabet = model.alphabets().get(column);
      long[] coded = symbols[column];
      if (alphabet.reference() >= 0) {
        coded = differences[column];
        for (int row = 0; row < count; row++) {
          coded[row] = symbols[column][row] - symbols[alphabet.reference()][row];
        }
      }
      alphabet.cellsOf(coded, count, cells[column]);
    }
    finder.find(order(count), cells, starts, ends, rows);
    rows += count;
  }

  private void reserve(int count) {
    if (phases.length < count) {
      phases = new byte[2 * count];
      Arrays.fill(orders, null);
    }
    for (int column = 0; column < cells.length; column++) {
      if (cells[column].length < count) {
        cells[column] = new char[2 * count];
        differences[column] = new long[2 * count];
      }
      if (starts[column].length < rows + count) {
        starts[column] = Arrays.copyOf(starts[column], 2 * (rows + count));
        ends[column] = Arrays.copyOf(ends[column], 2 * (rows + count));
      }
    }
  }

  private EventOrder order(int count) {
    if (count >= ORDERS_KEPT) {
      return newOrder(count);
    }
    EventOrder order = orders[count];
    if (order == null) {
      order = newOrder(count);
      orders[count] = order;
    }
    return order;
  }

  private EventOrder newOrder(int count) {
    EventOrder order =
        model.description().events()
            ? EventOrder.of(new int[] {0, count})
            : EventOrder.withoutEvents(count);
    return order.withPhases(phases);
  }

  /**
   * The intervals of a block of the events, as {@link DensityEncoder#intervals} gives them.
   *
   * @param symbols of the block
   * @param order of the block's rows
   * @param from the block's first row, of all that were added
   */
  public Intervals ofBlock(long[][] symbols, EventOrder order, int from) {
    return Intervals.unfilled(
        model, symbols, order, inOrder(starts, order, from), inOrder(ends, order, from));
  }

  private static int[][] inOrder(int[][] ofRows, EventOrder order, int from) {
    int[][] inOrder = new int[ofRows.length][order.count()];
    for (int column = 0; column < ofRows.length; column++) {
      for (int position = 0; position < order.count(); position++) {
        inOrder[column][position] = ofRows[column][from + order.row(position)];
      }
    }
    return inOrder;
  }

  /** Forgets all events. */
  public void clear() {
    rows = 0;
  }
}
