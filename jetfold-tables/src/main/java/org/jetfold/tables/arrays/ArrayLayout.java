package org.jetfold.tables.arrays;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.Group;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.tables.events.LeftOut;
import org.jetfold.tables.format.LayoutOfFirstFile;
import org.jetfold.tables.format.SourceOptions;
import org.jetfold.tables.rows.FreeName;
import org.jspecify.annotations.Nullable;

/**
 * Which of a file's arrays make which part of a table; the mirror image of {@link ArrayPlan}.
 *
 * <p>{@code offsets} and {@code COLLECTION_offsets} group the rows of others in events, {@code
 * NAME_offsets} those of the array NAME in lists within objects, {@code NAME_offsets_2} those in
 * lists within these. Arrays as long as a collection are its columns, first those that begin with
 * its name; arrays as long as the events are event values. Where there are as many objects as
 * events, arrays before {@code offsets} are columns and arrays behind it event values.
 *
 * <p>Without offsets, a flat table has as many rows as the first array with several numbers a row
 * (one called {@code jets} before others), or where there is none, as most arrays have.
 */
final class ArrayLayout {
  /** The collection of arrays that are grouped by {@code offsets} and say no other. */
  private static final String JETS = "jets";

  private final String file;
  private final List<NamedArray> arrays;
  private final SourceOptions options;
  private final @Nullable LayoutOfFirstFile first;
  private final LeftOut leftOut;
  private final List<OffsetsArray> offsets;
  private final List<NamedArray> others = new ArrayList<>();
  private final Node root = new Node("", null);
  private final long entries;

  /** Columns that an array gives a group: their numbers in the array, and as the table has them. */
  record Part(NamedArray array, List<Integer> numbers, List<Column> columns) {}

  /** A group of the table: the root, a collection, or a list within objects. */
  static final class Node {
    private String name;
    private final @Nullable OffsetsArray offsets;
    private final List<Part> parts = new ArrayList<>();
    private final List<Node> lists = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    private Node(String name, @Nullable OffsetsArray offsets) {
      this.name = name;
      this.offsets = offsets;
    }

    /** What groups its entries; null for the root. */
    @Nullable OffsetsArray offsets() {
      return offsets;
    }

    List<Part> parts() {
      return parts;
    }

    List<Node> lists() {
      return lists;
    }

    /** The group of the table's schema. */
    Group group() {
      return new Group(
          name,
          parts.stream().flatMap(part -> part.columns().stream()).toList(),
          lists.stream().map(Node::group).toList());
    }

