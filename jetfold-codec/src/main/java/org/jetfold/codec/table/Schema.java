package org.jetfold.codec.table;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The shape of a table: a tree of groups, and its flat numbering.
 *
 * <p>The root group's entries are the rows of a flat table, or the events of an event table, whose
 * collections are the root's lists. Groups are numbered depth first, a group before its lists, the
 * root being 0; columns are numbered in the order of their groups. All of Jetfold speaks of groups
 * and columns by these numbers.
 *
 * <p>Immutable.
 */
public final class Schema {
  private final Group root;
  private final List<Group> groups = new ArrayList<>();
  private final List<Integer> parents = new ArrayList<>();
  private final List<Column> columns = new ArrayList<>();
  private final List<Integer> groupOfColumn = new ArrayList<>();
  private final List<Integer> firstColumns = new ArrayList<>();

  /**
   * Numbers the groups and columns below a root.
   *
   * @throws IllegalArgumentException where two columns of a group, or two lists of a group, have
   *     one name, or the root has a name
   */
  public Schema(Group root) {
    if (!root.name().isEmpty()) {
      throw new IllegalArgumentException(
          "the root group has no name, but here it is called " + root.name());
    }
    this.root = root;
    number(root, -1);
  }

  /** The schema of a flat table: an entry per row, no events. */
  public static Schema flat(List<Column> columns) {
    return new Schema(new Group("", columns, List.of()));
  }

  /** The schema of one collection grouped in events. */
  public static Schema events(List<Column> eventColumns, String collection, List<Column> columns) {
    return new Schema(
        new Group("", eventColumns, List.of(new Group(collection, columns, List.of()))));
  }

  private void number(Group group, int parent) {
    int index = groups.size();
    groups.add(group);
    parents.add(parent);
    firstColumns.add(columns.size());
    Set<String> names = new HashSet<>();
    for (Column column : group.columns()) {
      if (!names.add(column.name())) {
        throw new IllegalArgumentException("two columns are called " + column.name());
      }
      columns.add(column);
      groupOfColumn.add(index);
    }
    Set<String> listNames = new HashSet<>();
    for (Group list : group.lists()) {
      if (list.name().isEmpty()) {
        throw new IllegalArgumentException("a collection needs a name");
      }
      if (!listNames.add(list.name())) {
        throw new IllegalArgumentException("two collections are called " + list.name());
      }
      number(list, index);
    }
  }

  /** The root group: rows of a flat table, or events. */
  public Group root() {
    return root;
  }

  /** All groups, depth first, the root first. */
  public List<Group> groups() {
    return java.util.Collections.unmodifiableList(groups);
  }

  /** The number of the group that {@code group} is a list of; −1 for the root. */
  public int parent(int group) {
    return parents.get(group);
  }

  /** The names of the lists that lead to a group, with dots between; empty for the root. */
  public String path(int group) {
    if (group == 0) {
      return "";
    }
    String before = path(parent(group));
    return (before.isEmpty() ? "" : before + ".") + groups().get(group).name();
  }

  /** The number of the first group with a path; −1 where there is none. */
  public int group(String path) {
    for (int group = 0; group < groups().size(); group++) {
      if (path(group).equals(path)) {
        return group;
      }
    }
    return -1;
  }

  /** All columns in the order of their groups. */
  public List<Column> columns() {
    return java.util.Collections.unmodifiableList(columns);
  }

  /**
   * The number of a column.
   *
   * @param name its name, alone or with its collection's and a dot before it: {@code pt}, {@code
   *     jets.pt}
   * @throws UnknownColumnException where no column has that name, or several have
   */
  public int column(String name) {
    List<Integer> found = new ArrayList<>();
    for (int column = 0; column < columns.size(); column++) {
      String alone = columns.get(column).name();
      String collection = groups.get(groupOf(column)).name();
      if (name.equals(alone) || name.equals(collection + "." + alone)) {
        found.add(column);
      }
    }
    if (found.size() != 1) {
      throw new UnknownColumnException(
          found.isEmpty()
              ? "no column is called %s".formatted(name)
              : "%d columns are called %s: put the collection's name before it, as in jets.pt"
                  .formatted(found.size(), name));
    }
    return found.getFirst();
  }

  /** The number of the group that a column belongs to. */
  public int groupOf(int column) {
    return groupOfColumn.get(column);
  }

  /**
   * The number of the first column of a group (where the group has none, of the next one that has).
   */
  public int firstColumn(int group) {
    return firstColumns.get(group);
  }

  /** How deep its collections nest: 0 for a flat table, 1 for events. */
  public int depth() {
    int deepest = 0;
    for (int group = 0; group < parents.size(); group++) {
      int depth = 0;
      for (int above = parent(group); above >= 0; above = parent(above)) {
        depth++;
      }
      deepest = Math.max(deepest, depth);
    }
    return deepest;
  }

  /** True where the root's entries are events: it has at least one collection. */
  public boolean hasEvents() {
    return groups.size() > 1;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Schema schema && schema.root.equals(root);
  }

  @Override
  public int hashCode() {
    return root.hashCode();
  }

  @Override
  public String toString() {
    return "Schema[" + root + "]";
  }
}
