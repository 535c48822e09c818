package org.jetfold.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.ValueType;
import org.jetfold.tables.format.SinkOptions;
import org.jetfold.tables.format.SourceOptions;
import org.jetfold.testing.RandomCase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written is read again, bit for bit, in every format that can hold it. */
class RoundTripTest {
  @TempDir private static Path folder;

  private static WholeTable through(
      String file, Table table, int written, int read, List<String> warnings) throws IOException {
    String name = folder.resolve(file).toString();
    WholeTable.write(
        TableFiles.create(name, null, table.schema(), new SinkOptions(true, warnings::add)),
        table,
        written);
    try (TableSource source = TableFiles.open(name, null, new SourceOptions(warnings::add))) {
      return WholeTable.read(source, read);
    }
  }

  @Tag("slow")
  @Test
  void npzKeepsEverything() {
    RandomCase.each(
        300,
        any -> {
          int written = any.between(1, 60);
          int read = any.between(1, 60);
          Table table = new RandomTables(any.bits()).next();
          List<String> warnings = new ArrayList<>();
          WholeTable back = through("a.npz", table, written, read, warnings);
          back.assertSameAs(WholeTable.of(table));
          assertThat(warnings).isEmpty();
        });
  }

  @Test
  void npyKeepsValuesAndTypes() {
    RandomCase.each(
        150,
        any -> {
          int read = any.between(1, 60);
          Table table = new RandomTables(any.bits()).flat();
          WholeTable back = through("a.npy", table, 7, read, new ArrayList<>());
          back.assertSameValuesAs(WholeTable.of(table));
          assertThat(back.schema().columns())
              .extracting(Column::name, Column::type)
              .containsExactlyElementsOf(namesAndTypes(table.schema()));
        });
  }

  @Tag("slow")
  @Test
  void parquetKeepsValuesTypesAndMarks() {
    RandomCase.each(
        25,
        any -> {
          int read = any.between(1, 60);
          Table table = new RandomTables(any.bits()).flat();
          through("a.parquet", table, 7, read, new ArrayList<>())
              .assertSameAs(WholeTable.of(table));
        });
  }

  @Test
  void arrowKeepsValuesTypesAndMarks() {
    RandomCase.each(
        150,
        any -> {
          int written = any.between(1, 60);
          int read = any.between(1, 60);
          Table table = new RandomTables(any.bits()).flat();
          through("a.arrows", table, written, read, new ArrayList<>())
              .assertSameAs(WholeTable.of(table));
        });
  }

  @Tag("slow")
  @Test
  void csvKeepsEveryNumber() {
    RandomCase.each(
        150,
        any -> {
          int read = any.between(1, 60);
          Table table = new RandomTables(any.bits()).flat();
          WholeTable back = through("a.csv", table, 7, read, new ArrayList<>());
          WholeTable expected = WholeTable.of(table);
          assertThat(back.schema().columns())
              .extracting(Column::name)
              .containsExactlyElementsOf(
                  table.schema().columns().stream().map(Column::name).toList());
          for (int i = 0; i < expected.bits().size(); i++) {
            ValueType type = table.schema().columns().get(i).type();
            assertThat(fromCsv(type, back.bits().get(i)))
                .isEqualTo(withoutPayloads(type, expected.bits().get(i)));
          }
        });
  }

  private static long[] fromCsv(ValueType type, long[] bits) {
    return type == ValueType.FLOAT32
        ? Arrays.stream(bits)
            .map(value ->
                Double.isNaN(Double.longBitsToDouble(value))
                    ? 0x7FC0_0000L
                    : Float.floatToRawIntBits((float) Double.longBitsToDouble(value)))
            .toArray()
        : bits;
  }

  private static long[] withoutPayloads(ValueType type, long[] bits) {
    return switch (type) {
      case FLOAT32 ->
          Arrays.stream(bits)
              .map(value -> Float.isNaN(Float.intBitsToFloat((int) value)) ? 0x7FC0_0000L : value)
              .toArray();
      case FLOAT64 ->
          Arrays.stream(bits)
              .map(value -> Double.isNaN(Double.longBitsToDouble(value)) ? 0x7FF8L << 48 : value)
              .toArray();
      default -> bits;
    };
  }

  @Test
  void rowsBecomeEventsAgain() {
    RandomCase.each(
        100,
        any -> {
          int read = any.between(1, 20);
          Table table = new RandomTables(any.bits()).events();
          String name = folder.resolve("b.npy").toString();
          List<String> warnings = new ArrayList<>();
          WholeTable.write(
              TableFiles.create(name, null, table.schema(), new SinkOptions(true, warnings::add)),
              table,
              3);
          int[] offsets = table.offsets(1);
          int[] kept = Arrays.stream(offsets).distinct().toArray();
          assertThat(warnings.isEmpty()).isEqualTo(kept.length == offsets.length);
          try (TableSource source =
              TableFiles.open(name, null, new SourceOptions("event", warnings::add))) {
            assertThat(source.schema().root().columns().getFirst().eventKey()).isTrue();
            WholeTable back = WholeTable.read(source, read);
            assertThat(back.offsets().getFirst()).isEqualTo(kept);
            List<long[]> all = WholeTable.of(table).bits();
            int eventColumns = table.schema().root().columns().size();
            for (int i = eventColumns; i < all.size(); i++) {
              assertThat(back.bits().get(1 + i)).isEqualTo(all.get(i));
            }
          }
        });
  }

  private static List<org.assertj.core.groups.Tuple> namesAndTypes(Schema schema) {
    return schema.columns().stream()
        .map(column -> org.assertj.core.groups.Tuple.tuple(column.name(), column.type()))
        .toList();
  }
}
