package org.jetfold.codec.comparison;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jetfold.codec.precision.QualifiedColumn;
import org.jetfold.codec.table.Schema;

/**
 * Which columns and lists of a table are those of another, one-to-one, by their names. Immutable.
 *
 * <p>Names are compared with their collection's first, then in the form that an RNTuple gives them,
 * where dots are underscores, and then alone: another format may not have kept the collection's
 * name. Columns of one list are those of one list in the other table, at the same depth. Types,
 * units and marks do not count.
 */
public final class ColumnMatch {
  private static final int NONE = -1;

  private final Schema schema;
  private final Schema other;
  private final List<QualifiedColumn> names;
  private final List<QualifiedColumn> otherNames;
  private final int[] columns;
  private final int[] groups;
  private final int[] columnsBack;
  private final int[] groupsBack;

  /**
   * Finds for the columns and lists of a table those of another.
   *
   * @param other the table in which they are looked for
   */
  public ColumnMatch(Schema schema, Schema other) {
    this.schema = schema;
    this.other = other;
    names = QualifiedColumn.all(schema);
    otherNames = QualifiedColumn.all(other);
    columns = none(names.size());
    groups = none(schema.groups().size());
    columnsBack = none(otherNames.size());
    groupsBack = none(other.groups().size());
    groups[0] = 0;
    groupsBack[0] = 0;
    matchBy(QualifiedColumn::path);
    matchBy(column -> withoutDots(column.path()));
    matchBy(column -> column.column().name());
    matchEmptyLists();
  }

  private static int[] none(int size) {
    int[] none = new int[size];
    Arrays.fill(none, NONE);
    return none;
  }

  private static String withoutDots(String name) {
    return name.replace('.', '_');
  }

  private void matchBy(Function<QualifiedColumn, String> key) {
    Map<String, List<Integer>> candidates = new HashMap<>();
    for (int column = 0; column < columnsBack.length; column++) {
      if (columnsBack[column] == NONE) {
        candidates
            .computeIfAbsent(key.apply(otherNames.get(column)), unused -> new ArrayList<>())
            .add(column);
      }
    }
    for (int column = 0; column < columns.length; column++) {
      for (int found : candidates.getOrDefault(key.apply(names.get(column)), List.of())) {
        if (columns[column] == NONE
            && columnsBack[found] == NONE
            && canMatch(schema.groupOf(column), other.groupOf(found))) {
          columns[column] = found;
          columnsBack[found] = column;
          matchGroups(schema.groupOf(column), other.groupOf(found));
        }
      }
    }
  }

  /** Whether two groups belong together, or neither has a partner yet and the lists around do. */
  private boolean canMatch(int group, int found) {
    return groups[group] == found
        || (groups[group] == NONE
            && groupsBack[found] == NONE
            && canMatch(schema.parent(group), other.parent(found)));
  }

  private void matchGroups(int group, int found) {
    if (groups[group] == NONE) {
      groups[group] = found;
      groupsBack[found] = group;
      matchGroups(schema.parent(group), other.parent(found));
    }
  }

  /** A list without columns is known by its name, or by being the only such list. */
  private void matchEmptyLists() {
    for (boolean named : new boolean[] {true, false}) {
      for (int group = 1; group < groups.length; group++) {
        for (int found = 1; found < groupsBack.length; found++) {
          boolean alike =
              named
                  ? withoutDots(name(schema, group)).equals(withoutDots(name(other, found)))
                  : schema.groups().get(group).columns().isEmpty()
                      && other.groups().get(found).columns().isEmpty();
          if (alike && groups[group] == NONE && canMatch(group, found)) {
            matchGroups(group, found);
          }
        }
      }
    }
  }

  private static String name(Schema schema, int group) {
    return schema.groups().get(group).name();
  }

  /** The number that a column has in the other table; −1 where it is not there. */
  public int column(int column) {
    return columns[column];
  }

  /** The number that a group has in the other table; −1 where it is not there. */
  public int group(int group) {
    return groups[group];
  }

  /** The columns that the other table lacks. */
  public List<QualifiedColumn> missing() {
    return unmatched(names, columns);
  }

  /** The other table's columns that this table lacks. */
  public List<QualifiedColumn> added() {
    return unmatched(otherNames, columnsBack);
  }

  private static List<QualifiedColumn> unmatched(List<QualifiedColumn> names, int[] partners) {
    List<QualifiedColumn> unmatched = new ArrayList<>();
    for (int column = 0; column < partners.length; column++) {
      if (partners[column] == NONE) {
        unmatched.add(names.get(column));
      }
    }
    return unmatched;
  }

  /** The names of lists that the other table lacks. */
  public List<String> missingLists() {
    return unmatchedLists(schema, groups);
  }

  /** The names of the other table's lists that this table lacks. */
  public List<String> addedLists() {
    return unmatchedLists(other, groupsBack);
  }

  private static List<String> unmatchedLists(Schema schema, int[] partners) {
    List<String> unmatched = new ArrayList<>();
    for (int group = 1; group < partners.length; group++) {
      if (partners[group] == NONE) {
        unmatched.add(name(schema, group));
      }
    }
    return unmatched;
  }
}
