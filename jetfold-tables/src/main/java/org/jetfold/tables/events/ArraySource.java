package org.jetfold.tables.events;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.tables.format.LayoutOfFirstFile;
import org.jetfold.tables.format.SourceOptions;
import org.jspecify.annotations.Nullable;

/**
 * The table that named arrays make, the mirror image of {@link ArrayPlan}: {@code offsets} and
 * {@code COLLECTION_offsets} group the elements of others in events, {@code NAME_offsets} those of
 * the array NAME in lists within objects, {@code NAME_offsets_2} those in lists within these.
 * Arrays as long as a collection are its columns, first those that begin with its name; arrays as
 * long as the events are event values. Without offsets, the arrays of the most frequent length are
 * a flat table.
 */
public final class ArraySource implements TableSource {
  /** The collection of arrays that are grouped by {@code offsets}. */
  private static final String JETS = "jets";

  private static final long PIECE_VALUES = 1 << 22;

  /** The arrays behind a variable: offsets from the outermost in, then the values. */
  private record Chain(List<OffsetsArray> lists, NamedArray values) {}

  private final String name;
  private final Closeable file;
  private final List<NamedArray> arrays;
  private final SourceOptions options;
  private final @Nullable LayoutOfFirstFile first;
  private final Map<NamedArray, Long> before = new HashMap<>();
  private final Map<String, Chain> chains = new HashMap<>();
  private final EventLayout layout;
  private final long events;
  private final double valuesAnEvent;
  private long next;

  /**
   * Sorts the arrays.
   *
   * @param name the file's name, for messages
   * @param file closed with the source, as are the arrays
   * @param first another file of the same table, which says what is in which collection where
   *     lengths do not; null for none
   */
  public ArraySource(
      String name,
      Closeable file,
      List<NamedArray> arrays,
      SourceOptions options,
      @Nullable LayoutOfFirstFile first)
      throws IOException {
    this.first = first;
    this.name = name;
    this.file = file;
    this.arrays = List.copyOf(arrays);
    this.options = options;
    List<OffsetsArray> offsets = offsets(arrays);
    List<NamedArray> others = new ArrayList<>(arrays);
    offsets.forEach(lists -> others.remove(lists.array()));
    events = offsets.isEmpty() ? commonLength(others) : eventCount(offsets, others);
    layout = sort(offsets, others);
    if (layout.variables().isEmpty()) {
      throw new UnreadableTableException(name + ": holds no arrays of numbers that make a table");
    }
    double elements = layout.variables().size();
    for (Variable variable : layout.variables()) {
      long length = Objects.requireNonNull(chains.get(variable.name())).values().length();
      elements += (double) length / Math.max(1, events);
    }
    valuesAnEvent = elements;
  }

  /** Whether some arrays are offsets called after what they group. */
  public static boolean areGrouped(List<NamedArray> arrays) throws IOException {
    return offsets(arrays).stream().anyMatch(lists -> !lists.stem().isEmpty());
  }

  /** The arrays that have the name, the type and the values of offsets. */
  private static List<OffsetsArray> offsets(List<NamedArray> arrays) throws IOException {
    List<OffsetsArray> named = new ArrayList<>();
    for (NamedArray array : arrays) {
      boolean eventValue = array.collection() != null && array.collection().isEmpty();
      if (!eventValue && !array.column().type().isFloat() && array.length() > 0) {
        OffsetsArray lists = OffsetsArray.named(array);
        if (lists != null && lists.elements() >= 0) {
          named.add(lists);
        }
      }
    }
    named.sort(Comparator.comparingInt(OffsetsArray::level));
    List<OffsetsArray> offsets = new ArrayList<>();
    for (OffsetsArray lists : named) {
      if (arrays.stream().anyMatch(lists::mayGroup) || named.stream().anyMatch(lists::mayGroup)) {
        offsets.add(lists);
      }
    }
    return offsets;
  }

  private long commonLength(List<NamedArray> others) throws UnreadableTableException {
    Map<Long, Integer> counts = new HashMap<>();
    others.forEach(array -> counts.merge(array.length(), 1, Integer::sum));
    return counts.entrySet().stream()
        .max(Map.Entry.<Long, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey)
        .orElseThrow(() -> new UnreadableTableException(name + ": holds no 1-D arrays of numbers"));
  }

