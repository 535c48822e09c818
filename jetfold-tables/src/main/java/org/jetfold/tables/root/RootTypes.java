package org.jetfold.tables.root;

import java.util.List;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.ValueType;
import org.jetfold.root.JaggedColumn;
import org.jetfold.tables.events.VariableValues;

/** The types of the ROOT library, which knows nothing of tables, and those of tables. */
final class RootTypes {
  private RootTypes() {}

  static ValueType ofTables(org.jetfold.root.ValueType type) {
    return switch (type) {
      case BOOL -> ValueType.BOOL;
      case INT8 -> ValueType.INT8;
      case UINT8 -> ValueType.UINT8;
      case INT16 -> ValueType.INT16;
      case UINT16 -> ValueType.UINT16;
      case INT32 -> ValueType.INT32;
      case UINT32 -> ValueType.UINT32;
      case INT64 -> ValueType.INT64;
      case UINT64 -> ValueType.UINT64;
      case FLOAT32 -> ValueType.FLOAT32;
      case FLOAT64 -> ValueType.FLOAT64;
    };
  }

  static org.jetfold.root.ValueType ofRoot(ValueType type) {
    return switch (type) {
      case BOOL -> org.jetfold.root.ValueType.BOOL;
      case INT8 -> org.jetfold.root.ValueType.INT8;
      case UINT8 -> org.jetfold.root.ValueType.UINT8;
      case INT16 -> org.jetfold.root.ValueType.INT16;
      case UINT16 -> org.jetfold.root.ValueType.UINT16;
      case INT32 -> org.jetfold.root.ValueType.INT32;
      case UINT32 -> org.jetfold.root.ValueType.UINT32;
      case INT64 -> org.jetfold.root.ValueType.INT64;
      case UINT64 -> org.jetfold.root.ValueType.UINT64;
      case FLOAT32 -> org.jetfold.root.ValueType.FLOAT32;
      case FLOAT64 -> org.jetfold.root.ValueType.FLOAT64;
    };
  }

  static VariableValues ofTables(JaggedColumn column) {
    ColumnValues values =
        switch (column.values()) {
          case org.jetfold.root.ColumnValues.Floats(float[] floats) ->
              new ColumnValues.Floats(floats);
          case org.jetfold.root.ColumnValues.Doubles(double[] doubles) ->
              new ColumnValues.Doubles(doubles);
          case org.jetfold.root.ColumnValues.Integers(long[] integers) ->
              new ColumnValues.Integers(integers);
        };
    return new VariableValues(values, column.offsets());
  }

  static JaggedColumn ofRoot(int entries, ColumnValues values, List<int[]> offsets) {
    org.jetfold.root.ColumnValues own =
        switch (values) {
          case ColumnValues.Floats(float[] floats) ->
              new org.jetfold.root.ColumnValues.Floats(floats);
          case ColumnValues.Doubles(double[] doubles) ->
              new org.jetfold.root.ColumnValues.Doubles(doubles);
          case ColumnValues.Integers(long[] integers) ->
              new org.jetfold.root.ColumnValues.Integers(integers);
        };
    return new JaggedColumn(0, entries, own, offsets);
  }
}
