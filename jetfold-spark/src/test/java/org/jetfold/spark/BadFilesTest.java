package org.jetfold.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jetfold.codec.Compression;
import org.jetfold.codec.Compressor;
import org.jetfold.codec.Decompressor;
import org.jetfold.codec.ModelFile;
import org.jetfold.codec.file.Footer;
import org.jetfold.codec.model.LearnedModel;
import org.jetfold.codec.model.ModelUse;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.ValueType;
import org.jetfold.tables.TableFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that cannot be read, or not together, are named. */
class BadFilesTest {
  private static final int EVENTS = 20_000;

  @TempDir private Path folder;
  private SparkSession spark;

  @BeforeEach
  void start() {
    spark = LocalSpark.session();
    SkippedFiles.clear();
  }

  private Dataset<Row> load(String onError) {
    return spark.read().format("jetfold").option("onError", onError).load(folder.toString());
  }

  private void writeFiles(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      EventTables.write(
          EventTables.table(i, (long) i * EVENTS, EVENTS),
          "pt=bits:7",
          folder.resolve(i + ".jetf"));
    }
  }

  private static Footer.Section.Block block(Path file, int number) throws IOException {
    try (Decompressor decompressor = new Decompressor(file, 1)) {
      return decompressor.blocks().get(number);
    }
  }

  private static void damage(Path file, long from, long to) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    for (long at = from; at < to; at++) {
      bytes[(int) at] ^= 0x55;
    }
    Files.write(file, bytes);
  }

  @Test
  void damagedBlockIsNamedOrSkipped() throws IOException {
    writeFiles(3);
    Path damaged = folder.resolve("1.jetf");
    Footer.Section.Block block = block(damaged, 1);
    damage(damaged, block.end() - 1000, block.end());

    assertThatThrownBy(() -> load("fail").collect())
        .hasStackTraceContaining("1.jetf: damaged at byte ");
    List<Row> rows = load("skip").select("number", "muons_pt").collectAsList();
    assertThat(rows).hasSizeBetween(2 * EVENTS, 3 * EVENTS - block.events());
    assertThat(SkippedFiles.list()).hasSize(1);
    assertThat(SkippedFiles.list().getFirst()).contains("1.jetf: damaged at byte ");
  }

  @Test
  void fileWithoutIndexIsNamedOrSkipped() throws IOException {
    writeFiles(3);
    Path cut = folder.resolve("2.jetf");
    Files.write(cut, java.util.Arrays.copyOf(Files.readAllBytes(cut), 10_000));
    Files.writeString(folder.resolve("3.jetf"), "no Jetfold file at all");

    assertThatThrownBy(() -> load("fail").collect()).hasMessageContaining(".jetf: ");
    assertThat(load("skip").count()).isEqualTo(2 * EVENTS);
    assertThat(SkippedFiles.list()).hasSize(2);
    assertThat(SkippedFiles.list().get(0)).contains("2.jetf: damaged at byte ");
    assertThat(SkippedFiles.list().get(1)).contains("3.jetf: not a Jetfold file");
  }

  @Test
  void fileOfAnotherTableIsNamed() throws IOException {
    writeFiles(2);
    Schema other = Schema.flat(List.of(new Column("x", ValueType.FLOAT32)));
    EventTables.write(
        new Table(other, 1, List.of(), List.of(new ColumnValues.Floats(new float[1]))),
        "exact",
        folder.resolve("2.jetf"));

    assertThatThrownBy(() -> load("fail").collect())
        .hasMessageContaining("2.jetf: it has column x of type float32 where the first file has");
    assertThatThrownBy(() -> load("maybe"))
        .hasMessageContaining("the option 'onError' must be fail or skip, was maybe");
  }

  @Test
  void modelIsFoundBesideTheFilesOrNamed() throws IOException {
    Path samples = Path.of(System.getProperty("jetfold.root"), "samples");
    LearnedModel model = ModelFile.read(samples.resolve("jets.jetm"));
    Table restored;
    try (TableSource jets = TableFiles.open(samples.resolve("jets.npz"));
        Compressor compressor = new Compressor(1)) {
      compressor.compress(
          jets,
          Compression.asTrained(jets.schema(), ModelUse.of(model)),
          folder.resolve("jets.jetf"));
    }

    assertThatThrownBy(() -> load("fail").collect())
        .hasStackTraceContaining("jets.jetf: needs the model with SHA-256 " + model.hash())
        .hasStackTraceContaining("which is in none of file:" + folder.toString().substring(0, 4));
    assertThat(load("fail").count()).isPositive();

    Path models = Files.createDirectory(folder.resolve("models"));
    Files.copy(samples.resolve("jets.jetm"), models.resolve("some.jetm"));
    try (Decompressor decompressor =
        new Decompressor(
            folder.resolve("jets.jetf"), 1, org.jetfold.codec.model.ModelSource.of(model))) {
      restored = decompressor.readAll();
    }
    List<Row> rows =
        spark
            .read()
            .format("jetfold")
            .option("model", models.toString())
            .option("collection", restored.schema().groups().get(1).name())
            .load(folder.resolve("jets.jetf").toString())
            .select("pt")
            .collectAsList();
    float[] pt = restored.floats("pt");
    assertThat(rows).hasSize(pt.length);
    for (int jet = 0; jet < pt.length; jet++) {
      assertThat(rows.get(jet).getFloat(0)).isEqualTo(pt[jet]);
    }
  }
}
