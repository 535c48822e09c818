package org.jetfold.codec.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Columns are handed over as arrays of their own width. */
class TableTest {
  private static final List<ValueType> TYPES =
      List.of(
          ValueType.BOOL,
          ValueType.INT8,
          ValueType.UINT8,
          ValueType.INT16,
          ValueType.UINT16,
          ValueType.INT32,
          ValueType.UINT32,
          ValueType.INT64,
          ValueType.UINT64,
          ValueType.FLOAT32,
          ValueType.FLOAT64);

  /** A column of each type, with its extremes. */
  private static Table extremes() {
    List<Column> columns = new ArrayList<>();
    List<ColumnValues> values = new ArrayList<>();
    for (ValueType type : TYPES) {
      columns.add(new Column(type.name(), type));
      values.add(
          type.isFloat()
              ? ColumnValues.zeros(type, 2)
              : new ColumnValues.Integers(new long[] {type.minimum(), type.maximum()}));
    }
    return new Table(Schema.flat(columns), 2, List.of(), values);
  }

  @Test
  void integersComeInArraysThatHoldThem() {
    Table table = extremes();
    assertThat(table.bytes("BOOL")).containsExactly(0, 1);
    assertThat(table.bytes("INT8")).containsExactly(-128, 127);
    assertThat(table.shorts("UINT8")).containsExactly((short) 0, (short) 255);
    assertThat(table.shorts("INT16")).containsExactly(Short.MIN_VALUE, Short.MAX_VALUE);
    assertThat(table.ints("UINT16")).containsExactly(0, 65_535);
    assertThat(table.ints("INT32")).containsExactly(Integer.MIN_VALUE, Integer.MAX_VALUE);
    assertThat(table.longs("UINT32")).containsExactly(0, 0xFFFF_FFFFL);
    assertThat(table.longs("INT8")).containsExactly(-128, 127);
  }

  @Test
  void noValueIsCut() {
    Table table = extremes();
    for (ValueType type : TYPES) {
      String name = type.name();
      boolean isInteger = !type.isFloat();
      checkTaken(isInteger, () -> table.longs(name));
      checkTaken(isInteger && (int) top(type) == top(type), () -> table.ints(name));
      checkTaken(isInteger && (short) top(type) == top(type), () -> table.shorts(name));
      checkTaken(isInteger && (byte) top(type) == top(type), () -> table.bytes(name));
    }
    assertThatThrownBy(() -> table.ints("UINT32"))
        .hasMessage("column UINT32 is of type uint32, whose values an int does not hold");
    assertThatThrownBy(() -> table.longs("charge")).isInstanceOf(UnknownColumnException.class);
  }

  private static long top(ValueType type) {
    return type == ValueType.UINT64 || type.isFloat() ? Long.MAX_VALUE : type.maximum();
  }

  private interface Taking {
    Object take();
  }

  private static void checkTaken(boolean isTaken, Taking taking) {
    if (isTaken) {
      assertThat(taking.take()).isNotNull();
    } else {
      assertThatThrownBy(taking::take).isInstanceOf(UnknownColumnException.class);
    }
  }
}
