package org.jetfold.codec.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Some of a table's columns, with the groups that they belong to and those groups' parents, so that
 * the events stay whole.
 *
 * @param schema the shape of what is left
 * @param groups for each group of {@code schema}, its number in the whole table
 * @param columns for each column of {@code schema}, its number in the whole table
 */
public record Projection(Schema schema, List<Integer> groups, List<Integer> columns) {
  /** Copies the lists. */
  public Projection {
    groups = List.copyOf(groups);
    columns = List.copyOf(columns);
  }

  /** The columns of {@code whole} with the given numbers, in the whole table's order. */
  public static Projection of(Schema whole, Set<Integer> chosen) {
    List<Integer> groups = new ArrayList<>();
    List<Integer> columns = new ArrayList<>();
    Group root = reduced(whole, 0, chosen, groups, columns);
    return new Projection(new Schema(root), groups, columns);
  }

  /**
   * The columns of {@code whole} with the given names, in the whole table's order.
   *
   * @param names as {@link Schema#column} knows them
   * @throws UnknownColumnException where there is no such column
   */
  public static Projection of(Schema whole, List<String> names) {
    return of(whole, names.stream().map(whole::column).collect(Collectors.toSet()));
  }

  /** Every column. */
  public static Projection all(Schema whole) {
    return new Projection(whole, numbers(whole.groups().size()), numbers(whole.columns().size()));
  }

  private static List<Integer> numbers(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  private static Group reduced(
      Schema whole, int group, Set<Integer> chosen, List<Integer> groups, List<Integer> columns) {
    Group described = whole.groups().get(group);
    groups.add(group);
    List<Column> kept = new ArrayList<>();
    for (int i = 0; i < described.columns().size(); i++) {
      int column = whole.firstColumn(group) + i;
      if (chosen.contains(column)) {
        kept.add(described.columns().get(i));
        columns.add(column);
      }
    }
    List<Group> lists = new ArrayList<>();
    for (int child = group + 1; child < whole.groups().size(); child++) {
      if (whole.parent(child) == group && holds(whole, child, chosen)) {
        lists.add(reduced(whole, child, chosen, groups, columns));
      }
    }
    return new Group(described.name(), kept, lists);
  }

  private static boolean holds(Schema whole, int group, Set<Integer> chosen) {
    for (int column : chosen) {
      int owner = whole.groupOf(column);
      while (owner > group) {
        owner = whole.parent(owner);
      }
      if (owner == group) {
        return true;
      }
    }
    return false;
  }
}
