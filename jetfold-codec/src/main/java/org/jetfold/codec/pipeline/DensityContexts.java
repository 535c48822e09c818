package org.jetfold.codec.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jetfold.codec.density.Alphabet;
import org.jetfold.codec.density.ContextColumn;
import org.jetfold.codec.density.DensityModel;
import org.jetfold.codec.model.ModelException;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;

/**
 * The context columns of a density model in a table: values of the objects and events that its rows
 * belong to. As they are of groups above, models never wait for each other.
 *
 * @param model the model
 * @param schema of the table
 * @param group the group of the model's rows
 * @param columns for each context column of the model, its number in the table
 */
record DensityContexts(DensityModel model, Schema schema, int group, List<Integer> columns) {
  DensityContexts {
    columns = List.copyOf(columns);
  }

  /**
   * Finds a model's context columns.
   *
   * @throws ModelException where one is missing or of another type
   */
  static DensityContexts of(Schema schema, DensityModel model, int group) {
    List<Integer> columns = new ArrayList<>();
    for (ContextColumn context : model.description().contexts()) {
      int above = group;
      for (int level = 0; level < context.levels() && above >= 0; level++) {
        above = schema.parent(above);
      }
      int column = above < 0 ? -1 : column(schema, above, context.name());
      if (column < 0 || schema.columns().get(column).type() != context.type()) {
        throw new ModelException(
            "the model knows %s %s of what has %s in a list, and the table has no such column: use a model that was trained on such tables"
                .formatted(context.type(), context.name(), name(schema, group)));
      }
      columns.add(column);
    }
    return new DensityContexts(model, schema, group, columns);
  }

  private static String name(Schema schema, int group) {
    return group == 0 ? "its rows" : schema.path(group);
  }

  private static int column(Schema schema, int group, String name) {
    List<Column> columns = schema.groups().get(group).columns();
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(name)) {
        return schema.firstColumn(group) + i;
      }
    }
    return -1;
  }

  /** Values that are restored, of all entries. */
  interface Restored {
    /** Those of a column. */
    ColumnValues values(int column);
  }

  /**
   * The cells of contexts.
   *
   * @param rows of the model's group
   * @param offsets where lists start in a group
   * @param restored the values of the context columns
   * @return for each context column, each row's cell
   */
  char[][] cells(int rows, IntFunction<int[]> offsets, Restored restored) {
    char[][] cells = new char[columns.size()][];
    for (int context = 0; context < cells.length; context++) {
      int column = columns.get(context);
      ColumnValues values = restored.values(column);
      long[] symbols = new long[values.size()];
      ContextColumn.quantizer(schema.columns().get(column).type())
          .quantize(values, 0, symbols.length, new byte[0], 0, symbols);
      char[] above = new char[symbols.length];
      Alphabet alphabet = model.contextAlphabets().get(context);
      alphabet.cellsOf(symbols, symbols.length, above);
      int[] entries = entries(rows, schema.groupOf(column), offsets);
      cells[context] = new char[rows];
      for (int row = 0; row < rows; row++) {
        cells[context][row] = above[entries[row]];
      }
    }
    return cells;
  }

  /** For each row, the entry of a group above that it belongs to. */
  private int[] entries(int rows, int above, IntFunction<int[]> offsets) {
    int[] entries = new int[rows];
    for (int row = 0; row < rows; row++) {
      entries[row] = row;
    }
    for (int below = group; below != above; below = schema.parent(below)) {
      int[] starts = offsets.apply(below);
      int[] parents = new int[starts[starts.length - 1]];
      for (int parent = 0; parent + 1 < starts.length; parent++) {
        for (int entry = starts[parent]; entry < starts[parent + 1]; entry++) {
          parents[entry] = parent;
        }
      }
      for (int row = 0; row < rows; row++) {
        entries[row] = parents[entries[row]];
      }
    }
    return entries;
  }
}
