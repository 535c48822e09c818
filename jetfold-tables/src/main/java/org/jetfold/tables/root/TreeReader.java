package org.jetfold.tables.root;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.root.JaggedColumn;
import org.jetfold.root.RootColumn;
import org.jetfold.root.RootException;
import org.jetfold.root.RootFile;
import org.jetfold.root.RootTree;
import org.jetfold.tables.events.CollectionFinder;
import org.jetfold.tables.events.EventLayout;
import org.jetfold.tables.events.Variable;
import org.jetfold.tables.events.VariableValues;
import org.jetfold.tables.format.EntryRange;
import org.jetfold.tables.format.SourceOptions;
import org.jspecify.annotations.Nullable;

/** A tree of one file, read piece by piece. Not thread-safe. */
final class TreeReader implements Closeable {
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
  private final ParallelColumns branches;
  private List<RootColumn> columns = List.of();
  private double valuesAnEvent;
  private final long first;
  private final long end;
  private long next;

  private TreeReader(String name, RootFile file, @Nullable String tree, SourceOptions options)
      throws IOException {
    this.name = name;
    this.file = file;
    this.tree = TreeSelector.of(name, file, tree, options.request());
    branches = new ParallelColumns(this.tree, options.threads());
    EntryRange part = options.entries();
    first = part == null ? 0 : part.first();
    next = first;
    end = part == null ? this.tree.entries() : part.end();
    if (end > this.tree.entries()) {
      branches.close();
      throw new UnreadableTableException(
          "%s: has no events %d to %d; it has %d"
              .formatted(name, first, end - 1, this.tree.entries()));
    }
  }

  /** Opens a file; nothing of the tree is read yet. */
  static TreeReader open(String name, Path path, @Nullable String tree, SourceOptions options)
      throws IOException {
    try {
      RootFile file = RootFile.open(path);
      try {
        return new TreeReader(name, file, tree, options);
      } catch (IOException | RuntimeException e) {
        file.close();
        throw e;
      }
    } catch (RootException e) {
      throw unreadable(name, e);
    }
  }

  /** The same failure with the file's name as the user wrote it. */
  private static UnreadableTableException unreadable(String name, RootException e) {
    return new UnreadableTableException(name + ": " + e.detail(), e);
  }

  /** The tree's name. */
  String tree() {
    return tree.name();
  }

  /** How many events are read in all. */
  long events() {
    return end - first;
  }

  /** All events, divided where it is cheap to begin reading into about so many parts. */
  List<EntryRange> parts(long count) {
    long entries = tree.entries();
    long most = Math.max(1, entries / count);
    List<EntryRange> parts = new ArrayList<>();
    for (long first = 0; first < entries; first = parts.getLast().end()) {
      parts.add(new EntryRange(first, boundary(first, most)));
    }
    return parts;
  }

  /** The boundary that is nearest to so many entries behind a first one, and behind it. */
  private long boundary(long first, long most) {
    long[] boundaries = tree.boundaries();
    int at = Arrays.binarySearch(boundaries, first + most);
    int after = at >= 0 ? at : -at - 1;
    if (after >= boundaries.length) {
      return tree.entries();
    }
    long before = after == 0 ? 0 : boundaries[after - 1];
    boolean isNearer = before > first && first + most - before < boundaries[after] - first - most;
    return isNearer ? before : boundaries[after];
  }

  /** About how many values an event has, as far as is known yet. */
  double valuesAnEvent() {
    return valuesAnEvent;
  }

  /**
   * Finds out which table the tree is, and begins to read it.
   *
   * @param first another file whose layout counts; null for none
   */
  EventLayout find(SourceOptions options, @Nullable TreeLayout first) throws IOException {
    Map<Variable, RootColumn> readable = new LinkedHashMap<>();
    CollectionFinder.Sample sample = variables -> lengths(columnsOf(variables, readable));
    try {
      ReadableBranches.of(name, tree, branches, options)
          .forEach(column -> readable.put(variable(column), column));
      List<Variable> all = List.copyOf(readable.keySet());
      List<Variable> asked = CollectionFinder.asked(options.request(), all);
      EventLayout known = first == null ? null : first.events();
      EventLayout layout =
          known == null || asked.isEmpty()
              ? new CollectionFinder(name, all, sample, options).find()
              : known.following(asked);
      columns = columnsOf(layout.variables(), readable);
      double expected = first == null ? 0 : first.valuesAnEvent();
      valuesAnEvent = Math.max(valuesAnEvent, Math.max(expected, columns.size()));
      return layout;
    } catch (RootException e) {
      throw unreadable(name, e);
    }
  }

  private static Variable variable(RootColumn column) {
    return new Variable(
        column.name(), RootTypes.ofTables(Objects.requireNonNull(column.type())), column.depth());
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
        List<JaggedColumn> read = branches.read(lists, first, last);
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

  /** The next piece; null at the end of the tree. */
  @Nullable Table next(EventLayout layout, int rows) throws IOException {
    if (next == end) {
      return null;
    }
    long pieceEnd = Math.min(end, next + pieceEvents(rows));
    try {
      List<JaggedColumn> read = branches.read(columns, next, pieceEnd);
      List<VariableValues> values = read.stream().map(RootTypes::ofTables).toList();
      int events = (int) (pieceEnd - next);
      long count = values.stream().mapToLong(v -> v.values().size()).sum();
      valuesAnEvent = Math.max(valuesAnEvent, (double) count / events);
      Table table = layout.table(name, next, events, values);
      next = pieceEnd;
      return table;
    } catch (RootException e) {
      throw unreadable(name, e);
    }
  }

  /**
   * The events of the next piece: to the last boundary before what memory allows, where there is
   * one.
   */
  private long pieceEvents(int rows) {
    long most = (long) Math.clamp(PIECE_VALUES / valuesAnEvent, 1, Math.max(1, rows));
    return tree.pieceEnd(next, most) - next;
  }

  @Override
  public void close() throws IOException {
    try {
      branches.close();
    } finally {
      file.close();
    }
  }
}
