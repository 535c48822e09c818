package org.jetfold.tables.root;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.root.JaggedColumn;
import org.jetfold.root.RootColumn;
import org.jetfold.root.RootFile;
import org.jetfold.root.RootFormatException;
import org.jetfold.root.RootTree;
import org.jetfold.tables.SourceOptions;
import org.jetfold.tables.events.CollectionFinder;
import org.jetfold.tables.events.EventLayout;
import org.jetfold.tables.events.SelectiveSource;
import org.jetfold.tables.events.Variable;
import org.jetfold.tables.events.VariableValues;
import org.jspecify.annotations.Nullable;

/**
 * A tree or ntuple of a ROOT file, read piece by piece. Only the branches that are asked for are
 * read.
 */
public final class RootTableSource implements SelectiveSource {
  /** How many events from the beginning, the middle and the end say which lists belong together. */
  private static final int SAMPLE_EVENTS = 500;

  /**
   * Values in a piece. A branch is unpacked basket by basket, so pieces that end within baskets
   * cost time, but large ones memory.
   */
  private static final long PIECE_VALUES = 1 << 22;

  private final String name;
  private final RootFile file;
  private final RootTree tree;
  private final ColumnReaders readers;
  private final EventLayout layout;
  private final List<RootColumn> columns = new ArrayList<>();
  private final long[] boundaries;
  private double valuesAnEvent;
  private long next;

  private RootTableSource(
      String name, RootFile file, @Nullable String wanted, SourceOptions options)
      throws IOException {
    this.name = name;
    this.file = file;
    tree = TreeChoice.of(name, file, wanted, options.request());
    readers = new ColumnReaders(tree, options.threads());
    Map<Variable, RootColumn> readable = readable(options);
    if (readable.isEmpty()) {
      throw new UnreadableTableException(
          "%s: no branch of tree %s can be read ('jetfold list %s' says why)"
              .formatted(name, tree.name(), name));
    }
    CollectionFinder.Sample sample = variables -> lengths(columnsOf(variables, readable));
    layout =
        new CollectionFinder(name, List.copyOf(readable.keySet()), sample, options.warnings())
            .find(options.request());
    columns.addAll(columnsOf(layout.variables(), readable));
    boundaries = tree.boundaries();
    valuesAnEvent = Math.max(valuesAnEvent, columns.size());
  }

  /**
   * Opens a file.
   *
   * @param tree the name of a tree or ntuple, behind those of its folders; null for the only one
   *     that fits
   */
  public static RootTableSource open(
      Path path, @Nullable String tree, String name, SourceOptions options) throws IOException {
    try {
      RootFile file = RootFile.open(path);
      try {
        return new RootTableSource(name, file, tree, options);
      } catch (IOException | RuntimeException e) {
        file.close();
        throw e;
      }
    } catch (RootFormatException e) {
      throw unreadable(name, e);
    }
  }

  /** The same failure with the file's name as the user wrote it. */
  private static UnreadableTableException unreadable(String name, RootFormatException e) {
    String message = String.valueOf(e.getMessage());
    String place = e.file() + ": ";
    return new UnreadableTableException(
        name + ": " + (message.startsWith(place) ? message.substring(place.length()) : message), e);
  }

  private Map<Variable, RootColumn> readable(SourceOptions options) {
    Map<Variable, RootColumn> readable = new LinkedHashMap<>();
    Map<String, Integer> leftOut = new TreeMap<>();
    for (RootColumn column : tree.columns()) {
      if (column.isReadable()) {
        readable.put(
            new Variable(
                column.name(),
                Types.ofTables(Objects.requireNonNull(column.type())),
                column.depth()),
            column);
      } else if (options.request().isAll()) {
        leftOut.merge(String.valueOf(column.problem()), 1, Integer::sum);
      }
    }
    leftOut.forEach((problem, count) ->
        options.warnings().accept("%s: %d branches left out: %s".formatted(name, count, problem)));
    return readable;
  }

  private static List<RootColumn> columnsOf(
      List<Variable> variables, Map<Variable, RootColumn> readable) {
    return variables.stream().map(v -> Objects.requireNonNull(readable.get(v))).toList();
  }

  /** The lengths of outermost lists in a sample of the events; counts values on the way. */
  private List<int[]> lengths(List<RootColumn> lists) throws IOException {
    long entries = tree.entries();
    List<int[]> lengths = new ArrayList<>();
    lists.forEach(column -> lengths.add(new int[0]));
    long from = 0;
    for (long middle : new long[] {0, entries / 2, entries}) {
      long first = Math.max(from, Math.min(middle, entries - SAMPLE_EVENTS));
      long last = Math.min(entries, first + SAMPLE_EVENTS);
      if (first < last) {
        List<JaggedColumn> read = readers.read(lists, first, last);
        long values = 0;
        for (int i = 0; i < read.size(); i++) {
          values += read.get(i).values().size();
          lengths.set(i, appended(lengths.get(i), read.get(i).offsets().getFirst()));
        }
        valuesAnEvent = Math.max(valuesAnEvent, (double) values / (last - first));
        from = last;
      }
    }
    return lengths;
  }

  private static int[] appended(int[] lengths, int[] offsets) {
    int[] all = Arrays.copyOf(lengths, lengths.length + offsets.length - 1);
    for (int i = 0; i + 1 < offsets.length; i++) {
      all[lengths.length + i] = offsets[i + 1] - offsets[i];
    }
    return all;
  }

  @Override
  public Schema schema() {
    return layout.schema();
  }

  @Override
  public @Nullable Table next(int rows) throws IOException {
    if (next == tree.entries()) {
      return null;
    }
    long end = next + pieceEvents(rows);
    try {
      List<JaggedColumn> read = readers.read(columns, next, end);
      List<VariableValues> values = read.stream().map(Types::ofTables).toList();
      int events = (int) (end - next);
      long count = values.stream().mapToLong(v -> v.values().size()).sum();
      valuesAnEvent = Math.max(valuesAnEvent, (double) count / events);
      Table table = layout.table(name, next, events, values);
      next = end;
      return table;
    } catch (RootFormatException e) {
      throw unreadable(name, e);
    }
  }

  /**
   * The events of the next piece: to the boundary before what memory allows, or the first behind
   * it, where that is not much more.
   */
  private long pieceEvents(int rows) {
    long most = (long) Math.clamp(PIECE_VALUES / valuesAnEvent, 1, Math.max(1, rows));
    long end = next + most;
    int at = Arrays.binarySearch(boundaries, end);
    int before = at >= 0 ? at : -at - 2;
    if (before >= 0 && boundaries[before] > next) {
      return boundaries[before] - next;
    }
    return Math.min(end, tree.entries()) - next;
  }

  @Override
  public void close() throws IOException {
    try {
      readers.close();
    } finally {
      file.close();
    }
  }
}
