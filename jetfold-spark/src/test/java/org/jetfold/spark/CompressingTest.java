package org.jetfold.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jetfold.codec.Compression;
import org.jetfold.codec.Compressor;
import org.jetfold.codec.Decompressor;
import org.jetfold.codec.precision.PrecisionRules;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSink;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.ValueType;
import org.jetfold.tables.TableFiles;
import org.jetfold.tables.format.EntryRange;
import org.jetfold.tables.format.SinkOptions;
import org.jetfold.tables.format.SourceOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many files are compressed as one machine compresses each. */
class CompressingTest {
  private static final String PRECISION = "pt=rel:0.004:dither,eta=bits:7";

  @TempDir private Path folder;

  @BeforeEach
  void start() {
    LocalSpark.session();
  }

  private Path root(String name, Table table, int eventsACluster) throws IOException {
    Path file = Files.createDirectories(folder.resolve("in")).resolve(name);
    try (TableSink sink =
        TableFiles.create(file.toString(), null, table.schema(), new SinkOptions(false, _ -> {}))) {
      for (int from = 0; from < table.rootEntries(); from += eventsACluster) {
        sink.write(table.slice(from, Math.min(from + eventsACluster, table.rootEntries())));
      }
      sink.finish();
    }
    return file;
  }

  private Programs compress(String... more) {
    return Programs.run(
        Stream.concat(
                Stream.of(
                    "compress",
                    folder.resolve("in").toString(),
                    folder.resolve("out").toString(),
                    "--precision",
                    PRECISION),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private static Table jets(String... columns) {
    List<Column> described =
        Stream.of(columns).map(name -> new Column(name, ValueType.FLOAT32)).toList();
    List<ColumnValues> values =
        Stream.of(columns)
            .<ColumnValues>map(
                name -> new ColumnValues.Floats(new float[] {name.length(), 2 * name.length(), 3}))
            .toList();
    return new Table(
        Schema.events(List.of(), "jets", described), 2, List.of(new int[] {0, 2, 3}), values);
  }

  @Test
  void partsHaveTheBytesOfTheirEvents() throws IOException {
    Path large = root("large.root", EventTables.table(1, 0, 60_000), 7_000);
    root("small.root", EventTables.table(2, 0, 500), 500);

    assertThat(compress("--split", "1")).returns("", Programs::err);

    List<EntryRange> parts =
        TableFiles.parts(large.toString(), new SourceOptions(_ -> {}), 1 << 20);
    assertThat(parts).hasSizeGreaterThan(1);
    for (EntryRange part : parts) {
      Path expected = folder.resolve("expected.jetf");
      try (TableSource table =
              TableFiles.open(large.toString(), null, new SourceOptions(_ -> {}).within(part));
          Compressor compressor = new Compressor(1)) {
        compressor.compress(
            table, Compression.of(table.schema(), PrecisionRules.parse(PRECISION)), expected);
      }
      assertThat(folder.resolve("out/large-%05d.jetf".formatted(parts.indexOf(part))))
          .hasSameBinaryContentAs(expected);
    }
    assertThat(folder.resolve("out/small.jetf")).isNotEmptyFile();
  }

  @Test
  void columnsHaveTheOrderOfTheFirstFile() throws IOException {
    root("a.root", jets("pt", "eta", "m"), 2);
    root("b.root", jets("m", "pt", "eta"), 2);

    assertThat(compress()).returns("", Programs::err);

    for (String name : List.of("a", "b")) {
      try (Decompressor made = new Decompressor(folder.resolve("out/" + name + ".jetf"), 1)) {
        assertThat(made.header().schema().columns())
            .extracting(Column::name)
            .containsExactly("jets_pt", "jets_eta", "jets_m");
        assertThat(made.readAll().floats("jets_eta")).containsExactly(3, 6, 3);
      }
    }
  }

  @Test
  void fileOfAnotherTableIsNamed() throws IOException {
    root("a.root", jets("pt", "eta"), 2);
    root("b.root", jets("pt", "mass"), 2);

    assertThat(compress())
        .returns(2, Programs::exitCode)
        .satisfies(ran ->
            assertThat(ran.err()).contains("b.root: cannot be one table with").contains("a.root"));
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void damagedFileIsNamedWithItsPlace() throws IOException {
    for (int i = 0; i < 20; i++) {
      root("run%02d.root".formatted(i), EventTables.table(i, 0, 300), 100);
    }
    Path damaged = folder.resolve("in/run13.root");
    byte[] bytes = Files.readAllBytes(damaged);
    for (int at = bytes.length / 3; at < bytes.length / 3 + 300; at++) {
      bytes[at] ^= 0x55;
    }
    Files.write(damaged, bytes);

    assertThat(compress())
        .returns(3, Programs::exitCode)
        .satisfies(ran -> assertThat(ran.err()).containsPattern("in/run13\\.root: .*byte \\d+"));
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(folder.resolve("in"));
    }
  }
}
