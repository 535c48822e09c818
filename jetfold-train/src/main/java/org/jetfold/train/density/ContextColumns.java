package org.jetfold.train.density;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jetfold.codec.density.ContextColumn;
import org.jetfold.codec.density.ModelDescription.ContextSample;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.train.UntrainableTableException;
import org.jetfold.train.sampling.ThinnedColumns;
import org.jspecify.annotations.Nullable;

/**
 * The columns that a model of a group may know of each row: those of the groups above, level by
 * level.
 *
 * @param schema of the table
 * @param group of the rows
 * @param levels numbers of columns, of the nearest group first
 */
record ContextColumns(Schema schema, int group, List<List<Integer>> levels) {
  /** More inputs cost more time than they save bits. */
  private static final int MAX_COLUMNS = 64;

  /** An integer with more different values than these is a number of something. */
  private static final int MAX_INTEGERS = 256;

  ContextColumns {
    levels = List.copyOf(levels);
  }

  /** All that can be known of a group's rows; precisions are those of all columns of the table. */
  static ContextColumns of(Schema schema, int group, List<Precision> precisions) {
    List<List<Integer>> levels = new ArrayList<>();
    int left = MAX_COLUMNS;
    for (int above = schema.parent(group); above >= 0; above = schema.parent(above)) {
      List<Integer> columns = new ArrayList<>();
      for (int i = 0; i < schema.groups().get(above).columns().size() && left > 0; i++) {
        int number = schema.firstColumn(above) + i;
        boolean isKey = schema.columns().get(number).eventKey();
        if (!isKey && !(precisions.get(number) instanceof Precision.Scaled)) {
          columns.add(number);
          left--;
        }
      }
      levels.add(columns);
    }
    return new ContextColumns(schema, group, levels);
  }

  /**
   * Those that a model knows.
   *
   * @throws UntrainableTableException where one is missing or of another type
   */
  static ContextColumns named(Schema schema, int group, List<ContextColumn> known) {
    List<List<Integer>> levels = new ArrayList<>();
    for (int above = schema.parent(group); above >= 0; above = schema.parent(above)) {
      levels.add(new ArrayList<>());
    }
    for (ContextColumn context : known) {
      int above = group;
      for (int level = 0; level < context.levels() && above >= 0; level++) {
        above = schema.parent(above);
      }
      int found = -1;
      for (int i = 0; above >= 0 && i < schema.groups().get(above).columns().size(); i++) {
        Column column = schema.columns().get(schema.firstColumn(above) + i);
        boolean isSame = column.name().equals(context.name()) && column.type() == context.type();
        found = isSame ? schema.firstColumn(above) + i : found;
      }
      if (found < 0) {
        throw new UntrainableTableException(
            "lacks %s, which the initial model knows of each row".formatted(context.name()));
      }
      levels.get(context.levels() - 1).add(found);
    }
    return new ContextColumns(schema, group, levels);
  }

  /** The values in a piece of the table, and the entries that its rows belong to. */
  List<ThinnedColumns.Level> of(Table piece) {
    List<ThinnedColumns.Level> above = new ArrayList<>();
    int[] entries = new int[piece.entries(group)];
    Arrays.setAll(entries, row -> row);
    int below = group;
    for (List<Integer> columns : levels) {
      int[] parents = parents(piece.offsets(below));
      int[] next = new int[entries.length];
      for (int row = 0; row < next.length; row++) {
        next[row] = parents[entries[row]];
      }
      entries = next;
      below = schema.parent(below);
      above.add(
          new ThinnedColumns.Level(
              piece.entries(below), entries, columns.stream().map(piece::values).toList()));
    }
    return above;
  }

  private static int[] parents(int[] starts) {
    int[] parents = new int[starts[starts.length - 1]];
    for (int parent = 0; parent + 1 < starts.length; parent++) {
      Arrays.fill(parents, starts[parent], starts[parent + 1], parent);
    }
    return parents;
  }

  /**
   * The contexts of all pieces.
   *
   * @param isChosen whether all columns are taken; otherwise those that may tell something
   */
  RowContexts joined(List<ThinnedColumns.Piece> pieces, boolean isChosen) {
    List<RowContexts.Level> joined = new ArrayList<>();
    for (int level = 0; level < levels.size(); level++) {
      int number = level;
      int rows = pieces.stream().mapToInt(ThinnedColumns.Piece::rows).sum();
      int[] entries = new int[rows];
      int at = 0;
      int before = 0;
      for (ThinnedColumns.Piece piece : pieces) {
        ThinnedColumns.Level above = piece.above().get(level);
        for (int row = 0; row < piece.rows(); row++) {
          entries[at++] = before + above.entries()[row];
        }
        before += above.count();
      }
      List<ContextSample> samples = new ArrayList<>();
      for (int i = 0; i < levels.get(level).size(); i++) {
        int column = i;
        List<ColumnValues> values =
            pieces.stream().map(piece -> piece.above().get(number).columns().get(column)).toList();
        ContextSample sample = sample(level, levels.get(level).get(i), values, before);
        if (sample != null && (isChosen || isTelling(sample))) {
          samples.add(sample);
        }
      }
      joined.add(new RowContexts.Level(entries, samples));
    }
    return new RowContexts(joined);
  }

  private @Nullable ContextSample sample(
      int level, int number, List<ColumnValues> values, int count) {
    if (count == 0) {
      return null;
    }
    Column column = schema.columns().get(number);
    long[] symbols = new long[count];
    int at = 0;
    for (ColumnValues piece : values) {
      long[] own = new long[piece.size()];
      ContextColumn.quantizer(column.type()).quantize(piece, 0, own.length, new byte[0], 0, own);
      System.arraycopy(own, 0, symbols, at, own.length);
      at += own.length;
    }
    return new ContextSample(level + 1, column.name(), column.type(), symbols);
  }

  private static boolean isTelling(ContextSample sample) {
    long different = Arrays.stream(sample.symbols()).distinct().limit(MAX_INTEGERS + 1L).count();
    return different > 1 && (sample.type().isFloat() || different <= MAX_INTEGERS);
  }
}
