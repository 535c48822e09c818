package org.jetfold.codec.autoencoder;

/**
 * Which consecutive jets form one input of a network. Immutable.
 *
 * @param starts for each row of the network its first jet, and last the number of jets
 * @param events for each event its first row, and last the number of rows
 */
public record InputRows(int[] starts, int[] events) {
  /** Each jet by itself, as if it were an event of its own. */
  public static InputRows single(int jets) {
    int[] starts = new int[jets + 1];
    for (int i = 0; i <= jets; i++) {
      starts[i] = i;
    }
    return new InputRows(starts, starts);
  }

  /**
   * Up to {@code together} jets of an event in each row, the last row of an event with what is
   * left.
   *
   * @param offsets where in the jets each event starts, and last their number
   */
  public static InputRows ofEvents(int[] offsets, int together) {
    int[] events = new int[offsets.length];
    for (int event = 0; event + 1 < offsets.length; event++) {
      int jets = offsets[event + 1] - offsets[event];
      events[event + 1] = events[event] + (jets + together - 1) / together;
    }
    int[] starts = new int[events[events.length - 1] + 1];
    int row = 0;
    for (int event = 0; event + 1 < offsets.length; event++) {
      for (int jet = offsets[event]; jet < offsets[event + 1]; jet += together) {
        starts[row++] = jet;
      }
    }
    starts[row] = offsets[offsets.length - 1];
    return new InputRows(starts, events);
  }

  /** The number of rows. */
  public int count() {
    return starts.length - 1;
  }

  /** The number of jets. */
  public int jets() {
    return starts[starts.length - 1];
  }

  /** How many jets a row has. */
  public int size(int row) {
    return starts[row + 1] - starts[row];
  }
}
