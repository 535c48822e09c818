package org.jetfold.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jetfold.tables.Foreign.bits;
import static org.jetfold.tables.Foreign.doubles;
import static org.jetfold.tables.Foreign.floats;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jetfold.codec.error.JetfoldException;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.Group;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.codec.table.ValueType;
import org.jetfold.tables.format.ColumnRequest;
import org.jetfold.tables.format.SinkOptions;
import org.jetfold.tables.format.SourceOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HDF5 files that h5py wrote, and damaged ones. */
class Hdf5Test {
  private static final int ROWS = 150;

  @TempDir Path folder;
  private Foreign foreign;

  @BeforeEach
  void begin() {
    foreign = new Foreign(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"layouts_v108.h5", "layouts_v110.h5"})
  void readsEveryLayoutAndType(String file) throws IOException {
    WholeTable table = foreign.read(file);
    for (int row = 0; row < ROWS; row++) {
      assertThat(floats(table, "contiguous")[row]).isEqualTo((float) (row / 3d));
      assertThat(bits(table, "gzip")[row]).isEqualTo(row * 3 - 100);
      assertThat(doubles(table, "lzf")[row]).isEqualTo(row / 7d);
      assertThat(bits(table, "fletcher")[row]).isEqualTo(row % 5);
      assertThat(floats(table, "half")[row]).isEqualTo(row / 4f);
      assertThat(bits(table, "flag")[row]).isEqualTo(row % 3 == 0 ? 1 : 0);
      assertThat(bits(table, "growing")[row]).isEqualTo(row);
      assertThat(floats(table, "unwritten")[row]).isEqualTo(2.5f);
      assertThat(doubles(table, "partly")[row]).isEqualTo(row >= 120 && row < 130 ? 1 : 7);
      assertThat(doubles(table, "wide_1")[row]).isEqualTo(2 * row + 1);
      assertThat(bits(table, "deep_2_1")[row]).isEqualTo((short) (6 * row + 5));
      assertThat(bits(table, "deep_1_0")[row]).isEqualTo((short) (6 * row + 2));
      assertThat(bits(table, "colour")[row]).isEqualTo(row % 2 == 0 ? 5 : 9);
      assertThat(bits(table, "compact")[row]).isEqualTo(row);
      assertThat(bits(table, "twelve_bits")[row]).isEqualTo(row - 75);
      assertThat(doubles(table, "eleven_exponent_bits")[row]).isEqualTo(row / 4d - 3);
    }
    assertThat(table.schema().columns()).hasSize(21);
    assertThat(type(table, "half")).isEqualTo(ValueType.FLOAT32);
    assertThat(type(table, "flag")).isEqualTo(ValueType.BOOL);
    assertThat(type(table, "colour")).isEqualTo(ValueType.INT8);
    assertThat(foreign.warnings).isEmpty();
  }

