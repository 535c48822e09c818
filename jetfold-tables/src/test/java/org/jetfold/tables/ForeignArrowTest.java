package org.jetfold.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jetfold.tables.Foreign.bits;
import static org.jetfold.tables.Foreign.doubles;
import static org.jetfold.tables.Foreign.floats;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.Group;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.codec.table.ValueType;
import org.jetfold.tables.format.SourceOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams and files that Arrow C++ wrote, and a file of polars. */
class ForeignArrowTest {
  private static final String COUNTED_INTEGERS =
      "missing values read as NaN, the others as float64";

  @TempDir Path folder;
  private Foreign foreign;

  @BeforeEach
  void begin() {
    foreign = new Foreign(folder);
  }

  @Test
  void whatIsMissingOrRoundedIsCounted() throws IOException {
    WholeTable table = foreign.read("missing.arrows");
    assertThat(doubles(table, "n")).containsExactly(1, Double.NaN, 3);
    assertThat(doubles(table, "large")).containsExactly(1L << 60, Double.NaN, 3);
    assertThat(doubles(table, "huge")).containsExactly(0x1p64, Double.NaN, 0x1p63);
    assertThat(doubles(table, "yes")).containsExactly(1, 0, Double.NaN);
    assertThat(floats(table, "pt")).containsExactly(1.5f, 2.5f, Float.NaN);
    assertThat(bits(table, "whole")).containsExactly(1, 2, 3);
    assertThat(doubles(table, "dec")).containsExactly(12.5, 0.25, 12.34);
    assertThat(doubles(table, "small")).containsExactly(12.5, Double.NaN, -0.25);
    assertThat(doubles(table, "long")).containsExactly(0.25, 1.2345678901234568E20, -1.1);
    assertThat(floats(table, "coded")).containsExactly(1.5f, Float.NaN, 0.5f);
    assertThat(doubles(table, "coded_n")).containsExactly(8, Double.NaN, 7);
    assertThat(foreign.changes).isEqualTo(8 + 5);
    for (String line :
        List.of(
            "n: " + COUNTED_INTEGERS + ": 1",
            "yes: " + COUNTED_INTEGERS + ": 1",
            "coded_n: " + COUNTED_INTEGERS + ": 1",
            "pt: missing values read as NaN: 1",
            "coded: missing values read as NaN: 1",
            "large: values rounded to the nearest float64: 1",
            "long: values rounded to the nearest float64: 2",
            "text left out: it holds text",
            "words left out: it holds text",
            "bytes left out: it holds bytes",
            "map left out: it holds maps",
            "stamp left out: it holds dates or times",
            "months left out: it holds dates or times",
            "nothing left out: it holds nothing but missing values",
            "either left out: it holds values of several types")) {
      assertThat(foreign.warnings)
          .anyMatch(warning ->
              warning.endsWith(": column " + line)
                  || warning.endsWith(" other columns: " + line.replaceFirst(".*?: ", "")));
    }
  }

  @Test
  void aColumnThatNobodyAskedForIsNotSpokenOf() throws IOException {
    assertThat(bits(foreign.read("missing.arrows", "whole"), "whole")).containsExactly(1, 2, 3);
    assertThat(foreign.warnings).isEmpty();
    assertThat(foreign.changes).isZero();
    assertThatThrownBy(() -> foreign.read("missing.arrows", "text"))
        .isInstanceOf(UnreadableTableException.class)
        .hasMessageEndingWith("column text cannot be read: it holds text");
  }

  @Test
  void listsAndRecordsAreEvents() throws IOException {
    WholeTable table = foreign.read("nested.arrows");
    assertThat(table.schema().columns())
        .extracting(Column::name)
        .containsExactly(
            "run",
            "met.x",
            "tag",
            "Jet.pt",
            "Jet.n",
            "Jet.hits",
            "el_pt",
            "mu_pt",
            "mu_good",
            "p4");
    assertThat(table.schema().root().lists())
        .extracting(Group::name)
        .containsExactly("Jet", "el", "mu", "p4");
    assertThat(table.offsets().toArray(int[][]::new))
        .isDeepEqualTo(
            new int[][] {{0, 2, 2, 3}, {0, 2, 2, 3}, {0, 2, 2, 4}, {0, 1, 1, 1}, {0, 4, 4, 8}});
    assertThat(floats(table, "Jet.pt")).containsExactly(1.5f, Float.NaN, 3.5f);
    assertThat(bits(table, "Jet.hits")).containsExactly(1, 2, 9);
    assertThat(doubles(table, "el_pt")).containsExactly(1.5, 2.5, 3.5, 4.5);
    assertThat(doubles(table, "mu_pt")).containsExactly(2.5);
    assertThat(bits(table, "mu_good")).containsExactly(1);
    assertThat(floats(table, "p4")).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    assertThat(doubles(table, "met.x")).containsExactly(1, Double.NaN, 3);
    assertThat(bits(table, "tag")).containsExactly(5, 15, 15);
    assertThat(foreign.warnings)
        .anyMatch(line -> line.endsWith("column el_pt: missing lists read as empty: 1"))
        .anyMatch(line -> line.endsWith("column names left out: it holds text"));
    assertThat(foreign.changes).isEqualTo(6);
  }

  @Test
  void aTableWithoutRowsHasItsColumns() throws IOException {
    WholeTable table = foreign.read("no_rows.arrows");
    assertThat(table.schema().columns()).hasSize(11);
    assertThat(table.bits().getFirst()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"lz4", "zstd"})
  void packedBuffersAreUnpacked(String codec) throws IOException {
    long[] values = bits(foreign.read(codec + ".feather"), "k");
    assertThat(values).hasSize(40_000);
    for (int i = 0; i < values.length; i++) {
      assertThat(values[i]).isEqualTo(i % 1000);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"growing", "replaced"})
  void dictionariesGrowAndAreReplaced(String name) throws IOException {
    assertThat(floats(foreign.read(name + ".arrows"), "e")).containsExactly(1, 0, 2, 0, 3, 0);
  }

