package org.jetfold.train.density;

import java.util.Arrays;
import org.jetfold.codec.density.Alphabet;
import org.jetfold.codec.density.ContextColumn;
import org.jetfold.codec.density.ContextSource;
import org.jetfold.codec.density.ModelDescription.ContextSample;
import org.jspecify.annotations.Nullable;

/**
 * Something that is known of objects, and so of the rows that belong to them.
 *
 * @param source where it comes from
 * @param symbols one for each object; not to be changed
 * @param missing which objects have no such entry in their list; null where each has it
 */
record KnownColumn(ContextSource source, long[] symbols, boolean @Nullable [] missing) {
  /** The cell of each object. */
  char[] cells(Alphabet alphabet) {
    char[] cells = new char[symbols.length];
    alphabet.cellsOf(symbols, cells.length, cells);
    for (int object = 0; object < cells.length; object++) {
      if (isMissing(object)) {
        cells[object] = ContextColumn.MISSING;
      }
    }
    return cells;
  }

  boolean isMissing(int object) {
    return missing != null && missing[object];
  }

  /** Those that are there, for a description; where none is, a zero. */
  ContextSample sample() {
    long[] there = new long[symbols.length];
    int count = 0;
    for (int object = 0; object < symbols.length; object++) {
      if (!isMissing(object)) {
        there[count++] = symbols[object];
      }
    }
    return new ContextSample(source, Arrays.copyOf(there, Math.max(1, count)));
  }
}
