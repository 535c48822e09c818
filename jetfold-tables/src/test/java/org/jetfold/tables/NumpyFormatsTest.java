package org.jetfold.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.codec.table.ValueType;
import org.jetfold.tables.format.SourceOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms that NumPy stores arrays in, and what is refused of them. */
class NumpyFormatsTest {
  @TempDir Path folder;
  private final List<String> warnings = new ArrayList<>();

  private WholeTable open(String name) throws IOException {
    try (TableSource source = TableFiles.open(name, null, new SourceOptions(warnings::add))) {
      return WholeTable.read(source, 2);
    }
  }

  private WholeTable npy(byte[] bytes) throws IOException {
    WholeTable file = open(NpyBytes.file(folder, "a.npy", bytes));
    try (TableSource source =
        TableFiles.open(
            List.of("-"),
            TableFormats.named("npy"),
            new SourceOptions(warnings::add),
            new ByteArrayInputStream(bytes))) {
      WholeTable.read(source, 3).assertSameAs(file);
    }
    return file;
  }

  private WholeTable npz(Object... namesAndArrays) throws IOException {
    return open(
        NpyBytes.file(folder, "a.npz", NpyBytes.npz(true, NpyBytes.arrays(namesAndArrays))));
  }

  private static byte[] bytes(ByteOrder order, int... ints) {
    ByteBuffer buffer = ByteBuffer.allocate(4 * ints.length).order(order);
    buffer.asIntBuffer().put(ints);
    return buffer.array();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void readsEveryHeaderVersion(int version) throws IOException {
    WholeTable table =
        npy(
            NpyBytes.npy(
                version,
                "{'descr': '<i4', 'fortran_order': False, 'shape': (2,), }",
                bytes(ByteOrder.LITTLE_ENDIAN, -1, 7)));
    assertThat(table.bits().getFirst()).containsExactly(-1, 7);
    assertThat(table.schema()).isEqualTo(Schema.flat(List.of(new Column("c0", ValueType.INT32))));
  }

  @Test
  void readsBigEndianAndFortranOrder() throws IOException {
    byte[] data = bytes(ByteOrder.BIG_ENDIAN, 1, 2, 3, 0x7FC0_0123, 5, 6);
    String header = "{'descr': '>f4', 'fortran_order': %s, 'shape': (3, 2), }";
    assertThat(npy(NpyBytes.npy(1, header.formatted("False"), data)).bits().toArray(long[][]::new))
        .isDeepEqualTo(new long[][] {{1, 3, 5}, {2, 0x7FC0_0123, 6}});
    assertThat(npy(NpyBytes.npy(1, header.formatted("True"), data)).bits().toArray(long[][]::new))
        .isDeepEqualTo(new long[][] {{1, 2, 3}, {0x7FC0_0123, 5, 6}});
    WholeTable inZip = npz("jets", NpyBytes.npy(1, header.formatted("True"), data));
    assertThat(inZip.bits().toArray(long[][]::new))
        .isDeepEqualTo(new long[][] {{1, 2, 3}, {0x7FC0_0123, 5, 6}});
  }

  @Test
  void widensEveryHalfPrecisionFloatExactly() throws IOException {
    ByteBuffer data = ByteBuffer.allocate(2 << 16).order(ByteOrder.LITTLE_ENDIAN);
    for (int half = 0; half < 1 << 16; half++) {
      data.putShort((short) half);
    }
    WholeTable table = npy(NpyBytes.array("'<f2'", "(65536,)", data.array()));
    assertThat(table.schema().columns().getFirst().type()).isEqualTo(ValueType.FLOAT32);
    long[] bits = table.bits().getFirst();
    for (int half = 0; half < bits.length; half++) {
      float value = Float.intBitsToFloat((int) bits[half]);
      if ((half & 0x7FFF) > 0x7C00) {
        assertThat(bits[half])
            .isEqualTo((long) ((half & 0x8000) << 16 | 0x7F80_0000 | (half & 0x3FF) << 13));
      } else {
        assertThat(Float.floatToFloat16(value)).isEqualTo((short) half);
        assertThat(value).isEqualTo(Float.float16ToFloat((short) half));
      }
    }
  }

  @Test
  void readsStructuredArraysAndNamesTheFieldsThatItLeavesOut() throws IOException {
    String descr =
        "[('pt', '<f4'), ('', '|V2'), ('n', '>u2'), ('s', '|S3'), ('v', '<f4', (2,)), (('title',"
            + " 'ok'), '|b1')]";
    ByteBuffer data = ByteBuffer.allocate(2 * 20).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 2; i++) {
      data.putFloat(1.5f + i)
          .putShort((short) 0)
          .put((byte) 0xFF)
          .put((byte) i)
          .put(new byte[11])
          .put((byte) i);
    }
    WholeTable table = npy(NpyBytes.array(descr, "(2,)", data.array()));
    assertThat(table.schema())
        .isEqualTo(
            Schema.flat(
                List.of(
                    new Column("pt", ValueType.FLOAT32),
                    new Column("n", ValueType.UINT16),
                    new Column("v_0", ValueType.FLOAT32),
                    new Column("v_1", ValueType.FLOAT32),
                    new Column("ok", ValueType.BOOL))));
    assertThat(table.bits().get(1)).containsExactly(0xFF00, 0xFF01);
    assertThat(table.bits().get(4)).containsExactly(0, 1);
    assertThat(warnings).anyMatch(line -> line.contains("field s left out: it holds text"));
  }