  private static ValueType type(WholeTable table, String column) {
    return table.schema().columns().stream()
        .filter(found -> found.name().equals(column))
        .map(Column::type)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aRecordIsAColumnAField() throws IOException {
    WholeTable table = foreign.read("records.h5");
    assertThat(table.schema().columns())
        .extracting(Column::name)
        .containsExactly(
            "pt", "eta", "label", "p4_0", "p4_1", "at.x", "at.y", "z.r", "z.i", "weight");
    assertThat(floats(table, "eta")).containsExactly(0.5f, 1, 2, 3);
    assertThat(bits(table, "label")).containsExactly(0, -1, 4, 5);
    assertThat(doubles(table, "p4_1")).containsExactly(2, 4, 6, 8);
    assertThat(bits(table, "at.x")).containsExactly(-1, -2, -3, -4);
    assertThat(bits(table, "at.y")).containsExactly(251, 252, 253, 254);
    assertThat(floats(table, "z.i")).containsExactly(2, 4, 6, 8);
    assertThat(foreign.warnings)
        .singleElement()
        .asString()
        .endsWith("field name left out: it holds text");
  }

  @Test
  void listsOfVariableLengthAreCollections() throws IOException {
    WholeTable table = foreign.read("lists.h5");
    assertThat(table.schema().root().lists()).extracting(Group::name).containsExactly("jet");
    assertThat(table.offsets().getFirst()).containsExactly(0, 2, 2, 3);
    assertThat(floats(table, "jet_pt")).containsExactly(1, 2, 3);
    assertThat(bits(table, "jet_n")).containsExactly(7, 8, 9);
    assertThat(bits(table, "run")).containsExactly(1, 2, 3);
    assertThat(foreign.warnings)
        .hasSize(2)
        .anyMatch(line -> line.endsWith("dataset text left out: it holds text"))
        .anyMatch(line ->
            line.endsWith("dataset other left out: its length 2 is not that of the lists, 3"));
  }

  /** The number that make.py wrote at a row, by NumPy's name of the type. */
  private static double number(String kind, int row) {
    return switch (kind.charAt(1)) {
      case 'f' -> row / 4d - 3;
      case 'u' -> row * 6;
      case 'b' -> row % 3 == 0 ? 1 : 0;
      default -> kind.endsWith("1") ? (byte) (row * 5 - 90) : row * 5 - 90;
    };
  }

  private static double value(WholeTable table, String column, int row) {
    return switch (type(table, column)) {
      case FLOAT32 -> floats(table, column)[row];
      case FLOAT64 -> doubles(table, column)[row];
      default -> bits(table, column)[row];
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"kinds_v108.h5", "kinds_v114.h5", "kinds_v200.h5"})
  void readsEveryTypeAndEveryFilterInEveryLayout(String file) throws IOException {
    WholeTable table = foreign.read(file);
    List<String> kinds =
        table.schema().columns().stream()
            .map(Column::name)
            .filter(name ->
                name.contains(".") && !name.startsWith("plane") && !name.startsWith("complex"))
            .toList();
    // 21 types, and 6 filters in 5 layouts of chunks.
    assertThat(kinds).hasSize(21 + 5 * 6);
    for (int row = 0; row < 41; row++) {
      for (String column : kinds) {
        String kind = column.substring(column.lastIndexOf('.') + 1);
        assertThat(value(table, column, row)).as(column).isEqualTo(number(kind, row));
      }
      for (String name : List.of("plane.fixed", "plane.growing", "plane.tree")) {
        assertThat(bits(table, name + "_0")[row]).as(name).isEqualTo(row * 5 - 90);
        assertThat(bits(table, name + "_1")[row]).as(name).isEqualTo((row + 41) * 5 - 90);
      }
      assertThat(floats(table, "complex.r")[row]).isEqualTo(row / 4f - 3);
      assertThat(floats(table, "complex.i")[row]).isEqualTo(row);
      assertThat(bits(table, "skipped")[row]).isEqualTo(row);
      assertThat(floats(table, "committed")[row]).isEqualTo(row / 4f);
    }
    assertThat(foreign.warnings).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sparse_v108.h5", "sparse_v114.h5", "sparse_v200.h5"})
  void whatWasNeverWrittenHasTheFillValue(String file) throws IOException {
    WholeTable table = foreign.read(file);
    long[] expected = new long[500];
    Arrays.fill(expected, -7);
    expected[3] = 1;
    Arrays.fill(expected, 300, 310, 2);
    expected[499] = 3;
    assertThat(table.bits()).hasSize(6).allSatisfy(bits -> assertThat(bits).isEqualTo(expected));
  }

  @Test
  void whatNoColumnCanHoldStopsNothingElse() throws IOException {
    WholeTable table = foreign.read("elsewhere.h5", "again", "group/eta");
    assertThat(table.schema().columns())
        .extracting(Column::name)
        .containsExactly("again", "group/eta");
    assertThat(foreign.warnings).isEmpty();
    assertThatThrownBy(() -> foreign.read("elsewhere.h5", "outside"))
        .hasMessageContaining("dataset outside cannot be read: its data is in another file");
    assertThatThrownBy(() -> foreign.read("elsewhere.h5", "virtual"))
        .hasMessageContaining("dataset virtual cannot be read: it is virtual");
  }

  @Test
  void numbersThatAreNotReadAreAnErrorOrAWarning() throws IOException {
    for (String[] columns : new String[][] {{}, {"noise"}}) {
      assertThatThrownBy(() -> foreign.read("elsewhere.h5", columns))
          .isInstanceOf(UnreadableTableException.class)
          .hasMessageContaining(
              "dataset noise cannot be read: it is stored with the filter scaleoffset")
          .hasMessageNotContaining("damaged");
    }
    List<String> warnings = new ArrayList<>();
    SourceOptions options = new SourceOptions(null, ColumnRequest.ALL, 1, warnings::add, true);
    try (TableSource source = TableFiles.open(foreign.file("elsewhere.h5"), null, options)) {
      assertThat(source.schema().columns()).hasSize(2);
    }
    assertThat(warnings)
        .hasSize(3)
        .anyMatch(line -> line.contains("noise left out: it is stored with the filter scaleoffset"))
        .anyMatch(line -> line.contains("outside left out: its data is in another file"))
        .anyMatch(line -> line.contains("virtual left out: it is virtual"));
  }

  @Test
  void aFlippedBitBehindAChecksumIsDamage() throws IOException {
    byte[] bytes = Files.readAllBytes(Path.of(foreign.file("layouts_v108.h5")));
    // The first chunk of the dataset fletcher: 0, 1, 2, 3, 4, 0, 1, …
    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("\0\1\2\3\4\0\1\2\3\4");
    bytes[at + 3] ^= 4;
    Path bad = Files.write(folder.resolve("bad.h5"), bytes);
    assertThatThrownBy(() -> foreign.readFile(bad.toString(), "fletcher"))
        .isInstanceOf(UnreadableTableException.class)
        .hasMessageContaining("dataset fletcher: the chunk at [0] is damaged: its Fletcher32 is");
    assertThat(foreign.readFile(bad.toString(), "half").bits()).hasSize(1);
  }

  /** What Jetfold writes has a checksum everywhere. */
  @Tag("slow")
  @Test
  void aFlippedBitInAWrittenFileNeverGivesOtherValues() throws IOException {
    Table table = new RandomTables(7).next();
    String name = folder.resolve("written.h5").toString();
    WholeTable.write(
        TableFiles.create(name, null, table.schema(), new SinkOptions(true, _ -> {})), table, 9);
    WholeTable whole = foreign.readFile(name);
    byte[] bytes = Files.readAllBytes(Path.of(name));
    Random random = new Random(1);
    int noticed = 0;
    for (int at = 0; at < bytes.length; at++) {
      byte[] flipped = bytes.clone();
      flipped[at] ^= (byte) (1 << random.nextInt(8));
      String bad = Files.write(folder.resolve("flipped.h5"), flipped).toString();
      try {
        foreign.readFile(bad).assertSameAs(whole);
      } catch (JetfoldException e) {
        assertThat(e.getMessage()).startsWith(bad);
        noticed++;
      }
    }
    // What is not noticed stands between the parts of the file.
    assertThat(noticed).isGreaterThan(bytes.length * 9 / 10);
  }
}