  /** Polars begins a file with a schema that is no message: the table of contents has it, too. */
  @Test
  void theTableOfContentsOfAFileCounts() throws IOException {
    WholeTable table = foreign.read("polars.arrow");
    assertThat(table.schema().columns()).extracting(Column::name).containsExactly("x", "pt");
    assertThat(doubles(table, "x")).containsExactly(1, 2, Double.NaN);
    assertThat(floats(table, "pt")).containsExactly(1.5f, 2.5f, 3.5f);
    assertThat(table.offsets().getFirst()).containsExactly(0, 2, 2, 3);
    assertThat(foreign.warnings)
        .anyMatch(line -> line.endsWith("column text left out: it holds text"))
        .anyMatch(line -> line.endsWith("column word left out: it holds text"));
  }

  @Test
  void streamsOfOldVersionsAreRead() throws IOException {
    assertThat(floats(foreign.read("old.arrows"), "e")).containsExactly(3, 0);
  }

  @Test
  void whatIsNotSupportedIsSaidAndLeavesTheOthersReadable() throws IOException {
    assertThatThrownBy(() -> foreign.read("other.arrows"))
        .isInstanceOf(UnreadableTableException.class)
        .hasMessageContaining("column ends cannot be read: it is run-end encoded")
        .hasMessageContaining("name the columns to read")
        .message()
        .doesNotContain("damaged");
    assertThat(bits(foreign.read("other.arrows", "x"), "x")).containsExactly(1, 2, 3);
  }

  @Test
  void streamsAndFilesAreReadFromAPipe() throws IOException {
    for (String name : List.of("types.arrow", "nested.arrows")) {
      byte[] bytes = Files.readAllBytes(Path.of(foreign.file(name)));
      try (TableSource source =
          TableFiles.open(
              List.of("-"),
              TableFormats.named("arrow"),
              new SourceOptions(foreign.warnings::add),
              new ByteArrayInputStream(bytes))) {
        WholeTable.read(source, 2).assertSameAs(foreign.read(name));
      }
    }
  }

  @Test
  void bytesBehindTheEndAreSaid() throws IOException {
    byte[] one = Files.readAllBytes(Path.of(foreign.file("growing.arrows")));
    byte[] two = java.util.Arrays.copyOf(one, 2 * one.length);
    System.arraycopy(one, 0, two, one.length, one.length);
    Path both = Files.write(folder.resolve("both.arrows"), two);
    assertThat(foreign.readFile(both.toString()).schema().columns())
        .extracting(Column::type)
        .containsExactly(ValueType.FLOAT32);
    assertThat(foreign.warnings)
        .singleElement()
        .asString()
        .endsWith("both.arrows: 1144 bytes behind the end of the stream are not read");
  }

  /** Nothing comes of a stream or file that is not all there, wherever it is cut. */
  @Tag("slow")
  @ParameterizedTest
  @ValueSource(strings = {"growing.arrows", "nested.arrows", "types_list.arrow", "polars.arrow"})
  void whatBreaksOffIsRefused(String name) throws IOException {
    byte[] whole = Files.readAllBytes(Path.of(foreign.file(name)));
    Path part = folder.resolve("part-" + name);
    for (int length = 0; length < whole.length; length++) {
      Files.write(part, java.util.Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> foreign.readFile(part.toString()))
          .as("%d bytes", length)
          .isInstanceOf(UnreadableTableException.class)
          .hasMessageStartingWith(part.toString());
    }
    Files.write(part, java.util.Arrays.copyOf(whole, whole.length - 30));
    assertThatThrownBy(() -> foreign.readFile(part.toString()))
        .hasMessageMatching(".*breaks off .*(record batch \\d+|\\d+ whole record batch).*");
  }

  /** However many values lists promise, no room is made for more than there are. */
  @ParameterizedTest
  @ValueSource(ints = {4, 1 << 20, Integer.MAX_VALUE - Long.BYTES})
  void listsEndWhereTheirValuesDo(int end) throws IOException {
    byte[] bytes = Files.readAllBytes(Path.of(foreign.file("nested.arrows")));
    int at =
        new String(bytes, StandardCharsets.ISO_8859_1).indexOf("\0\0\0\0\2\0\0\0\2\0\0\0\3\0\0\0");
    assertThat(at).as("offsets of jets").isPositive();
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(at + 3 * Integer.BYTES, end);
    Path changed = Files.write(folder.resolve("changed.arrows"), bytes);
    assertThatThrownBy(() -> foreign.readFile(changed.toString()))
        .isInstanceOf(UnreadableTableException.class)
        .hasMessageContaining("is damaged: the lists of field Jet end at value %d of 3", end);
  }

  @Test
  void whatIsNoArrowIsNotCalledDamaged() throws IOException {
    Path text = Files.writeString(folder.resolve("text.arrow"), "pt,eta\n1,2\n".repeat(20));
    Path old = Files.writeString(folder.resolve("old.feather"), "FEA1" + "x".repeat(100));
    assertThatThrownBy(() -> foreign.readFile(text.toString()))
        .hasMessage(text + ": it is no Arrow stream or file");
    assertThatThrownBy(() -> foreign.readFile(old.toString()))
        .hasMessageContaining("a Feather file of version 1, which is not supported");
  }
}