    /**
     * Keeps some columns, by their numbers in the table, and the lists that hold any.
     *
     * @param number that of this group's first column
     * @return that of the next group's
     */
    int keep(Set<Integer> wanted, int number) {
      int next = number;
      List<Part> kept = new ArrayList<>();
      for (Part part : parts) {
        List<Integer> numbers = new ArrayList<>();
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < part.columns().size(); i++) {
          if (wanted.contains(next++)) {
            numbers.add(part.numbers().get(i));
            columns.add(part.columns().get(i));
          }
        }
        if (!numbers.isEmpty()) {
          kept.add(new Part(part.array(), numbers, columns));
        }
      }
      parts.clear();
      parts.addAll(kept);
      for (Node list : List.copyOf(lists)) {
        next = list.keep(wanted, next);
        if (list.parts.isEmpty() && list.lists.isEmpty()) {
          lists.remove(list);
        }
      }
      return next;
    }
  }

  /**
   * Sorts the arrays.
   *
   * @param file the file's name, for messages
   * @param first another file of the same table, which says what is in which collection where
   *     lengths do not; null for none
   * @param leftOut gets what has no place
   */
  ArrayLayout(
      String file,
      List<NamedArray> arrays,
      SourceOptions options,
      @Nullable LayoutOfFirstFile first,
      LeftOut leftOut)
      throws IOException {
    this.file = file;
    this.arrays = arrays;
    this.options = options;
    this.first = first;
    this.leftOut = leftOut;
    offsets = OffsetsArray.of(file, arrays);
    others.addAll(arrays);
    offsets.forEach(lists -> others.remove(lists.array()));
    // Columns of a table come before those that are arrays of their own.
    others.sort(Comparator.comparing(NamedArray::isVector));
    if (offsets.isEmpty()) {
      entries = flatRows();
      sortFlat();
    } else {
      entries = eventCount();
      sortEvents();
    }
    if (new Schema(root.group()).columns().isEmpty()) {
      throw leftOut.nothingLeft(file + ": holds no columns");
    }
  }

  /** The root of the table. */
  Node root() {
    return root;
  }

  /** The number of its rows, or events. */
  long entries() {
    return entries;
  }

  private long flatRows() throws IOException {
    NamedArray table =
        others.stream()
            .filter(array -> array.kind() == NamedArray.Kind.TABLE)
            .min(Comparator.comparing(array -> !array.name().equals(JETS)))
            .orElse(null);
    if (table != null) {
      return table.rows();
    }
    Map<Long, Integer> counts = new HashMap<>();
    others.forEach(array -> counts.merge(array.rows(), 1, Integer::sum));
    var most =
        counts.entrySet().stream()
            .max(
                Map.Entry.<Long, Integer>comparingByValue()
                    .thenComparing(Map.Entry.comparingByKey()));
    if (most.isEmpty()) {
      throw leftOut.nothingLeft(file + ": holds no table: no array of numbers");
    }
    return most.get().getKey();
  }

  private void sortFlat() {
    for (NamedArray array : others) {
      if (array.rows() == entries) {
        add(root, array);
      } else {
        leftOut.add(
            "array",
            array.name(),
            "its length %d is not that of the table, %d".formatted(array.rows(), entries));
      }
    }
  }

  /** Offsets of events are those called after no array, or whose file says so. */
  private long eventCount() {
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

  private void sortEvents() {
    Set<String> collections = new HashSet<>();
    for (OffsetsArray lists : offsets) {
      if (lists.parents() == entries && !isWithin(lists)) {
        root.lists.add(new Node(FreeName.of(collectionName(lists), collections), lists));
      }
    }
    for (NamedArray array : others) {
      Node node = place(array);
      if (node != null) {
        add(node, array);
        continue;
      }
      refuseTableOfOtherLength(array);
      leftOut.add("array", array.name(), "its length " + whyNoPlace(array));
    }
    // Offsets that group nothing are no collection, but for the only ones: their lengths count.
    root.lists.removeIf(node ->
        node.parts.isEmpty()
            && node.lists.isEmpty()
            && node.offsets != null
            && !node.offsets.stem().isEmpty());
    for (Node node : root.lists) {
      NamedArray table =
          node.parts.stream()
              .map(Part::array)
              .filter(array -> !array.isVector() && !array.name().isEmpty())
              .findFirst()
              .orElse(null);
      if (table != null && node.name.equals(JETS) && !table.name().equals(JETS)) {
        node.name = FreeName.of(table.name(), collections);
      }
    }
  }

  /** A table beside the only offsets must belong to them: otherwise all events would be wrong. */
  private void refuseTableOfOtherLength(NamedArray array) {
    OffsetsArray only = offsets.getFirst();
    if (!array.isVector()
        && offsets.size() == 1
        && only.stem().isEmpty()
        && options.request().isAll()
        && others.stream()
            .noneMatch(other -> !other.isVector() && other.rows() == only.elements())) {
      throw new UnreadableTableException(
          "%s: offsets ends at %d, but %s has %d rows: they do not belong together"
              .formatted(file, only.elements(), array.name(), array.rows()));
    }
  }

  private String whyNoPlace(NamedArray array) {
    return root.lists.size() == 1 && root.lists.getFirst().offsets != null
        ? "%d is neither that of the events, %d, nor of the rows, %d"
            .formatted(array.rows(), entries, root.lists.getFirst().offsets.elements())
        : "%d is neither that of the events, %d, nor of a collection"
            .formatted(array.rows(), entries);
  }

  private void add(Node node, NamedArray array) {
    List<Column> columns = new ArrayList<>();
    List<Integer> numbers = new ArrayList<>();
    for (Column column : array.columns()) {
      String name = column.name();
      if (node.names.contains(name) && !array.isVector()) {
        name = array.name() + "_" + name;
      }
      name = FreeName.of(name, node.names);
      if (!name.equals(column.name())) {
        options.warn(
            "%s: column %s of array %s is called %s, because another column has its name"
                .formatted(file, column.name(), array.name(), name));
      }
      numbers.add(numbers.size());
      columns.add(
          new Column(name, column.type(), column.unit(), column.integral(), column.eventKey()));
    }
    node.parts.add(new Part(array, numbers, columns));
  }

  /** Whether offsets are those of lists within the objects of a collection. */
  private boolean isWithin(OffsetsArray lists) {
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

  /** The group that an array belongs to; null where it has no place. */
  private @Nullable Node place(NamedArray array) {
    String told = told(array);
    List<OffsetsArray> within = within(array);
    if (!within.isEmpty()) {
      Node node = collection(array.name(), told, within.getFirst().parents());
      for (OffsetsArray lists : within) {
        if (node == null) {
          return null;
        }
        Node list = new Node(array.columns().getFirst().name(), lists);
        node.lists.add(list);
        node = list;
      }
      return node;
    }
    if (told != null && told.isEmpty()) {
      return array.rows() == entries ? root : null;
    }
    Node named = collection(array.name(), told, array.rows());
    if (named == null || named.offsets == null) {
      return array.rows() == entries ? root : null;
    }
    boolean ofObjects =
        told != null
            || OffsetsArray.begins(array.name(), named.offsets.stem())
            || array.rows() != entries
            || !array.isVector()
            || isBefore(array, named.offsets);
    return ofObjects ? named : root;
  }

  /** The offsets of the lists within objects that an array holds, outermost first; maybe none. */
  private List<OffsetsArray> within(NamedArray array) {
    List<OffsetsArray> within = new ArrayList<>();
    for (OffsetsArray lists : offsets) {
      boolean next =
          within.isEmpty()
              ? lists.level() == 1
                  && root.lists.stream().noneMatch(node -> lists.equals(node.offsets))
              : within.getLast().mayGroup(lists);
      if (next && lists.stem().equals(array.name())) {
        within.add(lists);
      }
    }
    boolean whole = !within.isEmpty() && within.getLast().elements() == array.rows();
    return whole ? within : List.of();
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
      if (known.columns().get(column).name().equals(array.columns().getFirst().name())) {
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
  private @Nullable Node collection(String array, @Nullable String told, long objects) {
    Node best = null;
    for (Node node : root.lists) {
      OffsetsArray lists = node.offsets;
      if (lists == null || lists.elements() != objects) {
        continue;
      }
      if (told != null ? node.name.equals(told) : OffsetsArray.begins(array, lists.stem())) {
        return node;
      }
      best = best == null || lists.stem().isEmpty() ? node : best;
    }
    return best;
  }
}
