package org.jetfold.tables.arrow;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jetfold.codec.table.ValueType;
import org.jetfold.tables.events.LeftOut;
import org.jetfold.tables.rows.FreeName;

/**
 * A column of numbers: the way to a field through records and lists.
 *
 * @param name that of the field, behind those of the records around it
 * @param path the fields from the top on
 * @param type the table's, which may hold missing values where the field's own cannot
 */
record ArrowColumn(String name, List<ArrowField> path, ValueType type) {
  /** Lists within lists deeper than these are a hostile file's. */
  private static final int MAX_LISTS = 16;

  /** Copies the path. */
  ArrowColumn {
    path = List.copyOf(path);
  }

  /** The columns that fields have, with different names. */
  static List<ArrowColumn> of(List<ArrowField> fields, LeftOut leftOut) {
    List<ArrowColumn> found = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).name().isEmpty()) {
        leftOut.add("column", String.valueOf(i + 1), "it has no name");
      } else {
        find(fields.get(i).name(), List.of(fields.get(i)), found, leftOut);
      }
    }
    Set<String> names = new HashSet<>();
    return found.stream()
        .map(column -> new ArrowColumn(FreeName.of(column.name, names), column.path, column.type))
        .toList();
  }

  private static void find(
      String name, List<ArrowField> path, List<ArrowColumn> found, LeftOut leftOut) {
    ArrowField field = path.getLast();
    switch (field.contents()) {
      case ArrowField.Other(String reason, boolean lost) -> {
        if (lost) {
          leftOut.addUnreadable("column", name, reason);
        } else {
          leftOut.add("column", name, reason);
        }
      }
      case ArrowField.Structure unused -> {
        for (ArrowField child : field.children()) {
          find(name + "." + child.name(), with(path, child), found, leftOut);
        }
      }
      case ArrowField.Lists unused -> findInLists(name, path, found, leftOut);
      case ArrowField.EqualLists unused -> findInLists(name, path, found, leftOut);
      default -> {
        ValueType type = Objects.requireNonNull(LeafValues.type(field.contents()));
        found.add(new ArrowColumn(name, path, type));
      }
    }
  }

  private static void findInLists(
      String name, List<ArrowField> path, List<ArrowColumn> found, LeftOut leftOut) {
    if (lists(path) > MAX_LISTS) {
      leftOut.add("column", name, "it holds more than %d lists of lists".formatted(MAX_LISTS));
    } else {
      find(name, with(path, path.getLast().children().getFirst()), found, leftOut);
    }
  }

  private static List<ArrowField> with(List<ArrowField> path, ArrowField child) {
    List<ArrowField> longer = new ArrayList<>(path);
    longer.add(child);
    return longer;
  }

  private static int lists(List<ArrowField> path) {
    return (int) path.stream().filter(ArrowField::isList).count();
  }

  /** How many lists are around its numbers. */
  int depth() {
    return lists(path);
  }

  /** What holds its numbers. */
  ArrowField leaf() {
    return path.getLast();
  }

  /** The fields that may say that a number is missing: a list that is missing has none. */
  List<ArrowField> tellMissing() {
    int last = path.size() - 1;
    while (last > 0 && !path.get(last - 1).isList()) {
      last--;
    }
    return path.subList(last, path.size());
  }

  /** The same read as float64, which can say that a value is missing. */
  ArrowColumn asFloat() {
    return new ArrowColumn(name, path, ValueType.FLOAT64);
  }
}