  /** Offsets of events are those called after no array, or whose file says so. */
  private static long eventCount(List<OffsetsArray> offsets, List<NamedArray> others) {
    for (OffsetsArray lists : offsets) {
      String collection = lists.array().collection();
      boolean ofEvents =
          collection != null
              ? lists.stem().isEmpty() || lists.stem().equals(collection)
              : others.stream().noneMatch(array -> array.name().equals(lists.stem()));
      if (ofEvents) {
        return lists.parents();
      }
    }
    return offsets.getFirst().parents();
  }

  private EventLayout sort(List<OffsetsArray> offsets, List<NamedArray> others) {
    Map<OffsetsArray, List<Variable>> members = new HashMap<>();
    List<OffsetsArray> collections = new ArrayList<>();
    for (OffsetsArray lists : offsets) {
      if (lists.parents() == events && !isWithin(lists, offsets, others)) {
        collections.add(lists);
        members.put(lists, new ArrayList<>());
      }
    }
    List<Variable> eventValues = new ArrayList<>();
    for (NamedArray array : others) {
      Chain chain = chain(array, offsets, collections);
      if (chain == null) {
        options.warn(
            "%s: array %s left out: its length %d is neither that of the events, %d, nor of a collection"
                .formatted(name, array.name(), array.length(), events));
        continue;
      }
      chains.put(array.name(), chain);
      Variable variable = new Variable(array.name(), array.column(), chain.lists().size());
      if (chain.lists().isEmpty()) {
        eventValues.add(variable);
      } else {
        Objects.requireNonNull(members.get(chain.lists().getFirst())).add(variable);
      }
    }
    List<EventLayout.Collection> made = new ArrayList<>();
    for (OffsetsArray lists : collections) {
      List<Variable> variables = Objects.requireNonNull(members.get(lists));
      if (!variables.isEmpty()) {
        made.add(new EventLayout.Collection(collectionName(lists), variables));
      }
    }
    return new EventLayout(eventValues, made);
  }

  /** Whether offsets are those of lists within the objects of a collection. */
  private static boolean isWithin(
      OffsetsArray lists, List<OffsetsArray> offsets, List<NamedArray> others) {
    if (lists.level() > 1) {
      return true;
    }
    String collection = lists.array().collection();
    if (collection != null) {
      return !lists.stem().isEmpty() && !lists.stem().equals(collection);
    }
    return others.stream().anyMatch(array -> array.name().equals(lists.stem()))
        && offsets.stream()
            .anyMatch(outer ->
                !outer.equals(lists)
                    && outer.elements() == lists.parents()
                    && (outer.stem().isEmpty() || OffsetsArray.begins(lists.stem(), outer.stem())));
  }

  private static String collectionName(OffsetsArray lists) {
    String told = lists.array().collection();
    return told != null && !told.isEmpty() ? told : lists.stem().isEmpty() ? JETS : lists.stem();
  }

  private @Nullable Chain chain(
      NamedArray array, List<OffsetsArray> offsets, List<OffsetsArray> collections) {
    if (collections.isEmpty()) {
      return array.length() == events ? new Chain(List.of(), array) : null;
    }
    String told = told(array);
    List<OffsetsArray> within = within(array, offsets, collections);
    if (!within.isEmpty()) {
      OffsetsArray outer = collection(array.name(), told, within.getFirst().parents(), collections);
      if (outer == null) {
        return null;
      }
      within.addFirst(outer);
      return new Chain(within, array);
    }
    if (told != null && told.isEmpty()) {
      return array.length() == events ? new Chain(List.of(), array) : null;
    }
    OffsetsArray named = collection(array.name(), told, array.length(), collections);
    if (named != null && (told != null || OffsetsArray.begins(array.name(), named.stem()))) {
      return new Chain(List.of(named), array);
    }
    if (array.length() == events && !(named != null && isBefore(array, named))) {
      return new Chain(List.of(), array);
    }
    return named == null ? null : new Chain(List.of(named), array);
  }

