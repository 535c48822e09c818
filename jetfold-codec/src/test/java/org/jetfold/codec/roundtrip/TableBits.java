package org.jetfold.codec.roundtrip;

import org.jetfold.codec.reference.DecodedBlock;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Table;

/** Tables as plain numbers, so that they can be compared bit for bit. */
public final class TableBits {
  private TableBits() {}

  /** A table's list counts and the bits of its values. */
  public static DecodedBlock of(Table table) {
    int groups = table.schema().groups().size();
    long[] entries = new long[groups];
    long[][] counts = new long[groups][];
    counts[0] = new long[0];
    for (int group = 0; group < groups; group++) {
      entries[group] = table.entries(group);
      if (group > 0) {
        int[] offsets = table.offsets(group);
        counts[group] = new long[offsets.length - 1];
        for (int i = 0; i < counts[group].length; i++) {
          counts[group][i] = (long) offsets[i + 1] - offsets[i];
        }
      }
    }
    long[][] values = new long[table.schema().columns().size()][];
    for (int column = 0; column < values.length; column++) {
      values[column] = of(table.values(column));
    }
    return new DecodedBlock(entries, counts, values);
  }

  /** The bits of values: of floats the low 32, of integers all 64. */
  public static long[] of(ColumnValues values) {
    return switch (values) {
      case ColumnValues.Floats(float[] floats) -> {
        long[] bits = new long[floats.length];
        for (int i = 0; i < bits.length; i++) {
          bits[i] = Integer.toUnsignedLong(Float.floatToRawIntBits(floats[i]));
        }
        yield bits;
      }
      case ColumnValues.Doubles(double[] doubles) -> {
        long[] bits = new long[doubles.length];
        for (int i = 0; i < bits.length; i++) {
          bits[i] = Double.doubleToRawLongBits(doubles[i]);
        }
        yield bits;
      }
      case ColumnValues.Integers(long[] integers) -> integers;
    };
  }
}
