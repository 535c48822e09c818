package org.jetfold.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jetfold.codec.error.JetfoldException;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.codec.table.ValueType;
import org.jetfold.tables.format.ColumnRequest;
import org.jetfold.tables.format.SinkOptions;
import org.jetfold.tables.format.SourceOptions;
import org.jetfold.testing.RandomCase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parquet files that others wrote, and damaged ones. */
class ParquetTest {
  @TempDir Path folder;
  private final List<String> warnings = new ArrayList<>();

  private String written(String select) throws SQLException {
    String name = folder.resolve("a.parquet").toString();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("COPY (" + select + ") TO '" + name + "' (FORMAT parquet)");
    }
    return name;
  }

  private WholeTable read(String name) throws IOException {
    try (TableSource source = TableFiles.open(name, null, new SourceOptions(warnings::add))) {
      return WholeTable.read(source, 1000);
    }
  }

  /** Few values, each many times, with NaNs of these bits among them; in lists, or in rows. */
  private static Table repeated(boolean inEvents, int... nans) {
    int rows = 30_000;
    Random random = new Random(1);
    float[] values = new float[rows];
    double[] doubles = new double[rows];
    int[] offsets = new int[rows / 3 + 1];
    for (int i = 0; i < rows; i++) {
      values[i] = 100 + 0.1f * random.nextInt(200);
      doubles[i] = values[i];
      if (i % 1000 == 999 && nans.length > 0) {
        values[i] = Float.intBitsToFloat(nans[nans.length * i / rows]);
        doubles[i] = Double.longBitsToDouble((long) nans[nans.length * i / rows] << 32 | 1);
      }
    }
    Arrays.setAll(offsets, i -> 3 * i);
    List<Column> columns =
        List.of(new Column("pt", ValueType.FLOAT32), new Column("m", ValueType.FLOAT64));
    Schema schema = inEvents ? Schema.events(List.of(), "jets", columns) : Schema.flat(columns);
    return new Table(
        schema,
        inEvents ? rows / 3 : rows,
        inEvents ? List.of(offsets) : List.of(),
        List.of(new ColumnValues.Floats(values), new ColumnValues.Doubles(doubles)));
  }

  private long writtenBytes(Table table) throws IOException {
    Path file = folder.resolve("repeated.parquet");
    SinkOptions options = new SinkOptions(true, warnings::add);
    WholeTable.write(
        TableFiles.create(file.toString(), null, table.schema(), options), table, 1000);
    read(file.toString()).assertSameAs(WholeTable.of(table));
    try (var entries = Files.list(folder)) {
      assertThat(entries).containsExactly(file);
    }
    return Files.size(file);
  }

  /** No filters that find single values, which may be larger than the columns. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void holdsColumnsAndTheirDescriptionOnly(boolean inEvents) throws Exception {
    long size = writtenBytes(repeated(inEvents));
    Path file = folder.resolve("repeated.parquet");
    long columns;
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet sum =
            statement.executeQuery(
                "SELECT CAST(sum(total_compressed_size) AS BIGINT) FROM parquet_metadata('%s')"
                    .formatted(file))) {
      sum.next();
      columns = sum.getLong(1);
    }
    int magic = "PAR1".length();
    int description =
        ByteBuffer.wrap(Files.readAllBytes(file))
            .order(ByteOrder.LITTLE_ENDIAN)
            .getInt((int) size - magic - Integer.BYTES);
    assertThat(size).isEqualTo(magic + columns + description + Integer.BYTES + magic);
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void repeatedValuesHaveDictionariesAndEveryNanKeepsItsBits(boolean inEvents) throws IOException {
    long none = writtenBytes(repeated(inEvents));
    long alike = writtenBytes(repeated(inEvents, 0x7FC00001));
    long different = writtenBytes(repeated(inEvents, 0x7FC00001, 0xFFC00000, 0x7F800001));
    assertThat(alike).isBetween(none, none + none / 4);
    assertThat(different).isGreaterThan(none + none / 20);
  }

  @Test
  void readsNumbersAndNamesTheRest() throws Exception {
    WholeTable table =
        read(
            written(
                "SELECT 1.25::DECIMAL(9,4) AS d, 'x' AS s, ['a'] AS l, DATE '2026-01-01' AS t,"
                    + " {'a': 'x'} AS r, 18446744073709551615::UBIGINT AS \"u\"\"q\", NULL::FLOAT"
                    + " AS f, 300::USMALLINT AS us"));
    assertThat(table.schema())
        .isEqualTo(
            Schema.flat(
                List.of(
                    new Column("d", ValueType.FLOAT64),
                    new Column("u\"q", ValueType.UINT64),
                    new Column("f", ValueType.FLOAT32),
                    new Column("us", ValueType.UINT16))));
    assertThat(table.bits().toArray(long[][]::new))
        .isDeepEqualTo(
            new long[][] {
              {Double.doubleToRawLongBits(1.25)}, {-1}, {Float.floatToRawIntBits(Float.NaN)}, {300}
            });
    assertThat(warnings)
        .hasSize(5)
        .anyMatch(line -> line.endsWith("column f: missing values read as NaN: 1"))
        .anyMatch(line -> line.contains("column s left out: its type VARCHAR is no number"))
        .anyMatch(line -> line.contains("column l left out: its type VARCHAR[] is no number"));
  }

  @Test
  void aMissingIntegerMakesFloatsOfItsColumnAndIsCounted() throws Exception {
    WholeTable table =
        read(
            written(
                "SELECT CASE WHEN range = 5000 THEN NULL ELSE range END AS n,"
                    + " 18446744073709551615::UBIGINT AS u, CASE WHEN range = 7 THEN NULL ELSE"
                    + " 18446744073709551615::UBIGINT END AS v FROM range(9000)"));
    assertThat(table.schema().columns())
        .extracting(Column::type)
        .containsExactly(ValueType.FLOAT64, ValueType.UINT64, ValueType.FLOAT64);
    assertThat(Foreign.doubles(table, "n")).contains(4999, Double.NaN, 5001);
    assertThat(Foreign.doubles(table, "v")).contains(0x1p64, Double.NaN);
    assertThat(warnings)
        .anyMatch(
            line -> line.endsWith("column n: missing values read as NaN, the others as float64: 1"))
        .anyMatch(
            line -> line.endsWith("column v: missing values read as NaN, the others as float64: 1"))
        .anyMatch(line -> line.endsWith("column v: values rounded to the nearest float64: 8999"))
        .hasSize(3);
  }

  @Test
  void theFirstOfSeveralFilesSaysWhetherIntegersMayBeMissing() throws Exception {
    Path some =
        Files.move(
            Path.of(written("SELECT unnest([1, NULL]) AS n")), folder.resolve("some.parquet"));
    Path all = Files.move(Path.of(written("SELECT 3 AS n")), folder.resolve("all.parquet"));
    assertThat(Foreign.doubles(chain(some, all), "n")).containsExactly(1, Double.NaN, 3);
    assertThatThrownBy(() -> chain(all, some))
        .isInstanceOf(UnreadableTableException.class)
        .hasMessageContaining("some.parquet: column n: value 2 is missing")
        .hasMessageEndingWith("read this file first");
  }

  private WholeTable chain(Path... files) throws IOException {
    List<String> names = Arrays.stream(files).map(Path::toString).toList();
    SourceOptions options = new SourceOptions(warnings::add);
    try (TableSource source =
        TableFiles.open(names, null, options, InputStream.nullInputStream())) {
      return WholeTable.read(source, 10);
    }
  }

  @Test
  void whatNobodyAskedForMayBeMissing() throws Exception {
    String name = written("SELECT NULL::INTEGER AS n, 'x' AS text, 2.5::FLOAT AS pt");
    SourceOptions options =
        new SourceOptions(null, new ColumnRequest(List.of(), List.of("pt")), 1, warnings::add);
    try (TableSource source = TableFiles.open(name, null, options)) {
      assertThat(WholeTable.read(source, 5).bits()).hasSize(1);
    }
    assertThat(warnings).isEmpty();
  }

  @Test
  void decimalsBecomeTheNearestDoubles() throws Exception {
    List<String> decimals =
        List.of(
            "123456789012345.678", "999999999999999999999.12345", "0.30000000000000004441", "-7.1");
    List<String> selected = new ArrayList<>();
    for (int i = 0; i < decimals.size(); i++) {
      selected.add("'%s'::DECIMAL(38, 17) AS d%d".formatted(decimals.get(i), i));
    }
    WholeTable table = read(written("SELECT " + String.join(", ", selected)));
    for (int i = 0; i < decimals.size(); i++) {
      assertThat(Double.longBitsToDouble(table.bits().get(i)[0]))
          .isEqualTo(
              new java.math.BigDecimal(decimals.get(i))
                  .setScale(17, java.math.RoundingMode.HALF_UP)
                  .doubleValue());
    }
  }

  @Test
  void namesThatDuckDbKnowsAreColumnsLikeOthers() throws Exception {
    WholeTable table =
        read(
            written(
                "SELECT 1 AS filename, 2 AS file_row_number, 3 AS \"select\", 4 AS rowid, 5 AS"
                    + " \"a.b\""));
    assertThat(table.schema().columns())
        .extracting(Column::name)
        .containsExactly("filename", "file_row_number", "select", "rowid", "a.b");
    for (int i = 0; i < 5; i++) {
      assertThat(table.bits().get(i)).containsExactly(i + 1);
    }
  }

  @Test
  void readsAFileWithoutRowsAndColumnsOfNothing() throws Exception {
    WholeTable table = read(written("SELECT 1.5::FLOAT AS a, 2 AS n WHERE false"));
    assertThat(table.bits().getFirst()).isEmpty();
    assertThat(read(written("SELECT NULL::DOUBLE AS a FROM range(3)")).bits().getFirst())
        .containsOnly(Double.doubleToRawLongBits(Double.NaN));
  }

  @Test
  void namesTextDatesAndListsThatItLeavesOut() throws Exception {
    WholeTable table =
        read(
            written(
                "SELECT 1 AS n, 'a'::ENUM('a', 'b') AS e, [['x']] AS l, TIMESTAMP '2026-01-01"
                    + " 00:00:00' AS t, 1::HUGEINT AS h, INTERVAL 1 DAY AS i, 'x'::BLOB AS b,"
                    + " MAP {'a': 1} AS m FROM range(5000)"));
    assertThat(table.schema().columns()).extracting(Column::name).contains("n");
    assertThat(table.bits().getFirst()).hasSize(5000).containsOnly(1);
    assertThat(warnings).hasSize(8 - table.schema().columns().size());
    assertThat(warnings).noneMatch(line -> line.contains("column n "));
  }

  @Test
  void listsAndRecordsAreEvents() throws Exception {
    WholeTable table =
        read(
            written(
                "SELECT 7 AS run, [{'pt': 1.5::FLOAT, 'Eta x': [1, 2]}, {'pt': NULL, 'Eta x':"
                    + " NULL}] AS \"Jet\", [2.5::DOUBLE] AS \"el_pt\", {'x': 0.5::DOUBLE} AS met"
                    + " UNION ALL SELECT 8, [], NULL, {'x': 1}"));
    assertThat(table.schema().root().columns())
        .extracting(Column::name)
        .containsExactly("run", "met.x");
    assertThat(table.schema().columns())
        .extracting(Column::name)
        .containsExactly("run", "met.x", "Jet.pt", "Jet.Eta x", "el_pt");
    assertThat(table.offsets().toArray(int[][]::new))
        .isDeepEqualTo(new int[][] {{0, 2, 2}, {0, 2, 2}, {0, 1, 1}});
    assertThat(table.bits().get(2))
        .containsExactly(Float.floatToRawIntBits(1.5f), Float.floatToRawIntBits(Float.NaN));
    assertThat(table.bits().get(3)).containsExactly(1, 2);
    assertThat(warnings)
        .allMatch(line -> line.contains("missing"))
        .anyMatch(line -> line.endsWith("column Jet.pt: missing values read as NaN: 1"))
        .anyMatch(line -> line.endsWith("column Jet.Eta x: missing lists read as empty: 1"))
        .anyMatch(line -> line.endsWith("column el_pt: missing lists read as empty: 1"))
        .hasSize(3);
  }

  @Test
  void aMissingIntegerInAListIsCounted() throws Exception {
    WholeTable table = read(written("SELECT [1, NULL] AS n, [[7], NULL, [NULL, 8]] AS m"));
    assertThat(Foreign.doubles(table, "n")).containsExactly(1, Double.NaN);
    assertThat(Foreign.doubles(table, "m")).containsExactly(7, Double.NaN, 8);
    assertThat(warnings)
        .anyMatch(line -> line.endsWith("column m: missing lists read as empty: 1"))
        .anyMatch(
            line -> line.endsWith("column m: missing values read as NaN, the others as float64: 1"))
        .hasSize(3);
  }

  @Test
  void refusesWhatIsNoParquetFile() throws IOException {
    Path file = Files.writeString(folder.resolve("a.parquet"), "PAR1 is how it should begin");
    assertThatThrownBy(() -> read(file.toString()))
        .isInstanceOf(UnreadableTableException.class)
        .hasMessageContaining("does not end with PAR1");
    Files.writeString(file, "something else, and not short");
    assertThatThrownBy(() -> read(file.toString()))
        .isInstanceOf(UnreadableTableException.class)
        .hasMessageContaining("it is no Parquet file");
    Files.writeString(file, "PARE and so on, PARE");
    assertThatThrownBy(() -> read(file.toString()))
        .isInstanceOf(UnreadableTableException.class)
        .hasMessageContaining("encrypted");
  }

  @Test
  void refusesAFileWithoutNumbers() throws Exception {
    String name = written("SELECT 'x' AS s");
    assertThatThrownBy(() -> read(name))
        .isInstanceOf(UnreadableTableException.class)
        .hasMessageContaining("holds no column of numbers");
  }

  @Test
  void keepsTheOrderOfManyRowsAndNamesThatDifferInCase() throws Exception {
    int rows = 300_000;
    Schema schema =
        Schema.flat(
            List.of(
                new Column("m", ValueType.INT32, "GeV\t\\", false, false),
                new Column("M", ValueType.FLOAT64, "", true, false)));
    long[] numbers = new long[rows];
    double[] doubles = new double[rows];
    Arrays.setAll(numbers, i -> i);
    Arrays.setAll(doubles, i -> -i);
    Table table =
        new Table(
            schema,
            rows,
            List.of(),
            List.of(new ColumnValues.Integers(numbers), new ColumnValues.Doubles(doubles)));
    String name = folder.resolve("a.parquet").toString();
    WholeTable.write(
        TableFiles.create(name, null, schema, new SinkOptions(true, warnings::add)), table, 70_001);
    assertThat(warnings).singleElement().asString().contains("column M");
    read(name).assertSameAs(WholeTable.of(table));
  }

  /** The whole file, its pages, or its footer, which says where everything is. */
  @Tag("slow")
  @ParameterizedTest
  @ValueSource(strings = {"nested.parquet", "missing.parquet", "lz4_v1_plain.parquet"})
  void aDamagedFileGivesNoOtherException(String sample) throws Exception {
    byte[] bytes = Files.readAllBytes(Path.of(new Foreign(folder).file(sample)));
    int footer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(bytes.length - 8);
    RandomCase.each(
        40,
        random -> {
          byte[] damaged = bytes.clone();
          int from = random.between(0, 1) * (bytes.length - 8 - footer);
          for (int i = random.between(0, 4); i >= 0; i--) {
            damaged[random.between(from, bytes.length - 1)] = (byte) random.bits();
          }
          if (random.between(0, 4) == 0) {
            damaged = Arrays.copyOf(damaged, random.between(1, bytes.length));
          }
          Path file = Files.write(folder.resolve("damaged.parquet"), damaged);
          try {
            read(file.toString());
          } catch (JetfoldException e) {
            assertThat(e.getMessage())
                .startsWith(file.toString())
                .doesNotContain("\n", "null", "Exception");
          }
        });
  }
}
