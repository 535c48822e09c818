package org.jetfold.root.shape;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jetfold.root.RootColumn;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a tree by name, each with where it comes from. Not thread-safe while columns are
 * added.
 *
 * @param <T> where a column comes from
 */
public final class ColumnIndex<T> {
  private record Place<T>(RootColumn column, T origin) {}

  private final String tree;
  private final Map<String, Place<T>> places = new LinkedHashMap<>();

  /** No columns of a tree yet. */
  public ColumnIndex(String tree) {
    this.tree = tree;
  }

  /** A name, or the first of {@code name#2}, {@code name#3}… that no column has. */
  public String free(String name) {
    String free = name;
    for (int i = 2; places.containsKey(free); i++) {
      free = name + "#" + i;
    }
    return free;
  }

  /** Adds a column with a free name. */
  public void add(RootColumn column, T origin) {
    places.put(column.name(), new Place<>(column, origin));
  }

  /** All columns, in the order in which they were added. */
  public List<RootColumn> columns() {
    return places.values().stream().map(Place::column).toList();
  }

  /** The column of a name; null where there is none. */
  public @Nullable RootColumn column(String name) {
    Place<T> place = places.get(name);
    return place == null ? null : place.column();
  }

  /**
   * Where a column comes from.
   *
   * @throws IllegalArgumentException if the tree has no such column
   */
  public T origin(RootColumn column) {
    Place<T> place = places.get(column.name());
    if (place == null || !place.column().equals(column)) {
      throw new IllegalArgumentException("tree %s has no column %s".formatted(tree, column.name()));
    }
    return place.origin();
  }

  /**
   * Checks what is asked for.
   *
   * @throws IllegalArgumentException if the tree has no such readable columns or no such entries
   */
  public void check(List<RootColumn> columns, long first, long last, long entries) {
    if (first < 0 || last < first || last > entries || last - first > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "entries %d to %d of tree %s, which has %d".formatted(first, last, tree, entries));
    }
    for (RootColumn column : columns) {
      origin(column);
      if (!column.isReadable()) {
        throw new IllegalArgumentException(
            "column %s cannot be read: %s".formatted(column.name(), column.problem()));
      }
    }
  }
}
