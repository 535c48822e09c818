package org.jetfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipFile;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.ValueType;
import org.jetfold.tables.TableFiles;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code jetfold reduce}: standard files within a bound. */
class ReduceTest {
  private static final double BOUND = 0.004;
  private static final int ROWS = 3000;

  @TempDir Path folder;

  private static Table read(Path file) throws IOException {
    try (TableSource source = TableFiles.open(file)) {
      return source.readAll();
    }
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(strings = {"parquet", "h5", "npz", "root"})
  void everyValueKeepsItsBoundAndTheFileIsSmaller(String format) throws IOException {
    Path whole = folder.resolve("whole." + format);
    Path reduced = folder.resolve("reduced." + format);
    CommandRun.fine("reduce", Checkout.sample(), "--precision", "*=exact", "-o", whole);
    CommandRun run =
        CommandRun.fine(
            "reduce", Checkout.sample(), "--precision", "*=rel:" + BOUND, "-o", reduced);
    assertThat(run.err()).contains("every value is within its bound");
    Table before = read(whole);
    Table after = read(reduced);
    assertThat(after.schema()).isEqualTo(before.schema());
    for (int column = 0; column < before.schema().columns().size(); column++) {
      if (before.values(column) instanceof ColumnValues.Floats(float[] values)) {
        float[] restored = ((ColumnValues.Floats) after.values(column)).values();
        for (int i = 0; i < values.length; i++) {
          double error = Math.abs((double) restored[i] - values[i]);
          assertThat(error).isLessThanOrEqualTo(BOUND * Math.abs((double) values[i]));
        }
      }
    }
    assertThat(Files.size(reduced)).isLessThan(Files.size(whole) * 7 / 10);
  }

  @Tag("slow")
  @Test
  void ditherAndBoundsFromOtherColumnsAreForCompressedFiles() throws IOException {
    Path out = folder.resolve("a.parquet");
    CommandRun dithered =
        CommandRun.fine(
            "reduce", Checkout.sample(), "--precision", "pt=rel:0.01:dither", "-o", out);
    assertThat(dithered.err()).contains("without dither, which only a .jetf file keeps");
    Path noted = folder.resolve("a.npz");
    CommandRun.fine(
        "reduce", Checkout.sample(), "--precision", "pt=rel:0.01:dither", "-o", noted, "-q");
    try (ZipFile zip = new ZipFile(noted.toFile())) {
      assertThat(zip.getComment())
          .startsWith("jetfold.precision: jets.pt=rel:0.01\njetfold.errors: jets.pt=rel:0.0");
    }
    Files.delete(out);
    CommandRun scaled =
        CommandRun.of("reduce", Checkout.sample(), "--precision", "m=abs:0.1*pt", "-o", out);
    assertThat(scaled.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(scaled.err()).contains("column m has the bound abs:0.1*pt").hasLineCount(1);
    assertThat(out).doesNotExist();
  }

  /**
   * What stands in a file as a column's largest error is that of its values, rounded up; of columns
   * that lost nothing, though they might have, it says so in one word.
   */
  @ParameterizedTest
  @ValueSource(strings = {"rel:0.01", "abs:0.5", "step:0.25", "bits:5"})
  void theLargestErrorStandsInTheFile(String precision) throws IOException {
    Path npz = folder.resolve("a.npz");
    String rules = "pt=" + precision + ",eta=abs:1e-30";
    CommandRun.fine("reduce", Checkout.sample(), "--precision", rules, "-o", npz);
    float[] before = read(Checkout.sample()).floats("pt");
    float[] after = read(npz).floats("pt");
    boolean isAbsolute = !precision.startsWith("rel") && !precision.startsWith("bits");
    double largest = 0;
    for (int i = 0; i < before.length; i++) {
      double error = Math.abs((double) after[i] - before[i]);
      largest = Math.max(largest, isAbsolute ? error : error / Math.abs((double) before[i]));
    }
    assertThat(largest).isPositive();
    String start = "jetfold.errors: jets.pt=" + (isAbsolute ? "abs:" : "rel:");
    try (ZipFile zip = new ZipFile(npz.toFile())) {
      String comment = zip.getComment();
      assertThat(comment).contains(start).endsWith(",*=exact");
      String noted =
          comment.substring(comment.indexOf(start) + start.length(), comment.lastIndexOf(','));
      assertThat(new BigDecimal(noted).precision()).isLessThanOrEqualTo(3);
      assertThat(Double.parseDouble(noted)).isBetween(largest, largest * 1.01);
    }
  }

  /** A table with whole numbers from the one limit to the other. */
  private static Table integers(Object... columns) {
    List<Column> described = new ArrayList<>();
    List<ColumnValues> values = new ArrayList<>();
    for (int i = 0; i < columns.length; i += 4) {
      described.add(new Column((String) columns[i], (ValueType) columns[i + 1]));
      long[] numbers = new long[ROWS];
      for (int row = 0; row < ROWS; row++) {
        numbers[row] = ((Number) columns[i + 2 + row % 2]).longValue();
      }
      values.add(new ColumnValues.Integers(numbers));
    }
    return new Table(Schema.flat(described), ROWS, List.of(), values);
  }

  /** Integers get the smallest type that holds them, and the run says what readers see. */
  @Tag("slow")
  @ParameterizedTest
  @ValueSource(strings = {"parquet", "h5", "npz", "root"})
  void integersGetTheSmallestType(String format) throws IOException {
    Table table =
        integers(
            "a",
            ValueType.INT64,
            -128,
            127,
            "b",
            ValueType.INT64,
            -129,
            0,
            "c",
            ValueType.INT64,
            0,
            200,
            "d",
            ValueType.UINT64,
            0,
            65_536,
            "e",
            ValueType.UINT64,
            0,
            -1,
            "f",
            ValueType.INT32,
            Integer.MIN_VALUE,
            5,
            "g",
            ValueType.BOOL,
            0,
            1,
            "h",
            ValueType.UINT16,
            0,
            100,
            "i",
            ValueType.INT64,
            1L << 32,
            0,
            "j",
            ValueType.INT64,
            0,
            100);
    Path original = Tables.write(table, folder.resolve("whole.npz"));
    Path reduced = folder.resolve("narrow." + format);
    CommandRun run = CommandRun.fine("reduce", original, "--precision", "*=exact", "-o", reduced);
    assertThat(run.err())
        .contains(
            "integers in the smallest types that hold them, which readers see: a int64 → int8, b"
                + " int64 → int16, c int64 → uint8, d uint64 → uint32, h uint16 → uint8 and 1"
                + " more");
    Table after = read(reduced);
    assertThat(after.schema().columns().stream().map(Column::type))
        .containsExactly(
            ValueType.INT8,
            ValueType.INT16,
            ValueType.UINT8,
            ValueType.UINT32,
            ValueType.UINT64,
            ValueType.INT32,
            ValueType.BOOL,
            ValueType.UINT8,
            ValueType.INT64,
            ValueType.INT8);
    for (int column = 0; column < table.schema().columns().size(); column++) {
      assertThat(((ColumnValues.Integers) after.values(column)).values())
          .isEqualTo(((ColumnValues.Integers) table.values(column)).values());
    }
  }

  /** A column of few levels is smaller as a dictionary of these; one of many is not. */
  @Tag("slow")
  @Test
  void parquetKeepsFewLevelsAsADictionary() throws IOException {
    int rows = 40_000;
    float[] angles = new float[rows];
    float[] many = new float[rows];
    Random random = new Random(7);
    for (int i = 0; i < rows; i++) {
      angles[i] = (float) (random.nextDouble() * 6 - 3);
      many[i] = (float) Math.exp(random.nextGaussian() * 5);
    }
    angles[17] = Float.NaN;
    Schema schema =
        Schema.flat(
            List.of(new Column("angle", ValueType.FLOAT32), new Column("many", ValueType.FLOAT32)));
    Table table =
        new Table(
            schema,
            rows,
            List.of(),
            List.of(new ColumnValues.Floats(angles), new ColumnValues.Floats(many)));
    Path original = Tables.write(table, folder.resolve("levels.npy"));
    Path tried = folder.resolve("tried.parquet");
    String rules = "angle=abs:0.002,many=rel:0.00001";
    CommandRun.fine("reduce", original, "--precision", rules, "-o", tried);
    // What comes through a pipe is read once, and nothing can be tried.
    Path untried = folder.resolve("untried.parquet");
    CommandRun.withInput(
        Files.readAllBytes(original),
        "reduce",
        "-",
        "--from",
        "npy",
        "--precision",
        rules,
        "-o",
        untried);
    assertThat(Files.size(tried)).isLessThan(Files.size(untried) * 97 / 100);
    Table after = read(tried);
    for (int i = 0; i < rows; i++) {
      if (i != 17) {
        assertThat(Math.abs((double) after.floats("angle")[i] - angles[i]))
            .isLessThanOrEqualTo(0.002);
      }
      assertThat(Math.abs((double) after.floats("many")[i] - many[i]))
          .isLessThanOrEqualTo(0.00001 * many[i]);
    }
    assertThat(after.floats("angle")[17]).isNaN();
  }

  /** Dictionaries make one value of all NaNs, so a column that has several gets none. */
  @Test
  void nansKeepTheirBitsInParquet() throws IOException {
    int rows = 20_000;
    float[] angles = new float[rows];
    for (int i = 0; i < rows; i++) {
      angles[i] = (i * 37 % 1000) / 300f;
    }
    angles[100] = Float.intBitsToFloat(0x7FC0_0001);
    angles[19_000] = Float.intBitsToFloat(0xFFC1_2345);
    Table table =
        new Table(
            Schema.flat(List.of(new Column("c0", ValueType.FLOAT32))),
            rows,
            List.of(),
            List.of(new ColumnValues.Floats(angles)));
    Path original = Tables.write(table, folder.resolve("nans.npy"));
    Path reduced = folder.resolve("nans.parquet");
    CommandRun.fine("reduce", original, "--precision", "*=abs:0.01", "-o", reduced);
    float[] after = read(reduced).floats("c0");
    assertThat(Float.floatToRawIntBits(after[100])).isEqualTo(0x7FC0_0001);
    assertThat(Float.floatToRawIntBits(after[19_000])).isEqualTo(0xFFC1_2345);
  }

  /** Under an absolute bound, ROOT keeps numbers of few bits: smaller than the shortest floats. */
  @Test
  void absoluteBoundsAreNumbersOfFewBitsInRoot() throws IOException {
    String rules = "eta=abs:0.001,phi=abs:0.001,DetectorEta=abs:0.001";
    String columns = "eta,phi,DetectorEta";
    Path root = folder.resolve("a.root");
    CommandRun.fine("reduce", Checkout.sample(), "--precision", rules, "-o", root);
    Path piped = folder.resolve("piped.root");
    CommandRun fed =
        CommandRun.withInput(
            Files.readAllBytes(npy()),
            "reduce",
            "-",
            "--from",
            "npy",
            "--precision",
            rules,
            "-o",
            piped);
    assertThat(fed.exitCode()).isZero();
    Path read = folder.resolve("read.root");
    CommandRun.fine("reduce", npy(), "--precision", rules, "-o", read, "--columns", columns);
    assertThat(Files.size(read)).isLessThan(Files.size(piped) * 97 / 100);
    Table before = read(Checkout.sample());
    Table after = read(root);
    for (String name : new String[] {"eta", "phi", "DetectorEta"}) {
      float[] values = before.floats(name);
      float[] restored = after.floats("jets_" + name);
      for (int i = 0; i < values.length; i++) {
        assertThat(Math.abs((double) restored[i] - values[i])).isLessThanOrEqualTo(0.001);
      }
    }
  }

  /** The sample's rows. */
  private Path npy() throws IOException {
    Path npy = folder.resolve("rows.npy");
    CommandRun.fine("decompress", Checkout.sample(), "-o", npy, "-f");
    return npy;
  }

  /** A sentinel, a NaN and the sign of a zero are not on a grid: such columns are short floats. */
  @Test
  void whatIsNotOnAGridKeepsEveryBit() throws IOException {
    int rows = 4000;
    float[][] columns = new float[4][rows];
    for (int i = 0; i < rows; i++) {
      for (float[] column : columns) {
        column[i] = (float) Math.sin(0.37 * i) * 3;
      }
    }
    for (int i = 0; i < rows; i += 10) {
      columns[0][i] = -9.9871f;
    }
    columns[1][17] = Float.NaN;
    columns[2][23] = -0f;
    columns[3][29] = 3e8f;
    List<Column> described = new ArrayList<>();
    List<ColumnValues> values = new ArrayList<>();
    for (int i = 0; i < columns.length; i++) {
      described.add(new Column("c" + i, ValueType.FLOAT32));
      values.add(new ColumnValues.Floats(columns[i]));
    }
    Table table = new Table(Schema.flat(described), rows, List.of(), values);
    Path original = Tables.write(table, folder.resolve("odd.npz"));
    Path reduced = folder.resolve("odd.root");
    CommandRun.fine("reduce", original, "--precision", "*=abs:0.001", "-o", reduced);
    Table after = read(reduced);
    for (int c = 0; c < columns.length; c++) {
      float[] restored = after.floats("c" + c);
      for (int i = 0; i < rows; i++) {
        if (!Float.isNaN(columns[c][i])) {
          assertThat(Math.abs((double) restored[i] - columns[c][i])).isLessThanOrEqualTo(0.001);
        }
      }
    }
    assertThat(after.floats("c0")[10]).isEqualTo(-9.9871f);
    assertThat(after.floats("c1")[17]).isNaN();
    assertThat(Float.floatToRawIntBits(after.floats("c2")[23])).isEqualTo(Integer.MIN_VALUE);
    assertThat(after.floats("c3")[29]).isEqualTo(3e8f);
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "npy", "arrow"})
  void formatsThatAreNotPackedAreRefused(String format) {
    Path out = folder.resolve("a." + format);
    CommandRun run = CommandRun.of("reduce", Checkout.sample(), "--precision", "jets", "-o", out);
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err())
        .contains("is not packed, so short floats would save nothing: choose NPZ, Parquet, ROOT")
        .hasLineCount(1);
    assertThat(out).doesNotExist();
  }

  @Test
  void aCompressedFileIsNoStandardOne() {
    CommandRun run =
        CommandRun.of(
            "reduce", Checkout.sample(), "--precision", "jets", "-o", folder.resolve("a.jetf"));
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("'jetfold compress' writes it").hasLineCount(1);
  }
}
