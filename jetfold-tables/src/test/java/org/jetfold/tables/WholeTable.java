package org.jetfold.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSink;
import org.jetfold.codec.table.TableSource;

/** A table that a test has in one piece, with all its values as bit patterns. */
record WholeTable(Schema schema, List<int[]> offsets, List<long[]> bits) {
  static WholeTable of(Table table) {
    List<int[]> offsets = new ArrayList<>();
    for (int group = 1; group < table.schema().groups().size(); group++) {
      offsets.add(table.offsets(group));
    }
    List<long[]> bits = new ArrayList<>();
    for (int column = 0; column < table.schema().columns().size(); column++) {
      bits.add(bits(table.values(column)));
    }
    return new WholeTable(table.schema(), offsets, bits);
  }

  static long[] bits(ColumnValues values) {
    long[] bits = new long[values.size()];
    for (int i = 0; i < bits.length; i++) {
      bits[i] =
          switch (values) {
            case ColumnValues.Floats(float[] floats) -> Float.floatToRawIntBits(floats[i]);
            case ColumnValues.Doubles(double[] doubles) -> Double.doubleToRawLongBits(doubles[i]);
            case ColumnValues.Integers(long[] integers) -> integers[i];
          };
    }
    return bits;
  }

  /**
   * Reads a source to its end in pieces of some rows, and checks that no piece is larger than it
   * may be.
   */
  static WholeTable read(TableSource source, int rows) throws IOException {
    List<Table> pieces = new ArrayList<>();
    for (Table piece = source.next(rows); piece != null; piece = source.next(rows)) {
      assertThat(piece.rootEntries()).isPositive();
      assertThat(piece.schema()).isEqualTo(source.schema());
      pieces.add(piece);
    }
    assertThat(source.next(rows)).isNull();
    return joined(source.schema(), pieces);
  }

  private static WholeTable joined(Schema schema, List<Table> pieces) {
    List<int[]> offsets = new ArrayList<>();
    for (int group = 1; group < schema.groups().size(); group++) {
      List<Integer> all = new ArrayList<>(List.of(0));
      for (Table piece : pieces) {
        int start = all.getLast();
        int[] one = piece.offsets(group);
        for (int i = 1; i < one.length; i++) {
          all.add(start + one[i]);
        }
      }
      offsets.add(all.stream().mapToInt(Integer::intValue).toArray());
    }
    List<long[]> bits = new ArrayList<>();
    for (int column = 0; column < schema.columns().size(); column++) {
      int number = column;
      bits.add(
          pieces.stream()
              .flatMapToLong(piece -> java.util.Arrays.stream(bits(piece.values(number))))
              .toArray());
    }
    return new WholeTable(schema, offsets, bits);
  }

  /** Writes a table in pieces of some root entries. */
  static void write(TableSink sink, Table table, int entries) throws IOException {
    try (sink) {
      for (int from = 0; from < table.rootEntries(); from += entries) {
        sink.write(table.slice(from, Math.min(table.rootEntries(), from + entries)));
      }
      sink.finish();
    }
  }

  void assertSameAs(WholeTable expected) {
    assertThat(schema).isEqualTo(expected.schema);
    assertSameValuesAs(expected);
  }

  void assertSameValuesAs(WholeTable expected) {
    assertThat(offsets.toArray(int[][]::new)).isDeepEqualTo(expected.offsets.toArray(int[][]::new));
    assertThat(bits.toArray(long[][]::new)).isDeepEqualTo(expected.bits.toArray(long[][]::new));
  }
}
