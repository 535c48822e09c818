package org.jetfold.train.density;

import java.util.ArrayList;
import java.util.List;
import org.jetfold.codec.density.Alphabet;
import org.jetfold.codec.density.ModelDescription.ContextSample;

/**
 * What is known of rows before they are coded: of the objects and events that they belong to, and
 * of the lists of these.
 *
 * @param levels from the rows themselves on
 */
record RowContexts(List<Level> levels) {
  /** Nothing. */
  static final RowContexts NONE = new RowContexts(List.of());

  RowContexts {
    levels = List.copyOf(levels);
  }

  /**
   * What is known of the objects of one group.
   *
   * @param entries the object that each row belongs to; not to be changed
   * @param columns with a symbol for each object
   */
  record Level(int[] entries, List<KnownColumn> columns) {
    Level {
      columns = List.copyOf(columns);
    }
  }

  private record Placed(Level level, KnownColumn column) {}

  /** All columns, those of lists last, as models have them. */
  private List<Placed> placed() {
    List<Placed> placed = new ArrayList<>();
    for (boolean ofLists : new boolean[] {false, true}) {
      for (Level level : levels) {
        for (KnownColumn column : level.columns()) {
          if ((column.source().list() != null) == ofLists) {
            placed.add(new Placed(level, column));
          }
        }
      }
    }
    return placed;
  }

  /** All columns. */
  List<ContextSample> columns() {
    return placed().stream().map(placed -> placed.column().sample()).toList();
  }

  /** What the columns are called. */
  List<String> names() {
    return placed().stream().map(placed -> placed.column().source().toString()).toList();
  }

  /** The number of columns. */
  int size() {
    return levels.stream().mapToInt(level -> level.columns().size()).sum();
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
    List<Placed> placed = placed();
    char[][] cells = new char[alphabets.size()][];
    for (int column = 0; column < cells.length; column++) {
      int[] entries = placed.get(column).level().entries();
      char[] ofObjects = placed.get(column).column().cells(alphabets.get(column));
      cells[column] = new char[entries.length];
      for (int row = 0; row < entries.length; row++) {
        cells[column][row] = ofObjects[entries[row]];
      }
    }
    return cells;
  }
}
