package org.jetfold.codec.density;

import org.jspecify.annotations.Nullable;

/**
 * The order in which the rows of a block are coded: all first rows of events, then all second ones,
 * and so on. So the rows before a row are known, and rows of the same place can be decoded side by
 * side. Without events, rows are coded as they stand. Immutable.
 */
public final class EventOrder {
  private static final float PHASES = 256;

  private final int[] rows;
  private final int[] leading;
  private final int[] places;
  private final int[] sizes;
  private final int[] waves;

  /** The phase of each row; null where nothing is dithered. */
  private final byte @Nullable [] phases;

  /** For each context column, each row's cell. */
  private final char[][] contexts;

  private EventOrder(
      int[] rows,
      int[] leading,
      int[] places,
      int[] sizes,
      int[] waves,
      byte @Nullable [] phases,
      char[][] contexts) {
    this.rows = rows;
    this.leading = leading;
    this.places = places;
    this.sizes = sizes;
    this.waves = waves;
    this.phases = phases;
    this.contexts = contexts;
  }

  /** The order of {@code count} rows without events. */
  public static EventOrder withoutEvents(int count) {
    int[] rows = new int[count];
    for (int row = 0; row < count; row++) {
      rows[row] = row;
    }
    return new EventOrder(
        rows, rows, new int[count], new int[count], new int[] {0, count}, null, new char[0][]);
  }

  /**
   * The order of the rows of events.
   *
   * @param offsets where in the rows each event starts, and last where the last ends; the first is
   *     0
   */
  public static EventOrder of(int[] offsets) {
    int events = offsets.length - 1;
    int count = offsets[events];
    int longest = 0;
    for (int event = 0; event < events; event++) {
      longest = Math.max(longest, offsets[event + 1] - offsets[event]);
    }
    int[] waves = new int[longest + 1];
    for (int event = 0; event < events; event++) {
      for (int place = 0; place < offsets[event + 1] - offsets[event]; place++) {
        waves[place + 1]++;
      }
    }
    for (int place = 0; place < longest; place++) {
      waves[place + 1] += waves[place];
    }
    int[] next = waves.clone();
    int[] rows = new int[count];
    int[] leading = new int[count];
    int[] places = new int[count];
    int[] sizes = new int[count];
    for (int event = 0; event < events; event++) {
      for (int row = offsets[event]; row < offsets[event + 1]; row++) {
        int place = row - offsets[event];
        rows[next[place]++] = row;
        leading[row] = offsets[event];
        places[row] = place;
        sizes[row] = offsets[event + 1] - offsets[event];
      }
    }
    return new EventOrder(rows, leading, places, sizes, waves, null, new char[0][]);
  }

  /**
   * The same rows in events with phases.
   *
   * @param ofRows the phase of each row, an unsigned byte, equal within an event; not copied
   */
  public EventOrder withPhases(byte[] ofRows) {
    return new EventOrder(rows, leading, places, sizes, waves, ofRows, contexts);
  }

  /**
   * The same rows with what is known of them before.
   *
   * @param ofRows for each context column of the model, each row's cell; not copied
   */
  public EventOrder withContexts(char[][] ofRows) {
    return new EventOrder(rows, leading, places, sizes, waves, phases, ofRows);
  }

  /**
   * The same events, of which some rows are looked at in any order: for training, which knows all
   * rows and needs no waves.
   *
   * @param chosen the rows, one for each position
   */
  public EventOrder looking(int[] chosen) {
    return new EventOrder(
        chosen.clone(), leading, places, sizes, new int[] {0, chosen.length}, phases, contexts);
  }

  /** The number of rows. */
  public int count() {
    return rows.length;
  }

  /**
   * How many waves there are: rows of the same place in their events, none depending on another.
   */
  public int waves() {
    return waves.length - 1;
  }

  /** The position in the order at which a wave starts; wave {@link #waves} starts at the end. */
  public int waveStart(int wave) {
    return waves[wave];
  }

  /** The row that is coded at a position. */
  public int row(int position) {
    return rows[position];
  }

  /** The first row of a row's event. */
  public int leading(int row) {
    return leading[row];
  }

  /** How many rows of its event stand before a row. */
  public int place(int row) {
    return places[row];
  }

  /** A row's phase in units of 256: from 0 to before 1. */
  public float shift(int row) {
    return phases == null ? 0 : (phases[row] & 0xFF) / PHASES;
  }

  /** A row's cell of a context column. */
  int context(int column, int row) {
    return contexts[column][row];
  }

  /** How many rows a row's event has; 0 without events. */
  public int eventSize(int row) {
    return sizes[row];
  }
}
