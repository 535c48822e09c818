package org.jetfold.spark;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jetfold.codec.Decompressor;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Table;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.collection.Seq;

/** What Spark reads is what a file holds, bit for bit. */
class ReadingTest {
  private static final int EVENTS = 40_000;
  private static final int FILES = 3;

  @TempDir private static Path folder;
  private static SparkSession spark;
  private static final List<Table> RESTORED = new ArrayList<>();

  @BeforeAll
  static void write() throws IOException {
    spark = LocalSpark.session();
    RESTORED.clear();
    for (int i = 0; i < FILES; i++) {
      Path file = folder.resolve("part%d.jetf".formatted(i));
      EventTables.write(
          EventTables.table(i, (long) i * EVENTS, EVENTS), "pt=rel:0.004:dither,eta=bits:7", file);
      try (Decompressor decompressor = new Decompressor(file, 1)) {
        assertThat(decompressor.footer().blocks()).hasSizeGreaterThan(2);
        RESTORED.add(decompressor.readAll());
      }
    }
    Files.writeString(folder.resolve("_ignored.jetf"), "not complete");
  }

  private static Dataset<Row> load() {
    return spark.read().format("jetfold").load(folder.toString());
  }

  @Test
  void rowsAreEventsWithArrays() {
    Dataset<Row> events = load();

    assertThat(events.schema().fieldNames())
        .containsExactly(
            "number",
            "weight",
            "passed",
            "jets_pt",
            "jets_eta",
            "jets_flags",
            "jets_constituents_e",
            "muons_pt");
    assertThat(events.schema().apply("jets_constituents_e").dataType().simpleString())
        .isEqualTo("array<array<float>>");
    List<Row> rows = events.collectAsList();
    assertThat(rows).hasSize(FILES * EVENTS);
    for (int number = 0; number < rows.size(); number++) {
      requireSame(rows.get(number), RESTORED.get(number / EVENTS), number % EVENTS);
    }
  }

  private static void requireSame(Row row, Table table, int event) {
    assertThat(row.getDecimal(0)).isEqualTo(BigDecimal.valueOf(integers(table, 0)[event]));
    assertThat(row.getDouble(1))
        .isEqualTo(((ColumnValues.Doubles) table.values(1)).values()[event]);
    assertThat(row.getBoolean(2)).isEqualTo(integers(table, 2)[event] != 0);
    requireSame(row.getSeq(3), floats(table, 3), table.offsets(1), event);
    requireSame(row.getSeq(4), floats(table, 4), table.offsets(1), event);
    Seq<Short> flags = row.getSeq(5);
    Seq<Seq<Float>> constituents = row.getSeq(6);
    int[] jets = table.offsets(1);
    for (int jet = 0; jet < flags.length(); jet++) {
      assertThat((long) flags.apply(jet)).isEqualTo(integers(table, 5)[jets[event] + jet]);
      requireSame(constituents.apply(jet), floats(table, 6), table.offsets(2), jets[event] + jet);
    }
    requireSame(row.getSeq(7), floats(table, 7), table.offsets(3), event);
  }

  private static void requireSame(Seq<Float> found, float[] values, int[] offsets, int list) {
    assertThat(found.length()).isEqualTo(offsets[list + 1] - offsets[list]);
    for (int i = 0; i < found.length(); i++) {
      assertThat(Float.floatToRawIntBits(found.apply(i)))
          .isEqualTo(Float.floatToRawIntBits(values[offsets[list] + i]));
    }
  }

  private static float[] floats(Table table, int column) {
    return ((ColumnValues.Floats) table.values(column)).values();
  }

  private static long[] integers(Table table, int column) {
    return ((ColumnValues.Integers) table.values(column)).values();
  }

  @Test
  void rowsAreObjectsOfCollection() {
    Dataset<Row> jets =
        spark.read().format("jetfold").option("collection", "jets").load(folder.toString());

    assertThat(jets.schema().fieldNames())
        .containsExactly("pt", "eta", "flags", "number", "weight", "passed", "e");
    List<Row> rows = jets.select("number", "pt", "e").collectAsList();
    int next = 0;
    for (Table table : RESTORED) {
      int[] offsets = table.offsets(1);
      for (int event = 0; event < EVENTS; event++) {
        for (int jet = offsets[event]; jet < offsets[event + 1]; jet++) {
          Row row = rows.get(next++);
          assertThat(row.getDecimal(0)).isEqualTo(BigDecimal.valueOf(integers(table, 0)[event]));
          assertThat(Float.floatToRawIntBits(row.getFloat(1)))
              .isEqualTo(Float.floatToRawIntBits(floats(table, 3)[jet]));
          requireSame(row.getSeq(2), floats(table, 6), table.offsets(2), jet);
        }
      }
    }
    assertThat(rows).hasSize(next);
  }

  @Test
  void countsComeFromTheIndex() {
    Dataset<Row> jets =
        spark.read().format("jetfold").option("collection", "jets").load(folder.toString());
    long expected = RESTORED.stream().mapToLong(table -> table.entries(1)).sum();

    assertThat(load().count()).isEqualTo((long) FILES * EVENTS);
    assertThat(jets.count()).isEqualTo(expected);
    assertThat(jets.groupBy().count().queryExecution().executedPlan().toString())
        .contains("LocalTableScan")
        .doesNotContain("BatchScan");
    assertThat(jets.where(col("number").geq(0)).count()).isEqualTo(expected);
  }
}
