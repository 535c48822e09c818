package org.jetfold.spark.frame;

import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * Types of values in Jetfold and in Spark. Spark has no unsigned integers, so they become the next
 * wider type; what a column was is noted in its metadata, which Spark keeps as long as a column is
 * only moved.
 */
final class FrameTypes {
  private static final String NAME = "jetfold.name";
  private static final String TYPE = "jetfold.type";
  private static final String UNIT = "jetfold.unit";
  private static final String INTEGRAL = "jetfold.integral";
  private static final String EVENT_KEY = "jetfold.eventKey";
  private static final String LISTS = "jetfold.lists";

  /** Holds every unsigned integer of 64 bits. */
  private static final DataType UNSIGNED_LONG = DataTypes.createDecimalType(20, 0);

  private FrameTypes() {}

  /** The type that holds all values of a column. */
  static DataType dataType(ValueType type) {
    return switch (type) {
      case BOOL -> DataTypes.BooleanType;
      case INT8 -> DataTypes.ByteType;
      case INT16, UINT8 -> DataTypes.ShortType;
      case INT32, UINT16 -> DataTypes.IntegerType;
      case INT64, UINT32 -> DataTypes.LongType;
      case UINT64 -> UNSIGNED_LONG;
      case FLOAT32 -> DataTypes.FloatType;
      case FLOAT64 -> DataTypes.DoubleType;
    };
  }

  /** The type of a column that no file has yet; null where values of a type are no numbers. */
  static @Nullable ValueType valueType(DataType type) {
    for (ValueType known :
        List.of(
            ValueType.BOOL,
            ValueType.INT8,
            ValueType.INT16,
            ValueType.INT32,
            ValueType.INT64,
            ValueType.UINT64,
            ValueType.FLOAT32,
            ValueType.FLOAT64)) {
      if (dataType(known).equals(type)) {
        return known;
      }
    }
    return null;
  }

  /** A column as its file had it, and the lists that are around its values in the frame. */
  record Noted(Column column, List<String> lists) {
    Noted {
      lists = List.copyOf(lists);
    }
  }

  /** What is noted of a column. */
  static Metadata note(Column column, List<String> lists) {
    MetadataBuilder note =
        new MetadataBuilder()
            .putString(NAME, column.name())
            .putString(TYPE, column.type().name())
            .putString(UNIT, column.unit())
            .putBoolean(INTEGRAL, column.integral())
            .putBoolean(EVENT_KEY, column.eventKey());
    // Spark takes an empty array of texts for one of numbers when it reads it again.
    return lists.isEmpty()
        ? note.build()
        : note.putStringArray(LISTS, lists.toArray(String[]::new)).build();
  }

  /** What was noted of a column that was read from a Jetfold file; null where nothing was. */
  static @Nullable Noted noted(Metadata metadata) {
    if (!metadata.contains(NAME)) {
      return null;
    }
    ValueType type = ValueType.valueOf(metadata.getString(TYPE));
    return new Noted(
        new Column(
            metadata.getString(NAME),
            type,
            metadata.getString(UNIT),
            metadata.getBoolean(INTEGRAL),
            metadata.getBoolean(EVENT_KEY)),
        metadata.contains(LISTS) ? List.of(metadata.getStringArray(LISTS)) : List.of());
  }
}