  @Test
  void readsTheTableOfAnNpz() throws IOException {
    byte[] isInt = NpyBytes.array("'|b1'", "(2,)", new byte[] {0, 1});
    byte[] weights = NpyBytes.floats("(2,)", 8, 9);
    WholeTable table =
        npz(
            "myjets", NpyBytes.floats("(3, 2)", 1, 2, 3, 4, 5, 6),
            "columns", NpyBytes.texts("pt", "n"),
            "is_int", isInt,
            "further", NpyBytes.longs(1, 2, 3),
            "offsets", NpyBytes.longs(0, 1, 3),
            "weight", weights,
            "strange", NpyBytes.longs(1, 2, 3, 4),
            "names", NpyBytes.texts("a", "b"));
    assertThat(table.schema())
        .isEqualTo(
            Schema.events(
                List.of(new Column("weight", ValueType.FLOAT32)),
                "myjets",
                List.of(
                    new Column("pt", ValueType.FLOAT32),
                    new Column("n", ValueType.FLOAT32, "", true, false),
                    new Column("further", ValueType.INT64))));
    assertThat(table.offsets().getFirst()).containsExactly(0, 1, 3);
    assertThat(table.bits().get(3)).containsExactly(1, 2, 3);
    assertThat(warnings)
        .hasSize(2)
        .anyMatch(line ->
            line.contains(
                "array strange left out: its length 4 is neither that of the events, 2, nor of the"
                    + " rows, 3"))
        .anyMatch(line -> line.contains("array names left out: it holds text"));
  }

  @Test
  void readsOneArrayAColumn() throws IOException {
    WholeTable table =
        npz("a", NpyBytes.floats("(2,)", 1, 2), "b", NpyBytes.longs(3, 4), "c", NpyBytes.longs(1));
    assertThat(table.schema())
        .isEqualTo(
            Schema.flat(
                List.of(new Column("a", ValueType.FLOAT32), new Column("b", ValueType.INT64))));
    assertThat(warnings)
        .singleElement()
        .asString()
        .contains("array c left out: its length 1 is not that of the table, 2");
  }