  /** The offsets of the lists within objects that an array holds, outermost first; maybe none. */
  private static List<OffsetsArray> within(
      NamedArray array, List<OffsetsArray> offsets, List<OffsetsArray> collections) {
    List<OffsetsArray> within = new ArrayList<>();
    for (OffsetsArray lists : offsets) {
      boolean next =
          within.isEmpty()
              ? lists.level() == 1 && !collections.contains(lists)
              : within.getLast().mayGroup(lists);
      if (next && lists.stem().equals(array.name())) {
        within.add(lists);
      }
    }
    boolean whole = !within.isEmpty() && within.getLast().elements() == array.length();
    return whole ? within : new ArrayList<>();
  }

  /**
   * Whether an array stands before plain offsets: where there are as many objects as events, those
   * are the objects' columns.
   */
  private boolean isBefore(NamedArray array, OffsetsArray lists) {
    return lists.stem().isEmpty() && arrays.indexOf(array) < arrays.indexOf(lists.array());
  }

  /** The collection that an array is in, empty for event values, where a file says it. */
  private @Nullable String told(NamedArray array) {
    if (array.collection() != null || first == null) {
      return array.collection();
    }
    Schema known = first.schema();
    for (int column = 0; column < known.columns().size(); column++) {
      if (known.columns().get(column).name().equals(array.column().name())) {
        int group = known.groupOf(column);
        while (group > 0 && known.parent(group) > 0) {
          group = known.parent(group);
        }
        return known.groups().get(group).name();
      }
    }
    return null;
  }

  /** The collection of so many objects that a name goes with best. */
  private static @Nullable OffsetsArray collection(
      String array, @Nullable String told, long objects, List<OffsetsArray> collections) {
    OffsetsArray best = null;
    for (OffsetsArray lists : collections) {
      if (lists.elements() != objects) {
        continue;
      }
      if (told != null
          ? collectionName(lists).equals(told)
          : OffsetsArray.begins(array, lists.stem())) {
        return lists;
      }
      best = best == null || lists.stem().isEmpty() ? lists : best;
    }
    return best;
  }

  @Override
  public Schema schema() {
    return layout.schema();
  }

  @Override
  public @Nullable Table next(int rows) throws IOException {
    if (next == events) {
      return null;
    }
    long most = (long) Math.clamp(PIECE_VALUES / valuesAnEvent, 1, Math.max(1, rows));
    int count = (int) Math.min(most, events - next);
    Map<OffsetsArray, int[]> read = new HashMap<>();
    List<VariableValues> values = new ArrayList<>();
    for (Variable variable : layout.variables()) {
      Chain chain = Objects.requireNonNull(chains.get(variable.name()));
      List<int[]> offsets = new ArrayList<>();
      int entries = count;
      for (OffsetsArray lists : chain.lists()) {
        int[] own = read.get(lists);
        if (own == null) {
          own = offsets(lists, entries);
          read.put(lists, own);
        }
        offsets.add(own);
        entries = own[own.length - 1];
      }
      values.add(new VariableValues(chain.values().read(entries), offsets));
    }
    Table table = layout.table(name, next, count, values);
    next += count;
    return table;
  }

  /** The next offsets of an array, from 0 on. */
  private int[] offsets(OffsetsArray lists, int entries) throws IOException {
    Long known = before.get(lists.array());
    long start = known == null ? first(lists) : known;
    long[] ends = ((ColumnValues.Integers) lists.array().read(entries)).values();
    int[] offsets = new int[entries + 1];
    for (int i = 0; i < entries; i++) {
      long offset = ends[i] - start;
      if (offset < offsets[i] || ends[i] > lists.elements() || offset > Integer.MAX_VALUE - 8) {
        throw new UnreadableTableException(
            "%s: array %s: %d follows %d, but offsets never fall and end at %d"
                .formatted(
                    name, lists.array().name(), ends[i], start + offsets[i], lists.elements()));
      }
      offsets[i + 1] = (int) offset;
    }
    before.put(lists.array(), start + offsets[entries]);
    return offsets;
  }

  private long first(OffsetsArray lists) throws IOException {
    long first = ((ColumnValues.Integers) lists.array().read(1)).values()[0];
    if (first != 0) {
      throw new UnreadableTableException(
          "%s: array %s begins with %d, but offsets begin with 0"
              .formatted(name, lists.array().name(), first));
    }
    return 0;
  }

  @Override
  public void close() throws IOException {
    try {
      for (NamedArray array : arrays) {
        array.close();
      }
    } finally {
      file.close();
    }
  }
}
