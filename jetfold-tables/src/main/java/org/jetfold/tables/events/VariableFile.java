package org.jetfold.tables.events;

import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** A file that keeps each variable of its events by itself. Not thread-safe. */
public interface VariableFile extends Closeable {
  /** What the file has, with different names. */
  List<Variable> variables();

  /** The number of events, or of rows where no variable has lists. */
  long events();

  /**
   * The lengths of variables' outermost lists in the first events.
   *
   * @param lists variables that have some
   * @param events how many, at most as many as there are
   */
  List<int[]> lengths(List<Variable> lists, int events) throws IOException;

  /** Reads some variables from the first event on. */
  Cursor open(List<Variable> variables) throws IOException;

  /** Variables that are read from front to back. */
  interface Cursor extends Closeable {
    /**
     * The values in the next events, of which there must be so many, in the order of the variables.
     */
    List<VariableValues> read(int events) throws IOException;

    /** The lengths of the outermost lists in the next events. */
    default List<int[]> lengths(int events) throws IOException {
      return read(events).stream()
          .map(values -> {
            int[] offsets = values.offsets().getFirst();
            int[] lengths = new int[events];
            Arrays.setAll(lengths, i -> offsets[i + 1] - offsets[i]);
            return lengths;
          })
          .toList();
    }
  }
}