  @Test
  void asManyRowsAsEventsAreToldApartByTheirPlace() throws IOException {
    WholeTable table =
        npz(
            "a",
            NpyBytes.longs(1, 2),
            "offsets",
            NpyBytes.longs(0, 1, 2),
            "b",
            NpyBytes.longs(3, 4));
    assertThat(table.schema())
        .isEqualTo(
            Schema.events(
                List.of(new Column("b", ValueType.INT64)),
                "jets",
                List.of(new Column("a", ValueType.INT64))));
  }

  private void refused(String message, Object... namesAndArrays) throws IOException {
    String name =
        NpyBytes.file(folder, "a.npz", NpyBytes.npz(true, NpyBytes.arrays(namesAndArrays)));
    assertThatThrownBy(() -> open(name))
        .isInstanceOf(UnreadableTableException.class)
        .hasMessageStartingWith(name)
        .hasMessageContaining(message);
  }

  @Test
  void refusesOffsetsThatDoNotFit() throws IOException {
    byte[] jets = NpyBytes.floats("(3, 2)", 1, 2, 3, 4, 5, 6);
    refused(
        "offsets ends at 2, but jets has 3 rows", "jets", jets, "offsets", NpyBytes.longs(0, 2));
    refused("its value 0 is 1, but must be 0", "jets", jets, "offsets", NpyBytes.longs(1, 3));
    refused(
        "its value 2 is 1, but must be at least 2",
        "jets",
        jets,
        "offsets",
        NpyBytes.longs(0, 2, 1, 3));
    refused("is empty", "jets", jets, "offsets", NpyBytes.longs());
    refused("1-D array of integers", "jets", jets, "offsets", NpyBytes.floats("(2,)", 0, 3));
    refused(
        "columns has 1 names, but jets has 2 columns",
        "jets",
        jets,
        "columns",
        NpyBytes.texts("a"));
    refused("two columns are called a", "jets", jets, "columns", NpyBytes.texts("a", "a"));
    refused("empty name", "jets", jets, "columns", NpyBytes.texts("a", ""));
    refused("holds no table", "names", NpyBytes.texts("a"));
    refused("pickled", "o", NpyBytes.array("'|O'", "(1,)", new byte[8]));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'descr': '<f4', 'fortran_order': False, 'shape': (9223372036854775807, 4)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1000000000000,)}",
        "{'descr': '<f4', 'fortran_order': True, 'shape': (1000000000, 50000)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1000000000)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': ()}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 65536, 65536)}",
        "{'descr': '<f16', 'fortran_order': False, 'shape': (1,)}",
        "{'descr': '<U9', 'fortran_order': False, 'shape': (1,)}",
        "{'descr': '|O', 'fortran_order': False, 'shape': (1,)}",
        "{'descr': '<M8[ns]', 'fortran_order': False, 'shape': (1,)}",
        "{'descr': [('a', '<f4', (1000000, 1000000))], 'fortran_order': False, 'shape': (1,)}",
        "{'descr': [('a', '|V9999999'), ('b', '|V9999999')], 'fortran_order': False, 'shape':"
            + " (1,)}",
        "{'descr': __import__('os').system('true'), 'fortran_order': False, 'shape': (1,)}",
        "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
        "{'descr': '<f4', 'fortran_order': False}",
        "{}",
        ""
      })
  void refusesHostileHeaders(String header) throws IOException {
    byte[] bytes = NpyBytes.npy(1, header, new byte[4]);
    assertThatThrownBy(() -> open(NpyBytes.file(folder, "a.npy", bytes)))
        .isInstanceOf(UnreadableTableException.class);
    assertThatThrownBy(
            () -> {
              try (TableSource source =
                  TableFiles.open(
                      List.of("-"),
                      TableFormats.named("npy"),
                      new SourceOptions(warnings::add),
                      new ByteArrayInputStream(bytes))) {
                WholeTable.read(source, Integer.MAX_VALUE);
              }
            })
        .isInstanceOf(UnreadableTableException.class)
        .hasMessageStartingWith("standard input: ");
  }
}
