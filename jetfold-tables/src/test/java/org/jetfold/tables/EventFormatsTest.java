package org.jetfold.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jetfold.codec.error.JetfoldException;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Group;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.ValueType;
import org.jetfold.tables.format.ColumnRequest;
import org.jetfold.tables.format.SinkOptions;
import org.jetfold.tables.format.SourceOptions;
import org.jetfold.tables.format.TableUsageException;
import org.jetfold.tables.format.TableUsageException.Subject;
import org.jetfold.testing.RandomCase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events with several collections and lists within objects, through every format that has them. */
class EventFormatsTest {
  @TempDir private static Path folder;

  private static WholeTable through(String file, Table table, int written, int read)
      throws IOException {
    String name = folder.resolve(file).toString();
    List<String> warnings = new ArrayList<>();
    WholeTable.write(
        TableFiles.create(name, null, table.schema(), new SinkOptions(true, warnings::add)),
        table,
        written);
    SourceOptions options = new SourceOptions(null, ColumnRequest.ALL, 2, warnings::add);
    try (TableSource source = TableFiles.open(name, null, options)) {
      WholeTable back = WholeTable.read(source, read);
      assertThat(warnings).isEmpty();
      return back;
    }
  }

  @Tag("slow")
  @Test
  void rootKeepsEvents() {
    RandomCase.each(
        120,
        any -> {
          int written = any.between(1, 30);
          int read = any.between(1, 30);
          Table table = new RandomTables(any.bits()).collections(4);
          through("e.root", table, written, read).assertSameAs(WholeTable.of(table));
        });
  }

  /** DuckDB's dictionaries take all NaNs for the same one. */
  @Test
  void parquetKeepsNanPayloadsApart() throws IOException {
    double[] doubles = new double[300];
    float[] floats = new float[300];
    int[] offsets = new int[101];
    for (int i = 0; i < 300; i++) {
      doubles[i] = Double.longBitsToDouble(0x7FF8L << 48 | i % 3);
      floats[i] = Float.intBitsToFloat(0x7FC00000 | i % 3);
      offsets[i / 3 + 1] = i + 1;
    }
    List<Column> columns =
        List.of(new Column("x", ValueType.FLOAT64), new Column("y", ValueType.FLOAT32));
    List<ColumnValues> values =
        List.of(new ColumnValues.Doubles(doubles), new ColumnValues.Floats(floats));
    Table flat = new Table(Schema.flat(columns), 300, List.of(), values);
    Table events =
        new Table(Schema.events(List.of(), "jets", columns), 100, List.of(offsets), values);
    through("flat.parquet", flat, 300, 300).assertSameAs(WholeTable.of(flat));
    through("events.parquet", events, 100, 100).assertSameAs(WholeTable.of(events));
  }

  @Tag("slow")
  @Test
  void parquetKeepsEvents() {
    RandomCase.each(
        20,
        any -> {
          int read = any.between(1, 30);
          Table table = new RandomTables(any.bits()).collections(3);
          through("e.parquet", table, 7, read).assertSameAs(WholeTable.of(table));
        });
  }

  @Test
  void arrowKeepsEvents() {
    RandomCase.each(
        120,
        any -> {
          int written = any.between(1, 30);
          int read = any.between(1, 30);
          String file = any.between(0, 1) == 0 ? "e.arrow" : "e.arrows";
          Table table = new RandomTables(any.bits()).collections(4);
          through(file, table, written, read).assertSameAs(WholeTable.of(table));
        });
  }

  @Tag("slow")
  @Test
  void hdf5KeepsEvents() {
    RandomCase.each(
        120,
        any -> {
          int read = any.between(1, 30);
          Table table = new RandomTables(any.bits()).collections(4);
          through("e.h5", table, 7, read).assertSameAs(WholeTable.of(table));
        });
  }

  @Test
  void hdf5KeepsFlatTables() {
    RandomCase.each(
        60,
        any -> {
          Table table = new RandomTables(any.bits()).flat();
          through("f.hdf5", table, 7, 11).assertSameAs(WholeTable.of(table));
        });
  }

  @Tag("slow")
  @Test
  void npzKeepsEvents() {
    RandomCase.each(
        120,
        any -> {
          int read = any.between(1, 30);
          Table table = new RandomTables(any.bits()).collections(4);
          through("e.npz", table, 7, read).assertSameAs(WholeTable.of(table));
        });
  }

