package org.jetfold.codec.autoencoder;

/**
 * The order in which rows go through a network that remembers: first the first row of each event,
 * then the second of each event that has one, and so on. So rows of one wave do not wait for each
 * other. Immutable.
 */
final class RowWaves {
  private final int[] order;
  private final int[] ofEvents;
  private final int[] starts;
  private final int events;

  private RowWaves(int[] order, int[] ofEvents, int[] starts, int events) {
    this.order = order;
    this.ofEvents = ofEvents;
    this.starts = starts;
    this.events = events;
  }

  /** One wave of all rows. */
  static RowWaves none(int rows) {
    int[] order = new int[rows];
    for (int row = 0; row < rows; row++) {
      order[row] = row;
    }
    return new RowWaves(order, order, new int[] {0, rows}, rows);
  }

  /**
   * The waves of events.
   *
   * @param offsets for each event its first row, and last the number of rows
   */
  static RowWaves of(int[] offsets) {
    int events = offsets.length - 1;
    int longest = 0;
    for (int event = 0; event < events; event++) {
      longest = Math.max(longest, offsets[event + 1] - offsets[event]);
    }
    int[] starts = new int[longest + 1];
    for (int event = 0; event < events; event++) {
      for (int place = 0; place < offsets[event + 1] - offsets[event]; place++) {
        starts[place + 1]++;
      }
    }
    for (int place = 0; place < longest; place++) {
      starts[place + 1] += starts[place];
    }
    int[] next = starts.clone();
    int[] order = new int[offsets[events]];
    int[] ofEvents = new int[order.length];
    for (int event = 0; event < events; event++) {
      for (int row = offsets[event]; row < offsets[event + 1]; row++) {
        int position = next[row - offsets[event]]++;
        order[position] = row;
        ofEvents[position] = event;
      }
    }
    return new RowWaves(order, ofEvents, starts, events);
  }

  /** The number of waves. */
  int count() {
    return starts.length - 1;
  }

  /** The position in the order at which a wave starts; wave {@link #count} starts at the end. */
  int start(int wave) {
    return starts[wave];
  }

  /** The row at a position of the order. */
  int row(int position) {
    return order[position];
  }

  /** The event of the row at a position. */
  int event(int position) {
    return ofEvents[position];
  }

  /** The number of events. */
  int events() {
    return events;
  }
}
