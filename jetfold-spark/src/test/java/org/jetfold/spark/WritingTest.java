package org.jetfold.spark;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.jetfold.codec.Compression;
import org.jetfold.codec.Compressor;
import org.jetfold.codec.Decompressor;
import org.jetfold.codec.precision.PrecisionRules;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders that Spark writes are complete or not there, and hold what one machine would write. */
class WritingTest {
  private static final String PRECISION = "pt=rel:0.004:dither,eta=bits:7,weight=bits:10";

  @TempDir private Path folder;
  private SparkSession spark;

  /** How often each partition has failed; tasks of a local session share it. */
  private static final Map<Integer, Integer> FAILED = new ConcurrentHashMap<>();

  @BeforeEach
  void start() {
    spark = LocalSpark.session();
    FAILED.clear();
  }

  private Dataset<Row> load(Path path) {
    return spark.read().format("jetfold").load(path.toString());
  }

  private List<Path> files(Path path) throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      return files
          .filter(file -> !file.getFileName().toString().endsWith(".crc"))
          .sorted()
          .toList();
    }
  }

  private static byte[] compressed(Table table) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Compressor compressor = new Compressor(1)) {
      compressor.compress(
          TableSource.of(table),
          Compression.of(table.schema(), PrecisionRules.parse(PRECISION)),
          out,
          _ -> {});
    }
    return out.toByteArray();
  }

  @Test
  void bytesAreThoseOfOneMachine() throws IOException {
    Table table = EventTables.table(7, 0, 30_000);
    Path file = EventTables.write(table, "exact", folder.resolve("exact.jetf"));
    Path target = folder.resolve("lossy");

    load(file)
        .repartitionByRange(2, col("number"))
        .sortWithinPartitions("number")
        .write()
        .format("jetfold")
        .option("precision", PRECISION)
        .save(target.toString());

    List<Path> files = files(target);
    assertThat(files).hasSize(2);
    int first = 0;
    for (Path part : files) {
      int events;
      try (Decompressor decompressor = new Decompressor(part, 1)) {
        assertThat(decompressor.header().schema()).isEqualTo(EventTables.SCHEMA);
        events = decompressor.readAll().rootEntries();
      }
      assertThat(Files.readAllBytes(part))
          .isEqualTo(compressed(table.slice(first, first + events)));
      first += events;
    }
    assertThat(first).isEqualTo(table.rootEntries());
    assertThat(files(folder)).containsExactly(file, target);
  }

  @Test
  void arraysMakeCollectionsByTheirNamesAndLengths() throws IOException {
    Path target = folder.resolve("arrays");

    spark
        .range(0, 100)
        .select(
            col("id").as("run"),
            expr("transform(sequence(0, id % 3), x -> float(x))").as("Jet_pt"),
            expr("transform(sequence(0, id % 3), x -> double(x))").as("Jet_eta"),
            expr("transform(sequence(0, id % 2), x -> struct(int(x) as a, array(float(x)) as b))")
                .as("trk"),
            lit(true).as("HLT_j"))
        .coalesce(1)
        .write()
        .format("jetfold")
        .save(target.toString());

    try (Decompressor decompressor = new Decompressor(files(target).getFirst(), 1)) {
      assertThat(decompressor.header().schema().groups())
          .extracting(group -> group.name() + group.columns().stream().map(c -> c.name()).toList())
          .containsExactly("[run, HLT_j]", "Jet[Jet_pt, Jet_eta]", "trk[trk.a]", "trk.b[trk.b]");
    }
    assertThat(load(target).select("Jet_eta").as("x").where("size(Jet_eta) = 3").count())
        .isEqualTo(33);
  }

  @Test
  void failedJobLeavesNothing() throws IOException {
    Path target = folder.resolve("failed");
    Dataset<Row> rows =
        spark.range(0, 20_000, 1, 4).select(col("id"), expr("1 / (id - 15000)").as("x"));
    spark.conf().set("spark.sql.ansi.enabled", "true");

    assertThatThrownBy(() -> rows.write().format("jetfold").save(target.toString()))
        .hasStackTraceContaining("DIVIDE_BY_ZERO");

    assertThat(files(folder)).isEmpty();
  }

  @Test
  void tasksThatFailTwiceMakeNoDuplicates() throws IOException {
    Path target = folder.resolve("repeated");
    Dataset<Row> rows = spark.range(0, 1000, 1, 4).toDF("id");
    Dataset<Row> failing =
        rows.mapPartitions(
            (MapPartitionsFunction<Row, Row>)
                input -> {
                  int partition = TaskContext.getPartitionId();
                  List<Row> taken = new java.util.ArrayList<>();
                  input.forEachRemaining(taken::add);
                  Stream<Row> all = taken.stream();
                  return all.peek(
                          row -> {
                            if (row.getLong(0) % 250 == 200
                                && FAILED.merge(partition, 1, Integer::sum) <= 2) {
                              throw new IllegalStateException("fails twice");
                            }
                          })
                      .iterator();
                },
            rows.encoder());

    failing.write().format("jetfold").save(target.toString());
    Path undisturbed = folder.resolve("undisturbed");
    rows.write().format("jetfold").save(undisturbed.toString());

    assertThat(FAILED).hasSize(4).allSatisfy((_, times) -> assertThat(times).isEqualTo(3));
    assertThat(files(target)).hasSize(4);
    for (Path file : files(target)) {
      assertThat(file).hasSameBinaryContentAs(undisturbed.resolve(file.getFileName()));
    }
    assertThat(files(folder)).containsExactly(target, undisturbed);
    assertThat(load(target).select("id").distinct().count()).isEqualTo(1000);
    assertThat(load(target).count()).isEqualTo(1000);
  }

  @Test
  void modesSayWhatBecomesOfFolderThatIsThere() throws IOException {
    Path target = folder.resolve("modes");
    Dataset<Row> rows = spark.range(0, 10, 1, 1).toDF("id");

    rows.write().format("jetfold").save(target.toString());
    assertThatThrownBy(() -> rows.write().format("jetfold").save(target.toString()))
        .hasMessageContaining("modes: exists already");
    rows.write().format("jetfold").mode(SaveMode.Ignore).save(target.toString());
    assertThat(load(target).count()).isEqualTo(10);
    rows.write().format("jetfold").mode(SaveMode.Append).save(target.toString());
    assertThat(load(target).count()).isEqualTo(20);
    // What is read may be replaced.
    load(target).write().format("jetfold").mode(SaveMode.Overwrite).save(target.toString());
    assertThat(load(target).count()).isEqualTo(20);
    assertThat(files(folder)).containsExactly(target);
  }

  @Test
  void frameWithoutRowsKeepsItsColumns() throws IOException {
    Path target = folder.resolve("empty");

    spark
        .range(0, 10)
        .select(col("id"), array(lit(1f)).as("x"))
        .where("id < 0")
        .write()
        .format("jetfold")
        .save(target.toString());

    assertThat(load(target).schema().fieldNames()).containsExactly("id", "x");
    assertThat(load(target).count()).isZero();
  }

  @Test
  void missingFloatsBecomeNanAndMissingListsEmpty() throws IOException {
    Path target = folder.resolve("missing");
    Dataset<Row> rows =
        spark
            .range(0, 4, 1, 1)
            .select(
                when(col("id").notEqual(2), col("id").cast("float")).as("x"),
                when(col("id").notEqual(1), array(lit(5))).as("list"));

    rows.write().format("jetfold").save(target.toString());

    List<Row> read = load(target).collectAsList();
    assertThat(read.get(2).getFloat(0)).isNaN();
    assertThat(read.get(1).getSeq(1).isEmpty()).isTrue();
    assertThat(read.get(3).getSeq(1).length()).isEqualTo(1);
  }

  @Test
  void messagesNameWhatCannotBeWritten() throws IOException {
    Dataset<Row> ids = spark.range(0, 4, 1, 1).toDF("id");

    assertFailure(ids.select(col("id").cast("string").as("text")), "exact")
        .hasStackTraceContaining("column text is of type string");
    assertFailure(ids.select(when(col("id").equalTo(1), 5).as("x")), "exact")
        .hasStackTraceContaining("row 0 of the partition: column x is missing");
    assertFailure(ids, "pt=rel:0.004").hasMessageContaining("pt");
    assertThat(files(folder)).isEmpty();
  }

  @Test
  void listsOfOneCollectionMustHaveOneLength() throws IOException {
    // Beyond the rows that tell which columns belong together, one of them is longer.
    Dataset<Row> rows =
        spark
            .range(0, 2000, 1, 1)
            .select(
                array(lit(1)).as("Jet_a"),
                expr("if(id < 1999, array(1), array(1, 2))").as("Jet_b"));

    assertFailure(rows, "exact")
        .hasStackTraceContaining(
            "row 1999 of the partition: column Jet_b has 2 values, but Jet_a has 1");
    assertThat(files(folder)).isEmpty();
  }

  private org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> assertFailure(
      Dataset<Row> rows, String precision) {
    return assertThat(
        org.assertj.core.api.Assertions.catchThrowable(() ->
            rows.write()
                .format("jetfold")
                .option("precision", precision)
                .save(folder.resolve("target").toString())));
  }
}
