package org.jetfold.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.assertj.core.api.ThrowingConsumer;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Group;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSink;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.codec.table.ValueType;
import org.jetfold.tables.format.SinkOptions;
import org.jetfold.tables.format.SourceOptions;
import org.jetfold.tables.format.TableFormat;
import org.jetfold.tables.format.TableUsageException;
import org.jetfold.tables.format.TableUsageException.Subject;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Formats by ending, files that are not there or in the way, and names that are hard to handle. */
class TableFilesTest {
  private static final Schema SCHEMA = Schema.flat(List.of(new Column("pt", ValueType.FLOAT32)));
  private static final Table TABLE =
      new Table(SCHEMA, 3, List.of(), List.of(new ColumnValues.Floats(new float[] {1, 2, 3})));

  @TempDir Path folder;
  private final List<String> warnings = new ArrayList<>();

  private String name(String file) {
    return folder.resolve(file).toString();
  }

  private TableSource open(String name) throws IOException {
    return TableFiles.open(name, null, new SourceOptions(warnings::add));
  }

  private TableSink create(String name, Schema schema) throws IOException {
    return TableFiles.create(name, null, schema, new SinkOptions(false, warnings::add));
  }

  private TableSink recreate(String name) throws IOException {
    return TableFiles.create(name, null, SCHEMA, new SinkOptions(true, warnings::add));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.npz", "a.npy", "a.parquet", "a.csv", "a.arrow", "a.arrows"})
  void theNumberOfRowsIsSaidWhereItIsKnown(String file) throws IOException {
    WholeTable.write(create(name(file), SCHEMA), TABLE, 2);
    try (TableSource source = open(name(file))) {
      assertThat(source.rootEntries())
          .isEqualTo(file.endsWith("csv") ? OptionalLong.empty() : OptionalLong.of(3));
      // All, and not what is left.
      source.next(1);
      assertThat(source.rootEntries())
          .isEqualTo(file.endsWith("csv") ? OptionalLong.empty() : OptionalLong.of(3));
    }
  }

  @Test
  void theNumberOfEventsIsSaidAndNotThatOfJets() throws IOException {
    Table table = new RandomTables(3).events();
    WholeTable.write(create(name("e.npz"), table.schema()), table, 2);
    try (TableSource source = open(name("e.npz"))) {
      assertThat(source.rootEntries()).hasValue(table.rootEntries());
    }
  }

  private List<String> files() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static ThrowingConsumer<Throwable> subject(Subject subject) {
    return e -> assertThat(((TableUsageException) e).subject()).contains(subject);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a.rootx", "a.parquet.gz", "a.csv "})
  void anUnknownEndingIsAUsageErrorThatListsTheFormats(String name) {
    assertThatThrownBy(() -> open(name))
        .isInstanceOf(TableUsageException.class)
        .hasMessageContaining(".npz, .npy, .parquet, .csv")
        .satisfies(subject(Subject.SOURCE_FORMAT));
    assertThatThrownBy(() -> create(name, SCHEMA))
        .isInstanceOf(TableUsageException.class)
        .satisfies(subject(Subject.SINK_FORMAT));
  }

  @Test
  void readingFromAPipeNeedsAFormatThatCan() {
    SourceOptions options = new SourceOptions(warnings::add);
    assertThatThrownBy(() -> TableFiles.open("-", null, options))
        .isInstanceOf(TableUsageException.class)
        .satisfies(subject(Subject.SOURCE_FORMAT));
    for (TableFormat format :
        List.of(
            TableFormats.named("npz"),
            TableFormats.named("parquet"),
            TableFormats.named("root"),
            TableFormats.named("hdf5"))) {
      assertThatThrownBy(() -> TableFiles.open("-", format, options))
          .isInstanceOf(TableUsageException.class)
          .hasMessageContaining("pipe");
    }
  }

  @ParameterizedTest
  @MethodSource("org.jetfold.tables.TableFormats#written")
  void everyFormatGoesToAPipe(TableFormat format) throws IOException {
    ByteArrayOutputStream pipe = new ByteArrayOutputStream();
    SinkOptions options = new SinkOptions(false, warnings::add);
    WholeTable.write(TableFiles.create("-", format, SCHEMA, options, pipe), TABLE, 2);
    Files.write(folder.resolve("piped" + format.ending()), pipe.toByteArray());
    WholeTable.write(create(name("filed" + format.ending()), SCHEMA), TABLE, 2);
    try (TableSource piped = open(name("piped" + format.ending()));
        TableSource filed = open(name("filed" + format.ending()))) {
      WholeTable.read(piped, 2).assertSameAs(WholeTable.read(filed, 2));
    }
  }

  @Test
  void aMatrixIsWrittenOnRequestAndHoldsFloatsOfOneCollection() throws IOException {
    SinkOptions options = new SinkOptions(false, warnings::add).withArrays(true, true);
    List<Column> floats =
        List.of(new Column("pt", ValueType.FLOAT32), new Column("eta", ValueType.FLOAT32));
    Schema schema = Schema.events(List.of(new Column("run", ValueType.INT32)), "Jet", floats);
    Table table =
        new Table(
            schema,
            2,
            List.of(new int[] {0, 1, 3}),
            List.of(
                new ColumnValues.Integers(new long[] {1, 2}),
                new ColumnValues.Floats(new float[] {5, 4, 3}),
                new ColumnValues.Floats(new float[] {-1, 0, 1})));
    WholeTable.write(TableFiles.create(name("a.npz"), null, schema, options), table, 1);
    try (ZipFile zip = new ZipFile(folder.resolve("a.npz").toFile());
        TableSource source = open(name("a.npz"))) {
      assertThat(zip.stream().map(ZipEntry::getName))
          .containsExactly("Jet.npy", "columns.npy", "offsets.npy", "run.npy");
      assertThat(zip.stream().map(ZipEntry::getMethod)).containsOnly(ZipEntry.DEFLATED);
      WholeTable.read(source, 1).assertSameAs(WholeTable.of(table));
    }
    Schema mixed = Schema.events(floats, "Jet", List.of(new Column("n", ValueType.INT8)));
    assertThatThrownBy(() -> TableFiles.create(name("b.npz"), null, mixed, options))
        .isInstanceOf(TableUsageException.class)
        .hasMessageContaining("this table has column n of int8");
  }

  @Test
  void arraysAreStoredUnderTheirOwnNamesWhateverTheTypes() throws IOException {
    List<Column> floats =
        List.of(new Column("pt", ValueType.FLOAT32), new Column("eta", ValueType.FLOAT32));
    Table table =
        new Table(
            Schema.flat(floats),
            2,
            List.of(),
            List.of(
                new ColumnValues.Floats(new float[] {5, 4}),
                new ColumnValues.Floats(new float[] {-1, 0})));
    WholeTable.write(create(name("a.npz"), table.schema()), table, 1);
    try (ZipFile zip = new ZipFile(folder.resolve("a.npz").toFile())) {
      assertThat(zip.stream().map(ZipEntry::getName)).containsExactly("pt.npy", "eta.npy");
      assertThat(zip.stream().map(ZipEntry::getMethod)).containsOnly(ZipEntry.STORED);
    }
  }

  @Test
  void endingsCountInAnyCaseAndAnExplicitFormatBeatsThem() throws IOException {
    WholeTable.write(create(name("A.NPZ"), SCHEMA), TABLE, 2);
    Files.copy(folder.resolve("A.NPZ"), folder.resolve("b.csv"));
    SourceOptions options = new SourceOptions(warnings::add);
    try (TableSource source = TableFiles.open(name("b.csv"), TableFormats.named("npz"), options)) {
      WholeTable.read(source, 2).assertSameAs(WholeTable.of(TABLE));
    }
    assertThatThrownBy(() -> TableFormats.named("xls")).isInstanceOf(TableUsageException.class);
  }

  @Test
  void aPathIsEnoughToOpenAFile() throws IOException {
    WholeTable.write(create(name("a*[b].npz"), SCHEMA), TABLE, 2);
    try (TableSource source = TableFiles.open(folder.resolve("a*[b].npz"))) {
      WholeTable.read(source, 2).assertSameAs(WholeTable.of(TABLE));
    }
    assertThatThrownBy(() -> TableFiles.open(Path.of("-")))
        .isInstanceOf(TableUsageException.class)
        .hasMessageContaining("./-: its ending names no format");
  }

  @ParameterizedTest
  @MethodSource("org.jetfold.tables.TableFormats#written")
  void aFileThatCannotBeReadIsAnErrorOfOneLine(TableFormat format) throws IOException {
    String name = name("x" + format.ending());
    assertThatThrownBy(() -> open(name))
        .isInstanceOf(UnreadableTableException.class)
        .hasMessage(name + ": there is no such file");
    Files.createFile(Path.of(name));
    assertThatThrownBy(() -> open(name))
        .isInstanceOf(UnreadableTableException.class)
        .hasMessage(name + ": is empty (0 bytes)");
    Files.write(Path.of(name), new byte[] {'x', 1, 2, '\n', 5, 6, 7, 8, 9, 10, 11, 12, 13});
    assertThatThrownBy(() -> open(name))
        .isInstanceOf(UnreadableTableException.class)
        .hasMessageStartingWith(name + ": ")
        .message()
        .doesNotContain("\n");
    Files.delete(Path.of(name));
    Files.createDirectory(Path.of(name));
    assertThatThrownBy(() -> open(name))
        .isInstanceOf(UnreadableTableException.class)
        .hasMessageContaining("is a folder");
    assertThatThrownBy(() -> create(name, SCHEMA))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is a folder");
    String nowhere = name("missing/x" + format.ending());
    assertThatThrownBy(() -> create(nowhere, SCHEMA))
        .isInstanceOf(IOException.class)
        .hasMessage(nowhere + ": cannot be written: there is no such file or folder");
  }

  @ParameterizedTest
  @MethodSource("org.jetfold.tables.TableFormats#written")
  void nothingAppearsBeforeTheEndAndNothingStays(TableFormat format) throws IOException {
    String name = name("x" + format.ending());
    try (TableSink sink = create(name, SCHEMA)) {
      sink.write(TABLE);
      assertThat(Path.of(name)).doesNotExist();
    }
    assertThat(files()).isEmpty();
    WholeTable.write(create(name, SCHEMA), TABLE, 2);
    assertThat(files()).containsExactly("x" + format.ending());
    assertThatThrownBy(() -> create(name, SCHEMA))
        .isInstanceOf(TableUsageException.class)
        .hasMessageContaining("exists already");
    byte[] before = Files.readAllBytes(Path.of(name));
    try (TableSink sink = recreate(name)) {
      sink.write(TABLE);
    }
    assertThat(Path.of(name)).hasBinaryContent(before);
    WholeTable.write(recreate(name), TABLE, 3);
    assertThat(files()).containsExactly("x" + format.ending());
    try (TableSource source = open(name)) {
      assertThat(WholeTable.read(source, 2).bits().getFirst()).hasSize(3);
    }
  }

  @ParameterizedTest
  @MethodSource("org.jetfold.tables.TableFormats#written")
  void aTableWithoutRowsStaysOne(TableFormat format) throws IOException {
    String name = name("x" + format.ending());
    WholeTable.write(create(name, SCHEMA), TABLE.slice(0, 0), 1);
    try (TableSource source = open(name)) {
      assertThat(source.schema().columns()).extracting(Column::name).containsExactly("pt");
      assertThat(source.next(10)).isNull();
    }
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("org.jetfold.tables.TableFormats#written")
  void namesAreTakenLiterally(TableFormat format) throws IOException {
    WholeTable.write(create(name("ab" + format.ending()), SCHEMA), TABLE, 3);
    Schema other = Schema.flat(List.of(new Column("other", ValueType.INT8)));
    Table table =
        new Table(other, 1, List.of(), List.of(new ColumnValues.Integers(new long[] {-7})));
    for (String hard : List.of("a*", "a[b]", "a?", "it's \"ab\"", "{a,b}", "year=3", "-", "ä b")) {
      WholeTable.write(create(name(hard + format.ending()), other), table, 1);
      try (TableSource source = open(name(hard + format.ending()))) {
        assertThat(source.schema().columns())
            .extracting(Column::name)
            .hasSize(1)
            .doesNotContain("pt");
        assertThat(WholeTable.read(source, 1).bits().getFirst()).containsExactly(-7);
      }
    }
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("org.jetfold.tables.TableFormats#written")
  void aFullDeviceIsAnErrorOfOneLine(TableFormat format) throws IOException {
    assumeThat(Path.of("/dev/full")).exists();
    Path link =
        Files.createSymbolicLink(folder.resolve("x" + format.ending()), Path.of("/dev/full"));
    Table large =
        new Table(SCHEMA, 1 << 18, List.of(), List.of(new ColumnValues.Floats(new float[1 << 18])));
    assertThatThrownBy(() -> WholeTable.write(create(link.toString(), SCHEMA), large, 1 << 16))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(link.toString())
        .hasMessageContaining("No space left on device")
        .message()
        .doesNotContain("\n");
    assertThat(Path.of("/dev/full")).exists();
    Files.delete(link);
  }

  @Test
  void tablesThatAFormatCannotHoldAreUsageErrors() {
    Group jets = new Group("jets", SCHEMA.columns(), List.of());
    Group muons = new Group("muons", SCHEMA.columns(), List.of());
    Schema two = new Schema(new Group("", List.of(), List.of(jets, muons)));
    for (TableFormat format : List.of(TableFormats.named("npy"), TableFormats.named("csv"))) {
      assertThatThrownBy(() -> create(name("x" + format.ending()), two))
          .isInstanceOf(TableUsageException.class)
          .hasMessageContaining("one collection");
      assertThat(folder).isEmptyDirectory();
    }
  }

  @Test
  void namesThatCollideAreChangedWithAWarning() throws IOException {
    Schema schema =
        Schema.events(
            List.of(new Column("x", ValueType.INT8), new Column("offsets", ValueType.INT8)),
            "jets",
            List.of(new Column("x", ValueType.FLOAT64), new Column("event", ValueType.FLOAT32)));
    Table table =
        new Table(
            schema,
            2,
            List.of(new int[] {0, 1, 1}),
            List.of(
                new ColumnValues.Integers(new long[] {1, 2}),
                new ColumnValues.Integers(new long[] {3, 4}),
                new ColumnValues.Doubles(new double[] {5}),
                new ColumnValues.Floats(new float[] {6})));
    WholeTable.write(create(name("a.npz"), schema), table, 1);
    assertThat(warnings).hasSize(2);
    try (TableSource source = open(name("a.npz"))) {
      assertThat(source.schema().columns())
          .extracting(Column::name)
          .containsExactly("x", "offsets_2", "jets_x", "event");
      WholeTable.read(source, 1).assertSameValuesAs(WholeTable.of(table));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SinkOptions options = new SinkOptions(false, warnings::add);
    WholeTable.write(
        TableFiles.create("-", TableFormats.named("csv"), schema, options, out), table, 1);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo("entry,event_x,offsets,x,event\n0,1,3,5.0,6.0\n");
    assertThat(warnings).last().asString().contains("only rows: 1 event without objects;");
  }

  @Test
  void anEventColumnMustBeThere() throws IOException {
    WholeTable.write(create(name("a.npy"), SCHEMA), TABLE, 3);
    assertThatThrownBy(
            () -> TableFiles.open(name("a.npy"), null, new SourceOptions("run", warnings::add)))
        .isInstanceOf(TableUsageException.class)
        .hasMessageContaining("has no column run")
        .hasMessageContaining("pt");
    assertThatThrownBy(
            () -> TableFiles.open(name("a.npy"), null, new SourceOptions("pt", warnings::add)))
        .isInstanceOf(TableUsageException.class)
        .hasMessageContaining("no column but");
  }

  @Test
  void theSameTableGivesTheSameNpz() throws IOException {
    Table table = new RandomTables(4).events();
    WholeTable.write(create(name("a.npz"), table.schema()), table, 1);
    WholeTable.write(create(name("b.npz"), table.schema()), table, 1000);
    assertThat(Files.readAllBytes(folder.resolve("a.npz")))
        .isEqualTo(Files.readAllBytes(folder.resolve("b.npz")));
  }

  @Test
  void aClosedPipeIsAnError() {
    PrintStream full = new PrintStream(OutputStream.nullOutputStream());
    full.close();
    SinkOptions options = new SinkOptions(false, warnings::add);
    for (TableFormat format : List.of(TableFormats.named("csv"), TableFormats.named("npy"))) {
      assertThatThrownBy(() ->
              WholeTable.write(
                  TableFiles.create("-", format, SCHEMA, options, new CheckedPrintStream(full)),
                  TABLE,
                  1))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("standard output: cannot be written: ");
    }
  }
}
