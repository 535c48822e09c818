package org.jetfold.codec.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.IntFunction;
import org.jetfold.codec.density.Alphabet;
import org.jetfold.codec.density.ContextColumn;
import org.jetfold.codec.density.ContextSource;
import org.jetfold.codec.density.DensityModel;
import org.jetfold.codec.model.ModelException;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;

/**
 * The contexts of a density model in a table: values of the objects and events that its rows belong
 * to, the numbers of entries in their lists, and values of the first of these entries.
 *
 * @param model the model
 * @param schema of the table
 * @param group the group of the model's rows
 * @param known for each context of the model, where it is
 */
record DensityContexts(DensityModel model, Schema schema, int group, List<Known> known) {
  DensityContexts {
    known = List.copyOf(known);
  }

  /**
   * Where a context is.
   *
   * @param source what it is
   * @param object the group of the objects that rows belong to
   * @param list the group of their list; −1 without one
   * @param column its number in the table; −1 for a number of entries
   */
  record Known(ContextSource source, int object, int list, int column) {}

  /**
   * Finds a model's contexts.
   *
   * @throws ModelException where one is missing or of another type
   */
  static DensityContexts of(Schema schema, DensityModel model, int group) {
    List<Known> known = new ArrayList<>();
    for (ContextColumn context : model.description().contexts()) {
      known.add(find(schema, group, context.source()));
    }
    return new DensityContexts(model, schema, group, known);
  }

  private static Known find(Schema schema, int group, ContextSource source) {
    int object = group;
    for (int level = 0; level < source.levels() && object >= 0; level++) {
      object = schema.parent(object);
    }
    int list = source.list() == null || object < 0 ? -1 : list(schema, object, source.list());
    boolean isThere = object >= 0 && (source.list() == null || (list >= 0 && list != group));
    int column =
        source.isCount() || !isThere ? -1 : column(schema, list < 0 ? object : list, source.name());
    boolean hasType = column >= 0 && schema.columns().get(column).type() == source.type();
    if (!isThere || (!source.isCount() && !hasType)) {
      throw new ModelException(
          "the model knows %s%s of what has %s in a list, and the table has no such column: use a model that was trained on such tables"
              .formatted(
                  source.isCount() ? "the " : source.type() + " ", source, name(schema, group)));
    }
    return new Known(source, object, list, column);
  }

  private static String name(Schema schema, int group) {
    return group == 0 ? "its rows" : schema.path(group);
  }

  private static int list(Schema schema, int object, String name) {
    for (int list = 1; list < schema.groups().size(); list++) {
      if (schema.parent(list) == object && schema.groups().get(list).name().equals(name)) {
        return list;
      }
    }
    return -1;
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

  boolean isEmpty() {
    return known.isEmpty();
  }

  /** The columns, by their numbers in the table. */
  List<Integer> columns() {
    return known.stream().map(Known::column).filter(column -> column >= 0).distinct().toList();
  }

  /** The columns of entries of lists. */
  List<Integer> columnsOfLists() {
    return known.stream()
        .filter(each -> each.source().isEntry())
        .map(Known::column)
        .distinct()
        .toList();
  }

  /** The groups whose lists must be known, beside those that have the rows. */
  List<Integer> lists() {
    TreeSet<Integer> lists = new TreeSet<>();
    known.stream().map(Known::list).filter(list -> list >= 0).forEach(lists::add);
    return List.copyOf(lists);
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
   * @return for each context, each row's cell
   */
  char[][] cells(int rows, IntFunction<int[]> offsets, Restored restored) {
    Map<Integer, int[]> objects = new HashMap<>();
    Map<Integer, long[]> symbols = new HashMap<>();
    char[][] cells = new char[known.size()][];
    for (int context = 0; context < cells.length; context++) {
      Known each = known.get(context);
      Alphabet alphabet = model.contextAlphabets().get(context);
      char[] ofObjects;
      if (each.source().isCount()) {
        ofObjects = ofCounts(offsets.apply(each.list()), alphabet);
      } else {
        long[] ofColumn =
            symbols.computeIfAbsent(
                each.column(), column -> symbols(each.source(), restored.values(column)));
        ofObjects = new char[ofColumn.length];
        alphabet.cellsOf(ofColumn, ofColumn.length, ofObjects);
        if (each.source().isEntry()) {
          ofObjects = ofEntries(offsets.apply(each.list()), each.source().place(), ofObjects);
        }
      }
      int[] ofRows =
          objects.computeIfAbsent(each.object(), object -> entries(rows, object, offsets));
      cells[context] = new char[rows];
      for (int row = 0; row < rows; row++) {
        cells[context][row] = ofObjects[ofRows[row]];
      }
    }
    return cells;
  }

  private static long[] symbols(ContextSource source, ColumnValues values) {
    long[] symbols = new long[values.size()];
    source.quantizer().quantize(values, 0, symbols.length, new byte[0], 0, symbols);
    return symbols;
  }

  /** The cells of the numbers of entries. */
  private static char[] ofCounts(int[] starts, Alphabet alphabet) {
    long[] counts = new long[starts.length - 1];
    Arrays.setAll(counts, object -> starts[object + 1] - starts[object]);
    char[] cells = new char[counts.length];
    alphabet.cellsOf(counts, counts.length, cells);
    return cells;
  }

  /** Of each object, the cell of the entry at a place of its list. */
  private static char[] ofEntries(int[] starts, int place, char[] cells) {
    char[] ofObjects = new char[starts.length - 1];
    for (int object = 0; object < ofObjects.length; object++) {
      int entry = starts[object] + place - 1;
      ofObjects[object] = entry < starts[object + 1] ? cells[entry] : ContextColumn.MISSING;
    }
    return ofObjects;
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
        Arrays.fill(parents, starts[parent], starts[parent + 1], parent);
      }
      for (int row = 0; row < rows; row++) {
        entries[row] = parents[entries[row]];
      }
    }
    return entries;
  }
}
