package org.jetfold.tables.arrays;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.UnreadableTableException;

/**
 * An array of offsets: list i is the elements {@code offsets[i]} to before {@code offsets[i+1]} of
 * the arrays that it groups.
 *
 * @param stem what its name begins with; empty for {@code offsets}
 * @param level 1, or for lists within lists their number
 * @param elements how many elements it groups
 */
record OffsetsArray(NamedArray array, String stem, int level, long elements) {
  /** The name of the offsets of the only collection. */
  static final String OFFSETS = "offsets";

  /** Offsets of lists within lists have a number. */
  private static final Pattern NAME =
      Pattern.compile("(?:(.+)_)?" + OFFSETS + "(?:_([2-9]))?", Pattern.DOTALL);

  private static final int BLOCK = 1 << 16;

  /**
   * The arrays that have the name, the type and the values of offsets, those of outer lists first.
   *
   * @param file the file's name, for messages
   * @throws UnreadableTableException where the array called {@code offsets} holds none
   */
  static List<OffsetsArray> of(String file, List<NamedArray> arrays) throws IOException {
    List<OffsetsArray> named = new ArrayList<>();
    for (NamedArray array : arrays) {
      Matcher name = NAME.matcher(array.name());
      boolean eventValue = array.collection() != null && array.collection().isEmpty();
      if (eventValue || !name.matches()) {
        continue;
      }
      String reason = whyNot(array);
      long elements = reason.isEmpty() ? checkedElements(file, array) : -1;
      if (elements >= 0) {
        named.add(
            new OffsetsArray(
                array,
                name.group(1) == null ? "" : name.group(1),
                name.group(2) == null ? 1 : Integer.parseInt(name.group(2)),
                elements));
      } else if (!reason.isEmpty() && array.name().equals(OFFSETS)) {
        throw new UnreadableTableException("%s: array %s %s".formatted(file, OFFSETS, reason));
      }
    }
    named.sort(Comparator.comparingInt(OffsetsArray::level));
    List<OffsetsArray> offsets = new ArrayList<>();
    for (OffsetsArray lists : named) {
      if (lists.array.name().equals(OFFSETS)
          || arrays.stream().anyMatch(lists::mayGroup)
          || named.stream().anyMatch(lists::mayGroup)) {
        offsets.add(lists);
      }
    }
    return offsets;
  }

  /** Why an array cannot hold offsets, as the end of a sentence; empty where it can. */
  private static String whyNot(NamedArray array) {
    if (!array.isVector() || array.columns().getFirst().type().isFloat()) {
      return "must be a 1-D array of integers: event i is rows offsets[i] to before offsets[i+1]";
    }
    return array.rows() == 0 ? "is empty, but must hold at least a 0" : "";
  }

  /**
   * How many elements an array groups: its last element. −1 where it does not begin with 0, or
   * falls.
   *
   * @throws UnreadableTableException the same of the array called {@code offsets}
   */
  private static long checkedElements(String file, NamedArray array) throws IOException {
    try {
      return lastElement(file, array);
    } catch (UnreadableTableException e) {
      if (array.name().equals(OFFSETS)) {
        throw e;
      }
      // Damage is said where its values are asked for.
      return -1;
    }
  }

  private static long lastElement(String file, NamedArray array) throws IOException {
    long last = 0;
    try (RowReader rows = array.opener().open(List.of(0))) {
      for (long at = 0; at < array.rows(); at += BLOCK) {
        int count = (int) Math.min(BLOCK, array.rows() - at);
        long[] offsets = ((ColumnValues.Integers) rows.read(count).getFirst()).values();
        for (int i = 0; i < count; i++) {
          boolean first = at + i == 0;
          if (first ? offsets[i] != 0 : offsets[i] < last) {
            if (array.name().equals(OFFSETS)) {
              throw new UnreadableTableException(
                  "%s: array %s: its value %d is %d, but must be %s"
                      .formatted(
                          file, OFFSETS, at + i, offsets[i], first ? "0" : "at least " + last));
            }
            return -1;
          }
          last = offsets[i];
        }
      }
    }
    return last;
  }

  /** How many lists there are. */
  long parents() {
    return array.rows() - 1;
  }

  private boolean mayGroup(NamedArray other) {
    return other.rows() == elements
        && (level == 1 ? stem.isEmpty() || begins(other.name(), stem) : other.name().equals(stem));
  }

  /** Whether the others are of lists within these lists. */
  boolean mayGroup(OffsetsArray others) {
    return others.stem.equals(stem) && others.level == level + 1 && others.parents() == elements;
  }

  /** Whether a name is a stem, or goes on behind it with a separator. */
  static boolean begins(String name, String stem) {
    return name.startsWith(stem)
        && (name.length() == stem.length() || ".:_".indexOf(name.charAt(stem.length())) >= 0);
  }
}
