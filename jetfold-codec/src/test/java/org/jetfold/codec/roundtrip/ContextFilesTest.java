package org.jetfold.codec.roundtrip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jetfold.codec.Decompressor;
import org.jetfold.codec.file.ByteSource;
import org.jetfold.codec.golden.Numbers;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.reference.DecodedBlock;
import org.jetfold.codec.reference.ReferenceDecoder;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Projection;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.ValueType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns that say something about one another take less together, and decode alone. */
class ContextFilesTest {
  private static final int EVENTS = 6_000;

  /** Mass, pT that falls within an event and makes the mass, the width, and how many particles. */
  private static Table jets(ValueType type) {
    Numbers numbers = new Numbers(20);
    int[] offsets = new int[EVENTS + 1];
    List<double[]> jets = new ArrayList<>();
    for (int event = 0; event < EVENTS; event++) {
      double pt = 30 + 200 * numbers.exponential();
      for (int jet = numbers.below(7); jet > 0; jet--) {
        double m = pt * (0.12 + 0.02 * numbers.bell());
        double width = numbers.below(8) == 0 ? -1 : m / pt * (1 + 0.1 * numbers.bell());
        jets.add(new double[] {m, pt, width, Math.floor(60 * m / pt + 3 * numbers.unit())});
        pt *= 0.6 + 0.4 * numbers.unit();
      }
      offsets[event + 1] = jets.size();
    }
    List<Column> columns =
        List.of(
            new Column("m", type),
            new Column("pt", type),
            new Column("Width", type),
            new Column("n", ValueType.INT32));
    List<ColumnValues> values = new ArrayList<>();
    for (int column = 0; column < columns.size(); column++) {
      int number = column;
      double[] of = jets.stream().mapToDouble(jet -> jet[number]).toArray();
      values.add(ValueType.INT32 == columns.get(column).type() ? integers(of) : values(of, type));
    }
    return new Table(Schema.events(List.of(), "jets", columns), EVENTS, List.of(offsets), values);
  }

  private static ColumnValues values(double[] of, ValueType type) {
    if (type == ValueType.FLOAT64) {
      return new ColumnValues.Doubles(of);
    }
    float[] floats = new float[of.length];
    for (int i = 0; i < of.length; i++) {
      floats[i] = (float) of[i];
    }
    return new ColumnValues.Floats(floats);
  }

  private static ColumnValues integers(double[] of) {
    long[] integers = new long[of.length];
    for (int i = 0; i < of.length; i++) {
      integers[i] = (long) of[i];
    }
    return new ColumnValues.Integers(integers);
  }

  private static List<Precision> precisions(String floats) {
    Precision precision = Precision.parse(floats);
    return List.of(precision, precision, precision, new Precision.Exact());
  }

  private static Table of(Table table, int column) {
    return new Table(
        Schema.events(List.of(), "jets", List.of(table.schema().columns().get(column))),
        table.rootEntries(),
        List.of(table.offsets(1)),
        List.of(table.values(column)));
  }

  /** What a file takes beside the numbers of jets. */
  private static long bytesOfColumns(byte[] file) throws IOException {
    try (Decompressor decompressor = new Decompressor(ByteSource.of(file), 1)) {
      return file.length - decompressor.streamSizes()[0];
    }
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(
      strings = {"exact", "bits:7", "rel:0.004", "abs:0.01", "rel:0.004:dither", "abs:0.01:dither"})
  void relatedColumnsTakeLessTogether(String setting) throws IOException {
    for (ValueType type : List.of(ValueType.FLOAT32, ValueType.FLOAT64)) {
      Table table = jets(type);
      List<Precision> precisions = precisions(setting);
      long together = bytesOfColumns(JetfBytes.of(table, precisions));
      long alone = 0;
      for (int column = 0; column < precisions.size(); column++) {
        alone += bytesOfColumns(JetfBytes.of(of(table, column), List.of(precisions.get(column))));
      }
      // Most bits of exact values are noise.
      double part = setting.equals("exact") ? 0.99 : 0.95;
      assertThat((double) together).as("%s %s", setting, type).isLessThan(part * alone);
    }
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(strings = {"bits:7", "abs:0.01", "rel:0.004:dither"})
  void columnsDecodeAloneAndWithAnyNumberOfThreads(String setting) throws IOException {
    Table table = jets(ValueType.FLOAT32);
    byte[] file = JetfBytes.of(table, precisions(setting));
    assertThat(JetfBytes.of(new PiecedSource(table), precisions(setting), 3)).isEqualTo(file);
    JetfBytes.verify(file);
    try (Decompressor decompressor = new Decompressor(ByteSource.of(file), 2)) {
      Table whole = decompressor.readAll();
      List<DecodedBlock> blocks = ReferenceDecoder.decode(file).blocks();
      assertThat(TableBits.of(whole).values()[0])
          .isEqualTo(blocks.stream().flatMapToLong(b -> Arrays.stream(b.values()[0])).toArray());
      List<Integer> before = new ArrayList<>();
      for (int column = 0; column < 4; column++) {
        Projection projection = Projection.of(whole.schema(), Set.of(column));
        Table alone = JetfBytes.blocks(decompressor, projection).getFirst();
        assertThat(TableBits.of(alone.values(0))).isEqualTo(TableBits.of(whole.values(column)));
        before.addAll(decompressor.decodedBefore().get(column));
      }
      assertThat(before).isNotEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"exact", "bits:7", "rel:0.004:dither"})
  void unrelatedColumnsTakeNoMoreTogether(String setting) throws IOException {
    Numbers numbers = new Numbers(3);
    List<Column> columns = new ArrayList<>();
    List<ColumnValues> values = new ArrayList<>();
    List<Precision> precisions = new ArrayList<>();
    int alone = 0;
    int empty = 0;
    for (int column = 0; column < 12; column++) {
      double[] of = new double[700];
      for (int i = 0; i < of.length; i++) {
        of[i] = column % 2 == 0 ? numbers.bell() : numbers.exponential();
      }
      columns.add(new Column("x" + column, ValueType.FLOAT32));
      values.add(values(of, ValueType.FLOAT32));
      precisions.add(Precision.parse(setting));
      Schema schema = Schema.flat(List.of(columns.getLast()));
      alone +=
          JetfBytes.of(
                  new Table(schema, 700, List.of(), List.of(values.getLast())),
                  List.of(precisions.getLast()))
              .length;
      empty +=
          JetfBytes.of(
                  new Table(
                      schema, 0, List.of(), List.of(ColumnValues.zeros(ValueType.FLOAT32, 0))),
                  List.of(precisions.getLast()))
              .length;
    }
    Table table = new Table(Schema.flat(columns), 700, List.of(), values);
    // Beside the values, each column has a name, a precision and statistics.
    assertThat((double) JetfBytes.of(table, precisions).length)
        .isLessThan(1.002 * (alone - empty) + empty);
  }
}
