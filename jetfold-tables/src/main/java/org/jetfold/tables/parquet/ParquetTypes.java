package org.jetfold.tables.parquet;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBReadableVector;
import org.duckdb.DuckDBWritableVector;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.ValueType;
import org.jetfold.tables.parquet.ColumnCursor.Answer;
import org.jetfold.tables.rows.GrowingValues;
import org.jetfold.tables.rows.NearestDouble;
import org.jetfold.tables.rows.ValueChanges;
import org.jspecify.annotations.Nullable;

/** Columns between DuckDB's vectors and ours. */
final class ParquetTypes {
  private ParquetTypes() {}

  /**
   * The column type for one of DuckDB's; null where there is none. Decimals become the nearest
   * doubles. Integers of 128 bits have no column type.
   */
  static @Nullable ValueType valueType(String type) {
    return switch (type) {
      case "BOOLEAN" -> ValueType.BOOL;
      case "TINYINT" -> ValueType.INT8;
      case "SMALLINT" -> ValueType.INT16;
      case "INTEGER" -> ValueType.INT32;
      case "BIGINT" -> ValueType.INT64;
      case "UTINYINT" -> ValueType.UINT8;
      case "USMALLINT" -> ValueType.UINT16;
      case "UINTEGER" -> ValueType.UINT32;
      case "UBIGINT" -> ValueType.UINT64;
      case "FLOAT" -> ValueType.FLOAT32;
      case "DOUBLE" -> ValueType.FLOAT64;
      default -> type.startsWith("DECIMAL(") && type.endsWith(")") ? ValueType.FLOAT64 : null;
    };
  }

  /** DuckDB's type for a column type. */
  static DuckDBColumnType duckType(ValueType type) {
    return switch (type) {
      case BOOL -> DuckDBColumnType.BOOLEAN;
      case INT8 -> DuckDBColumnType.TINYINT;
      case INT16 -> DuckDBColumnType.SMALLINT;
      case INT32 -> DuckDBColumnType.INTEGER;
      case INT64 -> DuckDBColumnType.BIGINT;
      case UINT8 -> DuckDBColumnType.UTINYINT;
      case UINT16 -> DuckDBColumnType.USMALLINT;
      case UINT32 -> DuckDBColumnType.UINTEGER;
      case UINT64 -> DuckDBColumnType.UBIGINT;
      case FLOAT32 -> DuckDBColumnType.FLOAT;
      case FLOAT64 -> DuckDBColumnType.DOUBLE;
    };
  }

  /**
   * Adds a vector's values to a column. Missing ones become NaN.
   *
   * @param answer what the column is
   * @param changes counts missing values, and numbers that are rounded
   * @return the first row whose value is missing although the column cannot say so; −1 where there
   *     is none
   */
  static int decode(
      DuckDBReadableVector vector,
      int rows,
      Answer answer,
      GrowingValues to,
      ValueChanges changes) {
    int start = to.size();
    to.extend(rows);
    int missing = 0;
    int rounded = 0;
    DuckDBColumnType type = vector.getType();
    for (int i = 0; i < rows; i++) {
      if (vector.isNull(i)) {
        missing++;
        if (!answer.type().isFloat()) {
          return i;
        }
        setNaN(to, answer.type(), start + i);
        continue;
      }
      switch (type) {
        case FLOAT -> to.floats()[start + i] = vector.getFloat(i);
        case DOUBLE -> to.doubles()[start + i] = vector.getDouble(i);
        case DECIMAL -> {
          BigDecimal decimal = vector.getBigDecimal(i);
          double nearest = decimal.doubleValue();
          to.doubles()[start + i] = nearest;
          rounded += new BigDecimal(nearest).compareTo(decimal) == 0 ? 0 : 1;
        }
        default -> {
          long integer = integer(vector, type, i);
          if (answer.type().isFloat()) {
            boolean unsigned = type == DuckDBColumnType.UBIGINT;
            to.doubles()[start + i] = NearestDouble.of(integer, unsigned);
            rounded += NearestDouble.isExact(to.doubles()[start + i], integer, unsigned) ? 0 : 1;
          } else {
            to.integers()[start + i] = integer;
          }
        }
      }
    }
    boolean floats =
        type == DuckDBColumnType.FLOAT
            || type == DuckDBColumnType.DOUBLE
            || type == DuckDBColumnType.DECIMAL;
    changes.add(
        answer.column(), floats ? ValueChanges.MISSING : ValueChanges.MISSING_INTEGERS, missing);
    changes.add(answer.column(), ValueChanges.ROUNDED, rounded);
    return -1;
  }

  /**
   * Adds a vector of lists' lengths to a column.
   *
   * @return how many lists are missing: they count as empty
   */
  static int decodeLengths(DuckDBReadableVector vector, int rows, GrowingValues to) {
    int start = to.size();
    to.extend(rows);
    int missing = 0;
    for (int i = 0; i < rows; i++) {
      boolean there = !vector.isNull(i);
      to.integers()[start + i] = there ? vector.getLong(i) : 0;
      missing += there ? 0 : 1;
    }
    return missing;
  }

  private static void setNaN(GrowingValues to, ValueType type, int at) {
    if (type == ValueType.FLOAT32) {
      to.floats()[at] = Float.NaN;
    } else {
      to.doubles()[at] = Double.NaN;
    }
  }

  private static long integer(DuckDBReadableVector vector, DuckDBColumnType type, int row) {
    return switch (type) {
      case BOOLEAN -> vector.getBoolean(row) ? 1 : 0;
      case TINYINT -> vector.getByte(row);
      case SMALLINT -> vector.getShort(row);
      case INTEGER -> vector.getInt(row);
      case BIGINT -> vector.getLong(row);
      case UTINYINT -> vector.getUint8(row);
      case USMALLINT -> vector.getUint16(row);
      case UINTEGER -> vector.getUint32(row);
      case UBIGINT -> vector.getUint64(row).longValue();
      default -> throw new IllegalStateException("no integer type: " + type);
    };
  }

  /** Puts values into a vector, from its row {@code at} on. */
  static void encode(
      ColumnValues values,
      ValueType type,
      int first,
      int count,
      DuckDBWritableVector vector,
      int at) {
    switch (values) {
      case ColumnValues.Floats(float[] floats) -> {
        for (int i = 0; i < count; i++) {
          vector.setFloat(at + i, floats[first + i]);
        }
      }
      case ColumnValues.Doubles(double[] doubles) -> {
        for (int i = 0; i < count; i++) {
          vector.setDouble(at + i, doubles[first + i]);
        }
      }
      case ColumnValues.Integers(long[] integers) -> {
        for (int i = 0; i < count; i++) {
          set(vector, type, at + i, integers[first + i]);
        }
      }
    }
  }

  private static void set(DuckDBWritableVector vector, ValueType type, int row, long value) {
    switch (type) {
      case BOOL -> vector.setBoolean(row, value != 0);
      case INT8 -> vector.setByte(row, (byte) value);
      case INT16 -> vector.setShort(row, (short) value);
      case INT32 -> vector.setInt(row, (int) value);
      case INT64 -> vector.setLong(row, value);
      case UINT8 -> vector.setUint8(row, (int) value);
      case UINT16 -> vector.setUint16(row, (int) value);
      case UINT32 -> vector.setUint32(row, value);
      case UINT64 -> vector.setUint64(row, new BigInteger(Long.toUnsignedString(value)));
      case FLOAT32, FLOAT64 -> throw new IllegalStateException(type + " is not an integer type");
    }
  }
}
