package org.jetfold.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Group;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.codec.table.ValueType;
import org.jetfold.tables.format.ColumnRequest;
import org.jetfold.tables.format.SinkOptions;
import org.jetfold.tables.format.SourceOptions;
import org.jetfold.tables.format.TableFormat;
import org.jetfold.tables.format.TableUsageException;
import org.jetfold.tables.format.TableUsageException.Subject;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several files as one table. */
class ChainTest {
  private static final Column PT = new Column("pt", ValueType.FLOAT32);
  private static final Column RUN = new Column("run", ValueType.INT64);

  @TempDir Path folder;
  private final List<String> warnings = new ArrayList<>();

  private String write(String file, Table table) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    WholeTable.write(
        TableFiles.create(
            path.toString(), null, table.schema(), new SinkOptions(true, warnings::add)),
        table,
        7);
    return path.toString();
  }

  private String text(String file, String content) throws IOException {
    return Files.writeString(folder.resolve(file), content).toString();
  }

  private TableSource open(SourceOptions options, String... names) throws IOException {
    return TableFiles.open(List.of(names), null, options, InputStream.nullInputStream());
  }

  private WholeTable read(String... names) throws IOException {
    return read(new SourceOptions(warnings::add), names);
  }

  private WholeTable read(SourceOptions options, String... names) throws IOException {
    try (TableSource source = open(options, names)) {
      return WholeTable.read(source, 10);
    }
  }

  private AbstractThrowableAssert<?, ?> assertThatReading(String... names) {
    return assertThatThrownBy(() -> read(names));
  }

  private static Table flat(int rows) {
    float[] pt = new float[rows];
    long[] run = new long[rows];
    for (int i = 0; i < rows; i++) {
      pt[i] = i + 0.5f;
      run[i] = -3L * i;
    }
    return new Table(
        Schema.flat(List.of(PT, RUN)),
        rows,
        List.of(),
        List.of(new ColumnValues.Floats(pt), new ColumnValues.Integers(run)));
  }

  /** Events with a run, and jets with a pt and a list of energies. */
  private static Table events(int events) {
    long[] run = new long[events];
    int[] jets = new int[events + 1];
    for (int i = 0; i < events; i++) {
      run[i] = i;
      jets[i + 1] = jets[i] + (i + 1) % 3;
    }
    float[] pt = new float[jets[events]];
    int[] lists = new int[pt.length + 1];
    for (int i = 0; i < pt.length; i++) {
      pt[i] = i + 0.25f;
      lists[i + 1] = lists[i] + i % 4;
    }
    double[] energies = new double[lists[pt.length]];
    for (int i = 0; i < energies.length; i++) {
      energies[i] = Math.sqrt(i);
    }
    Column energy = new Column("jets_e", ValueType.FLOAT64);
    Group list = new Group("jets_e", List.of(energy), List.of());
    Schema schema =
        new Schema(
            new Group(
                "",
                List.of(RUN),
                List.of(
                    new Group(
                        "jets",
                        List.of(new Column("jets_pt", ValueType.FLOAT32)),
                        List.of(list)))));
    return new Table(
        schema,
        events,
        List.of(jets, lists),
        List.of(
            new ColumnValues.Integers(run),
            new ColumnValues.Floats(pt),
            new ColumnValues.Doubles(energies)));
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("org.jetfold.tables.TableFormats#written")
  void rowsFollowOneAnother(TableFormat format) throws IOException {
    Table table = flat(50);
    String ending = format.ending();
    String whole = write("whole" + ending, table);
    String[] parts = {
      write("first" + ending, table.slice(0, 0)),
      write("x" + ending, table.slice(0, 1)),
      write("b" + ending, table.slice(1, 30)),
      write("none" + ending, table.slice(0, 0)),
      write("a" + ending, table.slice(30, 50)),
      write("last" + ending, table.slice(0, 0)),
    };
    warnings.clear();
    read(parts).assertSameAs(read(whole));
    assertThat(warnings).isEmpty();
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(strings = {".npz", ".parquet", ".root", ".h5", ".arrow"})
  void eventsFollowOneAnother(String ending) throws IOException {
    Table table = events(60);
    String whole = write("whole" + ending, table);
    String[] parts = {
      write("none" + ending, table.slice(0, 0)),
      write("b" + ending, table.slice(0, 25)),
      write("x" + ending, table.slice(0, 0)),
      // Without objects: nothing in it tells which lists go together.
      write("a" + ending, table.slice(25, 26)),
      write("c" + ending, table.slice(26, 60)),
    };
    read(parts).assertSameAs(read(whole));
    read(folder + "/?" + ending)
        .assertSameValuesAs(
            WholeTable.of(
                Table.joined(
                    List.of(table.slice(25, 26), table.slice(0, 25), table.slice(26, 60)))));
  }

  @Test
  void tablesOfNothingButEmptyFilesAreEmpty() throws IOException {
    Table table = flat(3).slice(0, 0);
    String a = write("a.npz", table);
    WholeTable read = read(a, write("b.npz", table), a);
    assertThat(read.schema()).isEqualTo(table.schema());
    assertThat(read.bits()).allMatch(values -> values.length == 0);
  }

  @Test
  void formatsMayDiffer() throws IOException {
    Table table = flat(20);
    read(write("a.npz", table.slice(0, 9)), write("b.parquet", table.slice(9, 20)))
        .assertSameAs(WholeTable.of(table));
  }

  @Test
  void anEventEndsWithItsFile() throws IOException {
    String a = text("a.csv", "event,pt\n1,10\n2,20\n2,30\n");
    String b = text("b.csv", "event,pt\n2,40\n3,50\n");
    WholeTable read = read(new SourceOptions("event", warnings::add), a, b);
    assertThat(read.offsets()).hasSize(1);
    assertThat(read.offsets().getFirst()).containsExactly(0, 1, 3, 4, 5);
    assertThat(read.bits().getFirst()).containsExactly(1, 2, 2, 3);
  }

  @Test
  void columnsMayBeInAnotherOrder() throws IOException {
    String a = text("a.csv", "m,pt,n\n1.5,10,0.5\n");
    String b = text("b.csv", "n,m,pt\n0.25,2.5,20\n");
    WholeTable read = read(a, b);
    assertThat(read.schema().columns()).extracting(Column::name).containsExactly("m", "pt", "n");
    assertThat(read.bits().get(1)).containsExactly(10, 20);
    assertThat(read.bits().get(0))
        .containsExactly(Double.doubleToRawLongBits(1.5), Double.doubleToRawLongBits(2.5));
    assertThat(read.bits().get(2))
        .containsExactly(Double.doubleToRawLongBits(0.5), Double.doubleToRawLongBits(0.25));
  }

  @Test
  void aCsvColumnOfFloatsMayLookLikeIntegersLater() throws IOException {
    String a = text("a.csv", "x\n1.5\n");
    String b = text("b.csv", "x\n2\n");
    assertThat(read(a, b).bits().getFirst())
        .containsExactly(Double.doubleToRawLongBits(1.5), Double.doubleToRawLongBits(2));
    assertThatReading(b, a)
        .isInstanceOf(TableUsageException.class)
        .hasMessageContainingAll(a, b, "column x has type float64", "int64");
  }

  /** What of two CSV files differs, and what is said. */
  @ParameterizedTest
  @CsvSource({
    "'x,y', 'x', it has no column y",
    "'x', 'x,z', it has column z",
    "'x,y', 'x,z', it has no column y"
  })
  void otherColumnsAreAnErrorThatNamesTheFirst(String first, String second, String message)
      throws IOException {
    String a = text("a.csv", first + "\n" + first.replaceAll("[xyz]", "1"));
    String b = text("b.csv", second + "\n" + second.replaceAll("[xyz]", "1"));
    assertThatReading(a, a, b)
        .isInstanceOf(TableUsageException.class)
        .hasMessageStartingWith(b + ": cannot be one table with " + a + ": " + message)
        .satisfies(e -> assertThat(((TableUsageException) e).subject()).contains(Subject.COLUMNS));
    // What they share can be read.
    SourceOptions shared =
        new SourceOptions(null, new ColumnRequest(List.of(), List.of("x")), 1, warnings::add);
    assertThat(read(shared, a, a, b).bits().getFirst()).containsExactly(1, 1, 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {".npz", ".parquet", ".root", ".h5", ".arrow"})
  void placesTypesAndUnitsMustAgree(String ending) throws IOException {
    String jets = write("jets" + ending, events(5));
    Column pt = new Column("jets_pt", ValueType.FLOAT32);
    ColumnValues.Floats three = new ColumnValues.Floats(new float[3]);
    String event =
        write(
            "event" + ending,
            new Table(
                Schema.events(List.of(pt), "jets", List.of(RUN)),
                3,
                List.of(new int[] {0, 1, 2, 2}),
                List.of(three, new ColumnValues.Integers(new long[2]))));
    assertThatReading(jets, event).hasMessageStartingWith(event).hasMessageContaining("column");
    String rows =
        write(
            "rows" + ending,
            new Table(
                Schema.flat(List.of(RUN)),
                2,
                List.of(),
                List.of(new ColumnValues.Integers(new long[2]))));
    String wide =
        write(
            "wide" + ending,
            new Table(
                Schema.flat(List.of(new Column("run", ValueType.FLOAT64))),
                2,
                List.of(),
                List.of(new ColumnValues.Doubles(new double[2]))));
    assertThatReading(rows, wide)
        .isInstanceOf(TableUsageException.class)
        .hasMessageContaining(
            wide + ": cannot be one table with " + rows + ": its column run has type float64");
  }

  @ParameterizedTest
  @ValueSource(strings = {".npz", ".root", ".h5", ".parquet", ".arrows"})
  void aListWithinIsNoPlainColumn(String ending) throws IOException {
    String deep = write("deep" + ending, events(5));
    Table plain =
        new Table(
            Schema.events(
                List.of(RUN),
                "jets",
                List.of(
                    new Column("jets_pt", ValueType.FLOAT32),
                    new Column("jets_e", ValueType.FLOAT64))),
            2,
            List.of(new int[] {0, 2, 3}),
            List.of(
                new ColumnValues.Integers(new long[2]),
                new ColumnValues.Floats(new float[3]),
                new ColumnValues.Doubles(new double[3])));
    String flat = write("flat" + ending, plain);
    assertThatReading(deep, flat)
        .isInstanceOf(TableUsageException.class)
        .hasMessageStartingWith(flat + ": cannot be one table with " + deep)
        .hasMessageContaining("jets_e")
        .hasMessageContaining("2 lists deep");
  }

  @Test
  void unitsMustAgree() throws IOException {
    Table table = flat(4);
    List<Column> columns = List.of(new Column("pt", ValueType.FLOAT32, "GeV", false, false), RUN);
    Table inGev =
        new Table(Schema.flat(columns), 4, List.of(), List.of(table.values(0), table.values(1)));
    String a = write("a.parquet", table);
    String b = write("b.parquet", inGev);
    assertThatReading(a, b)
        .isInstanceOf(TableUsageException.class)
        .hasMessageContaining("column pt has the unit GeV, that of " + a + " no unit");
  }

  @Test
  void aMissingFileIsFoundBeforeAnythingIsRead() throws IOException {
    String a = write("a.npz", flat(3));
    String missing = folder.resolve("missing.npz").toString();
    assertThatThrownBy(() -> open(new SourceOptions(warnings::add), a, a, missing, a))
        .isInstanceOf(UnreadableTableException.class)
        .hasMessage(missing + ": there is no such file");
    String empty = Files.createFile(folder.resolve("empty.npz")).toString();
    assertThatThrownBy(() -> open(new SourceOptions(warnings::add), a, empty))
        .hasMessage(empty + ": is empty (0 bytes)");
    assertThatThrownBy(() -> open(new SourceOptions(warnings::add), a, folder + "/no*.npz"))
        .hasMessage(folder + "/no*.npz: no file has such a name");
  }

  @ParameterizedTest
  @ValueSource(strings = {".npz", ".parquet", ".root", ".h5", ".arrow"})
  void aDamagedFileInTheMiddleIsNamed(String ending) throws IOException {
    Table table = events(40);
    String good = write("good" + ending, table);
    Path bad = Path.of(write("bad" + ending, table));
    byte[] bytes = Files.readAllBytes(bad);
    Files.write(bad, java.util.Arrays.copyOf(bytes, bytes.length * 2 / 3));
    assertThatReading(good, bad.toString(), good)
        .isInstanceOf(UnreadableTableException.class)
        .hasMessageStartingWith(bad + ": ");
  }

  @Test
  void globsAreInTheOrderOfWholeNames() throws IOException {
    write("run10.npz", flat(1));
    write("run2.npz", flat(1));
    write("run1.npz", flat(1));
    write("b/run1.npz", flat(1));
    write("a/run9.npz", flat(1));
    write("a/.run9.npz", flat(1));
    Files.createDirectory(folder.resolve("run3.npz"));
    assertThat(expanded("run*.npz")).containsExactly("run1.npz", "run10.npz", "run2.npz");
    assertThat(expanded("run?.npz")).containsExactly("run1.npz", "run2.npz");
    assertThat(expanded("*/run*.npz")).containsExactly("a/run9.npz", "b/run1.npz");
    assertThat(expanded("*/.*")).containsExactly("a/.run9.npz");
    assertThat(expanded("c*/run1.npz")).isEmpty();
    assertThat(expanded("run1.npz/*")).isEmpty();
    // A file that has such a name is that file.
    write("run?.npz", flat(1));
    assertThat(expanded("run?.npz")).containsExactly("run?.npz");
  }

  private List<String> expanded(String glob) throws IOException {
    TableName name = TableName.parse(folder.resolve(glob).toString(), null);
    return name.expanded().stream()
        .map(found -> folder.relativize(Path.of(found.file())).toString())
        .toList();
  }

  @Test
  void aTreeIsThatOfEveryFileOfAGlob() throws IOException {
    write("a1.root", flat(2));
    write("a2.root", flat(3));
    assertThat(read(folder + "/a*.root:Events").bits().getFirst()).hasSize(5);
    assertThatReading(folder + "/a*.root:Other").hasMessageContaining("a1.root: has no tree Other");
  }

  @Test
  void standardInputMayBeOneOfThem() throws IOException {
    InputStream in = new ByteArrayInputStream("x\n2\n".getBytes(StandardCharsets.UTF_8));
    String a = text("a.csv", "x\n1\n");
    try (TableSource source =
        TableFiles.open(
            List.of(a, "-", a), TableFormats.named("csv"), new SourceOptions(warnings::add), in)) {
      assertThat(WholeTable.read(source, 10).bits().getFirst()).containsExactly(1, 2, 1);
    }
  }

  @Test
  void whatIsSaidOfOneFileIsNotSaidOfOthersAgain() throws IOException {
    read(text("a.csv", "1,2\n3,4\n"), text("b.csv", "5,6\n"), text("c.csv", "7,8\n"));
    assertThat(warnings).hasSize(1).allMatch(line -> line.contains("a.csv: line 1 holds only"));
  }

  @Test
  void oneFileIsOpenAtATime() throws IOException {
    Path descriptors = Path.of("/proc/self/fd");
    assumeThat(descriptors).isDirectory();
    String[] names = new String[9];
    for (int i = 0; i < names.length; i++) {
      names[i] = write("f" + i + (i % 2 == 0 ? ".npz" : ".root"), flat(20));
    }
    try (TableSource source = open(new SourceOptions(warnings::add), names)) {
      while (source.next(10) != null) {
        assertThat(open(descriptors)).isLessThanOrEqualTo(1);
      }
    }
    assertThat(open(descriptors)).isZero();
  }

  /** How many files of the test's folder are open. */
  private long open(Path descriptors) throws IOException {
    try (Stream<Path> all = Files.list(descriptors)) {
      return all.filter(
              link -> {
                try {
                  return Files.readSymbolicLink(link).startsWith(folder);
                } catch (IOException e) {
                  return false;
                }
              })
          .count();
    }
  }
}
