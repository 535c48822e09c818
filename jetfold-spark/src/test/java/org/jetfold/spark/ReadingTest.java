package org.jetfold.spark;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import scala.jdk.javaapi.CollectionConverters;

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

  /** What a query's scan tells of itself when it has run. */
  private static long metric(Dataset<Row> query, String name) {
    query.collect();
    return CollectionConverters.asJava(query.queryExecution().executedPlan().collectLeaves())
        .stream()
        .filter(plan -> plan.metrics().contains(name))
        .mapToLong(plan -> plan.metrics().apply(name).value())
        .sum();
  }

  private static Dataset<Row> plainly(Dataset<Row> query) {
    // Adaptive plans hide what they have run.
    spark.conf().set("spark.sql.adaptive.enabled", "false");
    return query;
  }

  @Test
  void queryOfTwoColumnsReadsTheirBytesAlone() throws IOException {
    long all = 0;
    for (int i = 0; i < FILES; i++) {
      all += Files.size(folder.resolve("part%d.jetf".formatted(i)));
    }

    long two = metric(plainly(load().select("jets_pt", "jets_eta")), "jetfoldBytesRead");
    long whole = metric(plainly(load()), "jetfoldBytesRead");

    assertThat(two).isBetween(all / 20, all / 2);
    assertThat(whole).isBetween(all * 9 / 10, all * 11 / 10);
  }

  @Test
  void filtersSpareBlocks() {
    long blocks = metric(plainly(load()), "jetfoldBlocks");

    Dataset<Row> some = plainly(load().where("number >= 85000 and number < 85010"));
    assertThat(some.count()).isEqualTo(10);
    assertThat(metric(some, "jetfoldBlocks")).isEqualTo(1).isLessThan(blocks);
    assertThat(metric(plainly(load().where("number in (3, 90000)")), "jetfoldBlocks")).isEqualTo(2);
    assertThat(metric(plainly(load().where("number = 3 or number < 0")), "jetfoldBlocks"))
        .isEqualTo(1);
    assertThat(metric(plainly(load().where("number is null")), "jetfoldBlocks")).isZero();
    Dataset<Row> jets =
        spark.read().format("jetfold").option("collection", "jets").load(folder.toString());
    assertThat(metric(plainly(jets.where("pt < 19")), "jetfoldBlocks")).isZero();
    assertThat(metric(plainly(jets.where("number = 7 and pt > 30")), "jetfoldBlocks")).isEqualTo(1);
  }

  @Test
  void nansAreLargerThanAllNumbers() {
    Dataset<Row> jets =
        spark.read().format("jetfold").option("collection", "jets").load(folder.toString());
    long nans = 0;
    for (Table table : RESTORED) {
      for (float pt : floats(table, 3)) {
        nans += Float.isNaN(pt) ? 1 : 0;
      }
    }

    assertThat(nans).isPositive();
    assertThat(jets.where("pt > 1e30").count()).isEqualTo(nans);
    assertThat(jets.where("pt = double('NaN')").count()).isEqualTo(nans);
  }

  @Test
  void limitsSpareBlocks() {
    Dataset<Row> few = plainly(load().select("weight").limit(5));

    assertThat(few.count()).isEqualTo(5);
    assertThat(metric(few, "jetfoldBlocks")).isEqualTo(1);
  }

  @Test
  void onlyKnownColumnsCanBeAskedFor() {
    assertThat(
            spark
                .read()
                .schema("weight double, jets_pt array<float>")
                .format("jetfold")
                .load(folder.toString())
                .count())
        .isEqualTo((long) FILES * EVENTS);
    assertThatThrownBy(() ->
            spark.read().schema("weight float").format("jetfold").load(folder.toString()).collect())
        .hasMessageContaining("column weight is of type double, not float");
    assertThatThrownBy(() ->
            spark.read().format("jetfold").option("collection", "jet").load(folder.toString()))
        .hasMessageContaining("no collection is called jet; did you mean jets?");
    assertThatThrownBy(() -> spark.read().format("jetfold").load(folder + "/none"))
        .hasMessageContaining("none: there is no such file or folder");
  }
}
