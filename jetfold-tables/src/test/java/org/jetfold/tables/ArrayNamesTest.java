package org.jetfold.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.codec.table.ValueType;
import org.jetfold.tables.format.SinkOptions;
import org.jetfold.tables.format.SourceOptions;
import org.jetfold.tables.format.TableUsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Long and odd names in formats of arrays: they come back, or it is said what became of them. */
class ArrayNamesTest {
  @TempDir Path folder;
  private final List<String> warnings = new ArrayList<>();

  /** A table with two columns of a type: floats become one array in NPZ, integers one each. */
  private static Table table(ValueType type, String unit, String... names) {
    List<Column> columns =
        Stream.of(names).map(name -> new Column(name, type, unit, false, false)).toList();
    ColumnValues values =
        type == ValueType.FLOAT32
            ? new ColumnValues.Floats(new float[] {1, 2})
            : new ColumnValues.Integers(new long[] {1, 2});
    List<ColumnValues> all = columns.stream().map(_ -> values).toList();
    return new Table(Schema.flat(columns), 2, List.of(), all);
  }

  private List<String> through(String file, Table table) throws IOException {
    String name = folder.resolve(file).toString();
    WholeTable.write(
        TableFiles.create(name, null, table.schema(), new SinkOptions(true, warnings::add)),
        table,
        2);
    try (TableSource source = TableFiles.open(name, null, new SourceOptions(warnings::add))) {
      WholeTable read = WholeTable.read(source, 2);
      assertThat(read.bits().toArray(long[][]::new))
          .isDeepEqualTo(WholeTable.of(table).bits().toArray(long[][]::new));
      return read.schema().columns().stream().map(Column::name).toList();
    }
  }

  static Stream<String> names() {
    return Stream.of(
        "x".repeat(254),
        "x".repeat(255),
        "x".repeat(256),
        "ä".repeat(128),
        "x".repeat(65_000),
        "tab\tand\nline",
        "\u001b[31mred\u001b[0m",
        "<script>",
        "=1+1",
        "quote'\"\\",
        "..",
        " blank ",
        "\uD83D\uDE80");
  }

  /** As old programs write zips: a name that is not UTF-8, and not marked as that. */
  @ParameterizedTest
  @ValueSource(strings = {"é", "jet_µ", "Größe"})
  void namesInAnNpzMayBeFromBeforeUnicode(String name) throws IOException {
    Path file = folder.resolve("old.npz");
    try (ZipOutputStream zip =
        new ZipOutputStream(Files.newOutputStream(file), Charset.forName("IBM437"))) {
      zip.putNextEntry(new ZipEntry(name + ".npy"));
      zip.write(NpyBytes.floats("(2,)", 1, 2));
    }
    try (TableSource source =
        TableFiles.open(file.toString(), null, new SourceOptions(warnings::add))) {
      assertThat(source.schema().columns()).extracting(Column::name).containsExactly(name);
    }
    assertThat(warnings).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyNameComesBack(String name) throws IOException {
    for (ValueType type : List.of(ValueType.FLOAT32, ValueType.INT32)) {
      assertThat(through("a.npz", table(type, "", name, "other"))).containsExactly(name, "other");
      // HDF5 has its datasets by name.
      assertThat(through("a.h5", table(type, "", name, "other")))
          .containsExactlyInAnyOrder(name, "other");
    }
    assertThat(warnings).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"npz", "h5"})
  void aCharacterThatNoNameHasIsReplacedAndSaid(String format) throws IOException {
    for (ValueType type : List.of(ValueType.FLOAT32, ValueType.INT32)) {
      warnings.clear();
      assertThat(through("a." + format, table(type, "", "a\0b", "a_b")))
          .containsExactlyInAnyOrder("a_b", "a_b_2");
      assertThat(warnings)
          .hasSize(2)
          .anyMatch(line ->
              line.endsWith(
                  "is called a_b, because "
                      + (format.equals("h5") ? "HDF5" : "NPZ")
                      + " has no such names"))
          .anyMatch(
              line -> line.endsWith("a_b is called a_b_2, because another array has its name"));
    }
  }

  @Test
  void aPointIsAGroupInHdf5() throws IOException {
    assertThat(through("a.h5", table(ValueType.INT32, "", ".", "a/b"))).containsExactly("_", "a_b");
    assertThat(warnings).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"npz", "h5"})
  void aNameThatIsTooLongIsAnErrorBeforeAnythingIsWritten(String format) {
    String file = "long." + format;
    assertThatThrownBy(() -> through(file, table(ValueType.INT32, "", "ä".repeat(32_501), "b")))
        .isInstanceOf(TableUsageException.class)
        .hasMessageContaining(file + ": the name of column äää")
        .hasMessageContaining("is longer than 65000 bytes");
    assertThat(Files.exists(folder.resolve(file))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"npz", "npy", "h5", "csv", "parquet", "root"})
  void aFileMayHaveTheLongestName(String format) throws IOException {
    String name = "n".repeat(255 - 1 - format.length()) + "." + format;
    assertThat(through(name, table(ValueType.INT64, "", "a", "b"))).containsExactly("a", "b");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(folder.resolve(name));
    }
  }

  @Test
  void aNameThatIsNoUnicodeIsRefusedWithTheFile() throws IOException {
    byte[] names = NpyBytes.array("'<U1'", "(2,)", new byte[] {0, (byte) 0xD8, 0, 0, 'b', 0, 0, 0});
    byte[] npz =
        NpyBytes.npz(
            true, NpyBytes.arrays("jets", NpyBytes.floats("(1, 2)", 1, 2), "columns", names));
    String file = NpyBytes.file(folder, "a.npz", npz);
    assertThatThrownBy(() -> TableFiles.open(file, null, new SourceOptions(warnings::add)))
        .isInstanceOf(UnreadableTableException.class)
        .hasMessageStartingWith(file + ": the column name '\\ud800' is not well-formed Unicode");
  }

  @Test
  void namesThatAreAlikeAsTextAreRefused() throws IOException {
    // Two links whose names are different bytes, but no UTF-8.
    assertThatThrownBy(() -> new Foreign(folder).read("alike.h5"))
        .isInstanceOf(UnreadableTableException.class)
        .hasMessageContaining("another has the same name, as text in UTF-8: rename one");
    assertThat(new Foreign(folder).read("alike.h5", "x").bits()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {255, 65_000, 65_001})
  void aUnitIsKeptOrRefused(int length) throws IOException {
    Table table = table(ValueType.INT32, "u".repeat(length), "a", "b");
    if (length > 65_000) {
      assertThatThrownBy(() -> through("unit.h5", table))
          .isInstanceOf(TableUsageException.class)
          .hasMessageContaining("HDF5 does not hold a unit");
      return;
    }
    assertThat(through("unit.h5", table)).containsExactly("a", "b");
    try (TableSource source =
        TableFiles.open(
            folder.resolve("unit.h5").toString(), null, new SourceOptions(warnings::add))) {
      assertThat(source.schema().columns()).allMatch(column -> column.unit().length() == length);
    }
  }
}
