package org.jetfold.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jetfold.tables.Foreign.bits;
import static org.jetfold.tables.Foreign.doubles;
import static org.jetfold.tables.Foreign.floats;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.Group;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.codec.table.ValueType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parquet files that pyarrow wrote. */
class ForeignParquetTest {
  private static final int ROWS = 150;

  @TempDir Path folder;
  private Foreign foreign;

  @BeforeEach
  void begin() {
    foreign = new Foreign(folder);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"snappy_v1_dictionary", "gzip_v2_dictionary", "zstd_v2_plain", "lz4_v1_plain"})
  void readsAllNumbersInAllEncodings(String file) throws IOException {
    WholeTable table = foreign.read(file + ".parquet");
    assertThat(table.schema().columns())
        .extracting(Column::type)
        .containsExactly(
            ValueType.INT8,
            ValueType.INT16,
            ValueType.INT32,
            ValueType.INT64,
            ValueType.UINT8,
            ValueType.UINT16,
            ValueType.UINT32,
            ValueType.UINT64,
            ValueType.FLOAT32,
            ValueType.FLOAT32,
            ValueType.FLOAT64,
            ValueType.BOOL,
            ValueType.INT32);
    for (int row = 0; row < ROWS; row++) {
      assertThat(bits(table, "i8")[row]).isEqualTo((byte) (row - 128));
      assertThat(bits(table, "i16")[row]).isEqualTo(row * 400 - 32768);
      assertThat(bits(table, "i32")[row]).isEqualTo(row * 28_000_000L + Integer.MIN_VALUE);
      assertThat(bits(table, "i64")[row]).isEqualTo((row - 75) * 120_000_000_000_000_000L);
      assertThat(bits(table, "u8")[row]).isEqualTo(row);
      assertThat(bits(table, "u16")[row]).isEqualTo(row * 430L);
      assertThat(bits(table, "u32")[row]).isEqualTo(row * 28_000_000L);
      assertThat(bits(table, "u64")[row]).isEqualTo(row * 120_000_000_000_000_000L);
      assertThat(floats(table, "f16")[row]).isEqualTo(row / 4f);
      assertThat(floats(table, "f32")[row]).isEqualTo((float) (row / 3d));
      assertThat(doubles(table, "f64")[row]).isEqualTo(row / 7d);
      assertThat(bits(table, "flag")[row]).isEqualTo(row % 3 == 0 ? 1 : 0);
      assertThat(bits(table, "few")[row]).isEqualTo(row / 25);
    }
    assertThat(foreign.warnings).isEmpty();
    assertThat(foreign.changes).isZero();
  }

  @Test
  void whatIsMissingOrRoundedIsCounted() throws IOException {
    WholeTable table = foreign.read("missing.parquet");
    assertThat(table.schema().columns())
        .extracting(Column::name)
        .containsExactly("n", "large", "yes", "pt", "whole", "dec", "long");
    assertThat(doubles(table, "n")).containsExactly(1, Double.NaN, 3);
    assertThat(doubles(table, "large")).containsExactly(1L << 60, Double.NaN, 3);
    assertThat(doubles(table, "yes")).containsExactly(1, 0, Double.NaN);
    assertThat(floats(table, "pt")).containsExactly(1.5f, 2.5f, Float.NaN);
    assertThat(bits(table, "whole")).containsExactly(1, 2, 3);
    assertThat(doubles(table, "dec")).containsExactly(12.5, 0.25, 12.34);
    assertThat(doubles(table, "long")).containsExactly(0.25, 1.2345678901234568E20, -1.1);
    String file = folder.resolve("missing.parquet").toString();
    assertThat(foreign.warnings)
        .containsExactly(
            file + ": column text left out: its type VARCHAR is no number",
            file + ": column day left out: its type DATE is no number",
            file + ": column n: missing values read as NaN, the others as float64: 1",
            file + ": column large: missing values read as NaN, the others as float64: 1",
            file + ": column yes: missing values read as NaN, the others as float64: 1",
            file + ": column large: values rounded to the nearest float64: 1",
            file + ": column dec: values rounded to the nearest float64: 1",
            file + ": column long: values rounded to the nearest float64: 2",
            file + ": column pt: missing values read as NaN: 1");
    assertThat(foreign.changes).isEqualTo(8);
  }

  @Test
  void aColumnThatNobodyAskedForIsNotSpokenOf() throws IOException {
    assertThat(bits(foreign.read("missing.parquet", "whole"), "whole")).containsExactly(1, 2, 3);
    assertThat(foreign.warnings).isEmpty();
    assertThat(foreign.changes).isZero();
    assertThatThrownBy(() -> foreign.read("missing.parquet", "text"))
        .isInstanceOf(UnreadableTableException.class)
        .hasMessageEndingWith("column text cannot be read: its type VARCHAR is no number");
  }

  @Test
  void listsAndRecordsAreEvents() throws IOException {
    WholeTable table = foreign.read("nested.parquet");
    assertThat(table.schema().columns())
        .extracting(Column::name)
        .containsExactly("run", "met.x", "Jet.pt", "Jet.n", "Jet.hits", "el_pt");
    assertThat(table.schema().root().lists()).extracting(Group::name).containsExactly("Jet", "el");
    assertThat(table.offsets().toArray(int[][]::new))
        .isDeepEqualTo(new int[][] {{0, 2, 2, 3}, {0, 2, 2, 3}, {0, 1, 1, 1}});
    assertThat(floats(table, "Jet.pt")).containsExactly(1.5f, Float.NaN, 3.5f);
    assertThat(bits(table, "Jet.hits")).containsExactly(1, 2, 9);
    assertThat(foreign.warnings)
        .hasSize(4)
        .anyMatch(line -> line.endsWith("column names left out: its type VARCHAR[] is no number"))
        .anyMatch(line ->
            line.endsWith("column map left out: its type MAP(VARCHAR, INTEGER) is no number"))
        .anyMatch(line -> line.endsWith("column el_pt: missing lists read as empty: 1"));
    assertThat(foreign.changes).isEqualTo(2);
  }

  @Test
  void aFileWithoutRowsHasItsColumns() throws IOException {
    WholeTable table = foreign.read("no_rows.parquet");
    assertThat(table.schema().columns()).hasSize(7);
    assertThat(table.bits().getFirst()).isEmpty();
  }

  @Test
  void aDamagedPageIsRefusedWhereItsColumnIsRead() throws IOException {
    byte[] bytes = Files.readAllBytes(Path.of(foreign.file("zstd_v2_plain.parquet")));
    // Somewhere in the first page's data.
    bytes[100] ^= 1;
    Path bad = Files.write(folder.resolve("bad.parquet"), bytes);
    assertThatThrownBy(() -> foreign.readFile(bad.toString()))
        .isInstanceOf(UnreadableTableException.class)
        .hasMessageContaining("bad.parquet: column i8, row group 0: the page at byte 4 is damaged");
    assertThat(foreign.readFile(bad.toString(), "few").bits()).hasSize(1);
  }

  @Test
  void anEncodingThatIsNotReadStopsNothingElse() throws IOException {
    WholeTable table = foreign.read("none_v2_other.parquet");
    assertThat(table.schema().columns()).extracting(Column::name).hasSize(12).doesNotContain("f16");
    assertThat(foreign.warnings)
        .singleElement()
        .asString()
        .endsWith(
            "column f16 left out: its encoding BYTE_STREAM_SPLIT is not supported for the type"
                + " FIXED_LEN_BYTE_ARRAY");
    for (int row = 0; row < ROWS; row++) {
      assertThat(bits(table, "u64")[row]).isEqualTo(row * 120_000_000_000_000_000L);
      assertThat(floats(table, "f32")[row]).isEqualTo((float) (row / 3d));
    }
    foreign.read("none_v2_other.parquet", "u64");
    assertThat(foreign.warnings).isEmpty();
    assertThatThrownBy(() -> foreign.read("none_v2_other.parquet", "f16"))
        .isInstanceOf(UnreadableTableException.class)
        .hasMessageContaining("column f16 cannot be read: its encoding BYTE_STREAM_SPLIT")
        .message()
        .doesNotContain("damaged");
  }
}