  @Test
  void namesThatAFieldCannotHaveAreChanged() throws IOException {
    Schema schema =
        Schema.events(
            List.of(new Column("a/b", ValueType.INT32)),
            "Jet",
            List.of(new Column("Jet.PT", ValueType.FLOAT32), new Column("m", ValueType.FLOAT64)));
    Table table =
        new Table(
            schema,
            1,
            List.of(new int[] {0, 1}),
            List.of(
                new ColumnValues.Integers(new long[] {3}),
                new ColumnValues.Floats(new float[] {1}),
                new ColumnValues.Doubles(new double[] {2})));
    String name = folder.resolve("n.root").toString();
    List<String> warnings = new ArrayList<>();
    WholeTable.write(
        TableFiles.create(name, null, schema, new SinkOptions(true, warnings::add)), table, 9);
    assertThat(warnings).singleElement().asString().contains("Jet.PT is called Jet_PT, and 1 more");
    try (TableSource source = TableFiles.open(name, null, new SourceOptions(warnings::add))) {
      assertThat(source.schema().columns())
          .extracting(Column::name)
          .containsExactly("a_b", "Jet_PT", "Jet_m");
      assertThat(source.schema().root().lists()).extracting(Group::name).containsExactly("Jet");
    }
  }

  @Tag("slow")
  @Test
  void partsOfAnyFormatAreChosenByName() throws IOException {
    Table table = new RandomTables(5).collections(2);
    for (String file : List.of("p.root", "p.parquet", "p.h5", "p.npz", "p.arrows")) {
      through(file, table, 7, 7);
      String name = folder.resolve(file).toString();
      try (TableSource source = open(name, List.of("A"), List.of("e*"))) {
        assertThat(source.schema().root().lists())
            .as(file)
            .extracting(Group::name)
            .containsExactly("A");
        assertThat(source.schema().root().columns()).isEqualTo(table.schema().root().columns());
        assertThat(WholeTable.read(source, 5).offsets().getFirst()).isEqualTo(table.offsets(1));
      }
      assertThatThrownBy(() -> open(name, List.of("Q"), List.of()))
          .as(file)
          .isInstanceOf(TableUsageException.class)
          .satisfies(
              e -> assertThat(((TableUsageException) e).subject()).contains(Subject.COLLECTIONS));
      assertThatThrownBy(() -> open(name, List.of(), List.of("Q_x")))
          .as(file)
          .isInstanceOf(TableUsageException.class)
          .hasMessageContaining("Q_x");
    }
  }

  /** A file of one collection has its columns' own names, and the collection's in a note. */
  @Test
  void aCollectionWhoseNameIsNotedIsFoundByIt() throws IOException {
    String collection = "jets";
    String column = "pt";
    Schema schema =
        Schema.events(
            List.of(new Column("run", ValueType.INT32)),
            collection,
            List.of(new Column(column, ValueType.FLOAT32), new Column("eta", ValueType.FLOAT32)));
    ColumnValues floats = new ColumnValues.Floats(new float[] {1, 2, 3});
    ColumnValues runs = new ColumnValues.Integers(new long[] {7, 8});
    Table table = new Table(schema, 2, List.of(new int[] {0, 2, 3}), List.of(runs, floats, floats));
    String name = folder.resolve("one.parquet").toString();
    through("one.parquet", table, 7, 7);
    for (String columns : List.of(column, collection + "." + column)) {
      try (TableSource source = open(name, List.of(), List.of(columns))) {
        assertThat(source.schema().columns()).extracting(Column::name).containsExactly(column);
      }
    }
    try (TableSource source = open(name, List.of(collection), List.of())) {
      assertThat(source.schema().root().lists()).isEqualTo(table.schema().root().lists());
      assertThat(WholeTable.read(source, 5).offsets().getFirst()).isEqualTo(table.offsets(1));
    }
    assertThatThrownBy(() -> open(name, List.of(collection + "s"), List.of()))
        .isInstanceOf(TableUsageException.class)
        .hasMessageContaining("did you mean " + collection + "?");
  }

  private static TableSource open(String name, List<String> collections, List<String> columns)
      throws IOException {
    return TableFiles.open(
        name, null, new SourceOptions(null, new ColumnRequest(collections, columns), 1, _ -> {}));
  }

  @Test
  void damagedFilesAreRefused() {
    RandomCase.each(
        60,
        any -> {
          java.util.Random random = new java.util.Random(any.bits());
          Table table = new RandomTables(17).collections(2);
          for (String file : List.of("d.root", "d.h5", "d.npz", "d.arrow")) {
            Path whole = folder.resolve(file);
            if (!Files.exists(whole)) {
              through(file, table, 7, 7);
            }
            byte[] bytes = Files.readAllBytes(whole);
            byte[] damaged =
                java.util.Arrays.copyOf(
                    bytes, bytes.length - random.nextInt(2) * random.nextInt(bytes.length));
            for (int i = 0; i < 3 && damaged.length > 0; i++) {
              damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            Path bad = Files.write(folder.resolve("damaged-" + file), damaged);
            try (TableSource source =
                TableFiles.open(bad.toString(), null, new SourceOptions(_ -> {}))) {
              WholeTable.read(source, 4);
            } catch (IOException | JetfoldException e) {
              assertThat(e).hasMessageContaining("damaged-" + file);
            }
          }
        });
  }
}
