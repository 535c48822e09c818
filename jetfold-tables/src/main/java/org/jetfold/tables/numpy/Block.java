package org.jetfold.tables.numpy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.tables.format.SourceOptions;
import org.jspecify.annotations.Nullable;

/**
 * The columns that one array gives: one for a 1-D array, one a field for a structured array, one a
 * column for a 2-D array.
 *
 * @param slots for each column, its elements and where in a row they are
 * @param rowBytes bytes a row takes
 */
record Block(List<Column> columns, List<StreamRows.Slot> slots, int rowBytes) {
  /** More columns than this mean rows and columns mixed up, or a hostile header. */
  static final int MAX_COLUMNS = 1 << 16;

  /** Whether an array can give columns at all: one or two dimensions, and numbers. */
  static boolean possible(NpyHeader header) {
    return header.structured()
        ? header.dimensions() == 1 && header.fields().stream().anyMatch(NpyHeader.Field::usable)
        : (header.dimensions() == 1 || header.dimensions() == 2)
            && header.type().valueType() != null;
  }

  /** Why an array gives no columns, for the user. */
  static String impossible(NpyHeader header) {
    if (header.structured()) {
      return header.dimensions() == 1
          ? "none of its fields holds numbers"
          : "its records are not in one dimension";
    }
    return header.type().valueType() == null
        ? "it holds " + header.type().description()
        : "it has %d dimensions".formatted(header.dimensions());
  }

  /** The column of a 1-D array of numbers. */
  static Block single(String name, NpyHeader header) {
    ElementType type = header.type();
    return new Block(
        List.of(new Column(name, Objects.requireNonNull(type.valueType()))),
        List.of(new StreamRows.Slot(type, 0)),
        type.bytes());
  }

  /** The columns of a 1-D structured array; fields that are no numbers are named in a warning. */
  static Block structured(String what, NpyHeader header, SourceOptions options)
      throws UnreadableTableException {
    List<Column> columns = new ArrayList<>();
    List<StreamRows.Slot> slots = new ArrayList<>();
    for (NpyHeader.Field field : header.fields()) {
      if (field.usable()) {
        columns.add(
            new Column(
                checked(what, field.name()), Objects.requireNonNull(field.type().valueType())));
        slots.add(new StreamRows.Slot(field.type(), field.from()));
      } else if (field.type().isPickled()) {
        throw pickled("%s: field %s".formatted(what, field.name()));
      } else {
        options.warn(
            "%s: field %s left out: it holds %s"
                .formatted(what, field.name(), field.description()));
      }
    }
    checkNames(what, columns);
    return new Block(columns, slots, header.itemBytes());
  }

  /**
   * The columns of a 2-D array.
   *
   * @param names the columns' names; null where nobody names them, which makes them c0, c1, …
   * @param integral for each column whether it holds integers; null where nobody says
   */
  static Block table(
      String what, NpyHeader header, @Nullable List<String> names, boolean @Nullable [] integral)
      throws UnreadableTableException {
    long width = header.shape().get(1);
    if (width > MAX_COLUMNS || width * header.itemBytes() > StreamRows.MAX_ROW) {
      throw new UnreadableTableException(
          "%s: it has %d columns, too many for a table: rows are its first dimension; transpose it"
              .formatted(what, width));
    }
    ElementType type = header.type();
    List<Column> columns = new ArrayList<>();
    List<StreamRows.Slot> slots = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      var valueType = Objects.requireNonNull(type.valueType());
      String name = names == null ? "c" + i : checked(what, names.get(i));
      columns.add(
          new Column(
              name, valueType, "", integral != null && integral[i] && valueType.isFloat(), false));
      slots.add(new StreamRows.Slot(type, i * type.bytes()));
    }
    checkNames(what, columns);
    return new Block(columns, slots, (int) width * type.bytes());
  }

  private static String checked(String what, String name) throws UnreadableTableException {
    if (name.isEmpty()) {
      throw new UnreadableTableException(
          what + ": one of its columns has an empty name: give it one");
    }
    return name;
  }

  private static void checkNames(String what, List<Column> columns)
      throws UnreadableTableException {
    Set<String> names = new HashSet<>();
    for (Column column : columns) {
      if (!names.add(column.name())) {
        throw new UnreadableTableException(
            "%s: two columns are called %s: rename one".formatted(what, column.name()));
      }
    }
  }

  /** The refusal of pickled arrays: to read them is to run what they contain. */
  static UnreadableTableException pickled(String what) {
    return new UnreadableTableException(
        what
            + ": it holds pickled Python objects, which are not read because that could run any"
            + " code: save it with a number type, such as np.float32, or as text with dtype=str");
  }
}
