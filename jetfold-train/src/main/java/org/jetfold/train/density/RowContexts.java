package org.jetfold.train.density;

import java.util.ArrayList;
import java.util.List;
import org.jetfold.codec.density.Alphabet;
import org.jetfold.codec.density.ModelDescription.ContextSample;

/**
 * What is known of rows before they are coded: columns of the objects and events that they belong
 * to.
 *
 * @param levels from the nearest on
 */
record RowContexts(List<Level> levels) {
  /** Nothing. */
  static final RowContexts NONE = new RowContexts(List.of());

  RowContexts {
    levels = List.copyOf(levels);
  }

  /**
   * Columns of one group.
   *
   * @param entries the entry that each row belongs to; not to be changed
   * @param columns with a symbol for each entry
   */
  record Level(int[] entries, List<ContextSample> columns) {
    Level {
      columns = List.copyOf(columns);
    }
  }

  /** All columns. */
  List<ContextSample> columns() {
    return levels.stream().flatMap(level -> level.columns().stream()).toList();
  }

  /** Those of some rows. */
  RowContexts select(int[] rows) {
    List<Level> selected = new ArrayList<>();
    for (Level level : levels) {
      int[] entries = new int[rows.length];
      for (int i = 0; i < rows.length; i++) {
        entries[i] = level.entries()[rows[i]];
      }
      selected.add(new Level(entries, level.columns()));
    }
    return new RowContexts(selected);
  }

  /**
   * For each column, each row's cell.
   *
   * @param alphabets one a column
   */
  char[][] cells(List<Alphabet> alphabets) {
    char[][] cells = new char[alphabets.size()][];
    int column = 0;
    for (Level level : levels) {
      for (ContextSample sample : level.columns()) {
        char[] above = new char[sample.symbols().length];
        alphabets.get(column).cellsOf(sample.symbols(), above.length, above);
        char[] ofRows = new char[level.entries().length];
        for (int row = 0; row < ofRows.length; row++) {
          ofRows[row] = above[level.entries()[row]];
        }
        cells[column++] = ofRows;
      }
    }
    return cells;
  }
}
