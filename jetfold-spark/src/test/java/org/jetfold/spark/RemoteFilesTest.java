package org.jetfold.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.jetfold.codec.Compression;
import org.jetfold.codec.Compressor;
import org.jetfold.codec.precision.PrecisionRules;
import org.jetfold.codec.table.TableSink;
import org.jetfold.codec.table.TableSource;
import org.jetfold.tables.TableFiles;
import org.jetfold.tables.format.SinkOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that no machine of the cluster has. */
class RemoteFilesTest {
  private static final int EVENTS = 3_000;
  private static final String PRECISION = "pt=rel:0.004:dither,eta=bits:7";

  @TempDir private Path folder;
  private SparkSession spark;

  @BeforeEach
  void start() {
    spark = LocalSpark.session();
    spark
        .sparkContext()
        .hadoopConfiguration()
        .setClass(
            "fs.%s.impl".formatted(RemoteFileSystem.SCHEME),
            RemoteFileSystem.class,
            org.apache.hadoop.fs.FileSystem.class);
  }

  private String remote(String name) {
    return "%s:%s".formatted(RemoteFileSystem.SCHEME, folder.resolve(name));
  }

  private Path root(String name, int seed) throws IOException {
    Path file = Files.createDirectories(folder.resolve("in")).resolve(name);
    try (TableSource table = TableSource.of(EventTables.table(seed, 0, EVENTS));
        TableSink sink =
            TableFiles.create(
                file.toString(), null, EventTables.SCHEMA, new SinkOptions(false, _ -> {}))) {
      table.forEachPiece(sink::write);
      sink.finish();
    }
    return file;
  }

  @Test
  void programsReadAndWriteThem() throws IOException {
    Path input = root("a.root", 1);
    root("b.root", 2);

    assertThat(Programs.run("compress", remote("in"), remote("out"), "--precision", PRECISION))
        .returns("", Programs::err);
    assertThat(
            Programs.run(
                "evaluate", remote("in"), remote("out"), "--jets", "jets", "--json", remote("e")))
        .returns("", Programs::err);
    assertThat(spark.read().format("jetfold").load(remote("out")).count()).isEqualTo(2L * EVENTS);
    spark
        .read()
        .format("jetfold")
        .load(remote("out"))
        .select("jets_pt")
        .write()
        .format("jetfold")
        .save(remote("pt"));

    Path expected = folder.resolve("expected.jetf");
    try (TableSource table = TableFiles.open(input);
        Compressor compressor = new Compressor(1)) {
      compressor.compress(
          table, Compression.of(table.schema(), PrecisionRules.parse(PRECISION)), expected);
    }
    assertThat(folder.resolve("out/a.jetf")).hasSameBinaryContentAs(expected);
    assertThat(folder.resolve("e")).isNotEmptyFile();
    assertThat(spark.read().format("jetfold").load(remote("pt")).count()).isEqualTo(2L * EVENTS);
    assertThat(names(folder)).containsExactly("e", "expected.jetf", "in", "out", "pt");
  }

  @Test
  void damagedFileIsNamedAsTheUserKnowsIt() throws IOException {
    root("a.root", 1);
    Path damaged = root("b.root", 2);
    byte[] bytes = Files.readAllBytes(damaged);
    Arrays.fill(bytes, bytes.length / 2, bytes.length / 2 + 400, (byte) 0x55);
    Files.write(damaged, bytes);

    assertThat(Programs.run("compress", remote("in"), remote("out")))
        .returns(3, Programs::exitCode)
        .satisfies(
            ran -> assertThat(ran.err()).contains(remote("in/b.root")).containsPattern("\\d+"));
    assertThat(names(folder)).containsExactly("in");
    assertThatThrownBy(() -> spark.read().format("jetfold").load(remote("none")))
        .hasMessageContaining("there is no such file or folder");
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
