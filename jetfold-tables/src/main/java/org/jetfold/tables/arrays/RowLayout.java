package org.jetfold.tables.arrays;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where the numbers of an array's row are, and what their columns are called.
 *
 * <p>The same rules for every format: a row of one number is one column; a row of several is a
 * column each, called {@code NAME_0}, {@code NAME_1}, … ({@code NAME_0_0} where rows have two
 * dimensions); a record is a column a field.
 *
 * @param slots the numbers
 * @param bytes bytes from one row to the next
 */
public record RowLayout(List<Slot> slots, int bytes) {
  /** More columns than this mean rows and columns mixed up, or a hostile header. */
  public static final int MAX_COLUMNS = 1 << 16;

  /** A longer row in bytes is none that a table has. */
  public static final int MAX_BYTES = 1 << 20;

  /**
   * A number in a row.
   *
   * @param name its column's name
   * @param element how it is stored
   * @param at where in the row it starts, in bytes
   */
  public record Slot(String name, Element element, int at) {}

  /** Copies the list. */
  public RowLayout {
    slots = List.copyOf(slots);
  }

  /**
   * The rows of an array.
   *
   * @param fields the numbers of one element
   * @param elementBytes the bytes of one element
   * @param shape the lengths of all dimensions but the first
   * @throws IllegalArgumentException where there are too many columns, or a row is too long; its
   *     message is the end of a sentence that begins with the array
   */
  public static RowLayout of(List<Slot> fields, int elementBytes, List<Long> shape) {
    long elements = 1;
    for (long length : shape) {
      elements = length == 0 || elements <= MAX_COLUMNS ? elements * length : elements;
    }
    if (elements > MAX_COLUMNS || elements * fields.size() > MAX_COLUMNS) {
      throw new IllegalArgumentException(
          "has %d numbers in a row, more than the %d that a table can have: rows are the first dimension"
              .formatted(elements * Math.max(1, fields.size()), MAX_COLUMNS));
    }
    if (elements * elementBytes > MAX_BYTES) {
      throw new IllegalArgumentException(
          "has rows of %d bytes, more than the %d that a table can have"
              .formatted(elements * elementBytes, MAX_BYTES));
    }
    for (Slot field : fields) {
      if (field.at() < 0 || field.at() + field.element().bytes() > elementBytes) {
        throw new IllegalArgumentException(
            "has a field %s that its elements of %d bytes do not hold"
                .formatted(field.name(), elementBytes));
      }
    }
    List<Slot> slots = new ArrayList<>();
    for (int element = 0; element < elements; element++) {
      String suffix = suffix(element, shape);
      for (Slot field : fields) {
        slots.add(
            new Slot(field.name() + suffix, field.element(), element * elementBytes + field.at()));
      }
    }
    return new RowLayout(slots, (int) elements * elementBytes);
  }

  /** The place of an element of a row: {@code _1_0}; empty where rows have one element. */
  private static String suffix(int element, List<Long> shape) {
    StringBuilder suffix = new StringBuilder();
    int left = element;
    for (int i = shape.size() - 1; i >= 0; i--) {
      int length = shape.get(i).intValue();
      suffix.insert(0, "_" + left % length);
      left /= length;
    }
    return suffix.toString();
  }

  /** The names of all columns. */
  public List<String> names() {
    return slots.stream().map(Slot::name).toList();
  }

  /** The same rows with other names. */
  public RowLayout renamed(List<String> names) {
    return new RowLayout(
        IntStream.range(0, slots.size())
            .mapToObj(i -> new Slot(names.get(i), slots.get(i).element(), slots.get(i).at()))
            .toList(),
        bytes);
  }

  /** Some of the columns; the rows stay as long. */
  public RowLayout of(List<Integer> columns) {
    return new RowLayout(columns.stream().map(slots::get).toList(), bytes);
  }
}
