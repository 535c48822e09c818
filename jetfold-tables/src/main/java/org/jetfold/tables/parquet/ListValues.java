package org.jetfold.tables.parquet;

import java.lang.reflect.Array;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBAppender;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.ValueType;

/**
 * Values of an event on their way into DuckDB, which takes Java's own arrays. Unsigned integers
 * have no such array: they wait in signed columns, and SQL gives them their type.
 */
final class ListValues {
  private ListValues() {}

  /** The SQL type that a column waits in, without its lists. */
  static String waitingType(ValueType type) {
    return switch (type) {
      case BOOL -> "BOOLEAN";
      case INT8 -> "TINYINT";
      case INT16, UINT8 -> "SMALLINT";
      case INT32, UINT16 -> "INTEGER";
      case INT64, UINT32, UINT64 -> "BIGINT";
      case FLOAT32 -> "FLOAT";
      case FLOAT64 -> "DOUBLE";
    };
  }

  /** The SQL that gives a waiting column its type. */
  static String selection(String waiting, ValueType type, int depth) {
    return switch (type) {
      case UINT8, UINT16, UINT32 ->
          "%s::%s%s".formatted(waiting, ParquetTypes.duckType(type), "[]".repeat(depth));
      case UINT64 -> unsigned(waiting, depth);
      default -> waiting;
    };
  }

  private static String unsigned(String waiting, int depth) {
    return depth == 0
        ? "((%s)::HUGEINT + CASE WHEN (%s) < 0 THEN 18446744073709551616 ELSE 0 END)::UBIGINT"
            .formatted(waiting, waiting)
        : "list_transform(%s, lambda x%d: %s)"
            .formatted(waiting, depth, unsigned("x" + depth, depth - 1));
  }

  /**
   * Appends the values of one event.
   *
   * @param offsets those of the lists around the values, the outermost first; none for an event
   *     value
   * @param event the event's number in the piece
   */
  static void append(
      DuckDBAppender appender, ColumnValues values, ValueType type, List<int[]> offsets, int event)
      throws SQLException {
    if (offsets.isEmpty()) {
      appendOne(appender, values, type, event);
      return;
    }
    Object list = list(values, type, offsets, 0, event);
    switch (list) {
      case float[] array -> appender.append(array);
      case double[] array -> appender.append(array);
      case boolean[] array -> appender.append(array);
      case byte[] array -> appender.appendByteArray(array);
      case short[] array -> appender.append(array);
      case int[] array -> appender.append(array);
      case long[] array -> appender.append(array);
      default -> appender.append((List<?>) boxed(list));
    }
  }

  private static void appendOne(
      DuckDBAppender appender, ColumnValues values, ValueType type, int at) throws SQLException {
    switch (values) {
      case ColumnValues.Floats(float[] floats) -> appender.append(floats[at]);
      case ColumnValues.Doubles(double[] doubles) -> appender.append(doubles[at]);
      case ColumnValues.Integers(long[] integers) -> {
        long value = integers[at];
        switch (type) {
          case BOOL -> appender.append(value != 0);
          case INT8 -> appender.append((byte) value);
          case INT16, UINT8 -> appender.append((short) value);
          case INT32, UINT16 -> appender.append((int) value);
          default -> appender.append(value);
        }
      }
    }
  }

  /** The list of one entry: an array, or an array of such. */
  private static Object list(
      ColumnValues values, ValueType type, List<int[]> offsets, int level, int entry) {
    int from = offsets.get(level)[entry];
    int to = offsets.get(level)[entry + 1];
    if (level == offsets.size() - 1) {
      return array(values, type, from, to);
    }
    Class<?> inner = array(values, type, 0, 0).getClass();
    for (int i = level + 2; i < offsets.size(); i++) {
      inner = inner.arrayType();
    }
    Object lists = Array.newInstance(inner, to - from);
    for (int i = from; i < to; i++) {
      Array.set(lists, i - from, list(values, type, offsets, level + 1, i));
    }
    return lists;
  }

  private static Object array(ColumnValues values, ValueType type, int from, int to) {
    return switch (values) {
      case ColumnValues.Floats(float[] floats) -> java.util.Arrays.copyOfRange(floats, from, to);
      case ColumnValues.Doubles(double[] doubles) ->
          java.util.Arrays.copyOfRange(doubles, from, to);
      case ColumnValues.Integers(long[] integers) -> {
        int count = to - from;
        yield switch (type) {
          case BOOL -> {
            boolean[] array = new boolean[count];
            for (int i = 0; i < count; i++) {
              array[i] = integers[from + i] != 0;
            }
            yield array;
          }
          case INT8 -> {
            byte[] array = new byte[count];
            for (int i = 0; i < count; i++) {
              array[i] = (byte) integers[from + i];
            }
            yield array;
          }
          case INT16, UINT8 -> {
            short[] array = new short[count];
            for (int i = 0; i < count; i++) {
              array[i] = (short) integers[from + i];
            }
            yield array;
          }
          case INT32, UINT16 -> {
            int[] array = new int[count];
            for (int i = 0; i < count; i++) {
              array[i] = (int) integers[from + i];
            }
            yield array;
          }
          default -> java.util.Arrays.copyOfRange(integers, from, to);
        };
      }
    };
  }

  /** Of lists within lists, DuckDB takes Java's own only; its arrays have a fixed length. */
  private static Object boxed(Object array) {
    List<Object> list = new ArrayList<>();
    for (int i = 0; i < Array.getLength(array); i++) {
      Object element = Array.get(array, i);
      list.add(element.getClass().isArray() ? boxed(element) : element);
    }
    return list;
  }
}
