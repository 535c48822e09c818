package org.jetfold.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jetfold.codec.table.Column;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Input that nobody means to write, but somebody does; and what must not stay open after it. */
class OddInputTest {
  @TempDir Path folder;
  private final List<String> warnings = new ArrayList<>();

  private TableSource open(String name) throws IOException {
    return TableFiles.open(name, null, new SourceOptions(warnings::add));
  }

  private WholeTable npz(Object... namesAndArrays) throws IOException {
    byte[] bytes = NpyBytes.npz(true, NpyBytes.arrays(namesAndArrays));
    try (TableSource source = open(NpyBytes.file(folder, "a.npz", bytes))) {
      return WholeTable.read(source, 2);
    }
  }

  private static byte[] little(int... values) {
    ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asIntBuffer().put(values);
    return buffer.array();
  }

  /** The files that this process has open; empty where the system does not say. */
  private static List<String> openFiles() throws IOException {
    Path descriptors = Path.of("/proc/self/fd");
    if (!Files.isDirectory(descriptors)) {
      return List.of();
    }
    List<String> open = new ArrayList<>();
    try (var links = Files.list(descriptors)) {
      for (Path link : links.toList()) {
        // Some are gone again, such as the listing's own.
        if (Files.isSymbolicLink(link)) {
          open.add(Files.readSymbolicLink(link).toString());
        }
      }
    }
    return open;
  }

  private void assertNothingOpen() throws IOException {
    assertThat(openFiles())
        .noneMatch(file -> file.contains(folder.toString()) || file.contains(".jetfold-"));
  }

  @Test
  void offsetsMayBe32BitsWideOrUnsignedOrForNoEvents() throws IOException {
    byte[] jets = NpyBytes.floats("(3, 1)", 1, 2, 3);
    for (String type : List.of("'<i4'", "'<u4'")) {
      WholeTable table =
          npz("jets", jets, "offsets", NpyBytes.array(type, "(3,)", little(0, 1, 3)));
      assertThat(table.offsets().getFirst()).containsExactly(0, 1, 3);
    }
    WholeTable empty =
        npz("jets", NpyBytes.floats("(0, 2)"), "offsets", NpyBytes.longs(0), "n", NpyBytes.longs());
    assertThat(empty.offsets().getFirst()).containsExactly(0);
    assertThat(empty.schema().columns()).extracting(Column::name).containsExactly("n", "c0", "c1");
  }

  @Test
  void bigEndianDoublesAndBooleansInFortranOrderComeFromANpz() throws IOException {
    ByteBuffer doubles = ByteBuffer.allocate(32).order(ByteOrder.BIG_ENDIAN);
    doubles.asDoubleBuffer().put(new double[] {1.5, -2, 3, 4});
    String header = "{'descr': '%s', 'fortran_order': %s, 'shape': (2, 2), }";
    WholeTable table = npz("x", NpyBytes.npy(1, header.formatted(">f8", "True"), doubles.array()));
    assertThat(table.bits().getFirst())
        .containsExactly(Double.doubleToRawLongBits(1.5), Double.doubleToRawLongBits(-2));
    WholeTable marks =
        npz("x", NpyBytes.npy(1, header.formatted("|b1", "False"), new byte[] {0, 1, 2, 0}));
    assertThat(marks.bits().toArray(long[][]::new)).isDeepEqualTo(new long[][] {{0, 1}, {1, 0}});
  }

  @Test
  void arraysOfOtherLengthsOrNoDimensionsAreLeftOut() throws IOException {
    WholeTable table =
        npz(
            "cube", NpyBytes.floats("(1, 1, 2)", 1, 2),
            "point", NpyBytes.floats("()", 1),
            "a/b μ", NpyBytes.longs(1, 2));
    assertThat(table.schema().columns()).extracting(Column::name).containsExactly("a/b μ");
    assertThat(warnings)
        .hasSize(2)
        .anyMatch(
            line -> line.contains("array cube left out: its length 1 is not that of the table, 2"))
        .anyMatch(line -> line.contains("array point left out: it has 0 dimensions"));
    assertThatThrownBy(() -> npz("x", NpyBytes.floats("(3, 0)")))
        .isInstanceOf(UnreadableTableException.class)
        .hasMessageContaining("holds no columns");
  }

  @Test
  void aTableWithoutANameIsCalledJets() throws IOException {
    WholeTable table = npz("", NpyBytes.floats("(2, 1)", 1, 2), "offsets", NpyBytes.longs(0, 2));
    assertThat(table.schema().groups().getLast().name()).isEqualTo("jets");
  }

  /**
   * A member whose deflated bytes are more than the directory says must not be unpacked to its end.
   */
  @Test
  void aMemberThatGivesMoreThanItSaysIsCutShort() throws IOException {
    String header = "{'descr': '<f4', 'fortran_order': True, 'shape': (2, 2), }";
    byte[] zeros = NpyBytes.npy(1, header, new byte[1 << 22]);
    byte[] bytes = NpyBytes.npz(true, NpyBytes.arrays("x", zeros));
    ByteBuffer zip = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int directory = zip.getInt(bytes.length - 6);
    assertThat(zip.getInt(directory + 24)).isEqualTo(zeros.length);
    zip.putInt(directory + 24, zeros.length - (1 << 22) + 16);
    String name = NpyBytes.file(folder, "bomb.npz", bytes);
    assertThatThrownBy(() -> open(name))
        .isInstanceOf(UnreadableTableException.class)
        .hasMessageContaining("it has more than its");
    assertNothingOpen();
  }

  @Test
  void nothingStaysOpenWhereALaterArrayIsDamaged() throws IOException {
    String fortran = "{'descr': '<f4', 'fortran_order': True, 'shape': (2, 2), }";
    byte[] bytes =
        NpyBytes.npz(
            false,
            NpyBytes.arrays(
                "x", NpyBytes.npy(1, fortran, new byte[16]), "weights", NpyBytes.longs(77, 78)));
    // The second array's data are damaged, which shows when its rows are read.
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = bytes[i] == 77 && bytes[i + 8] == 78 ? 76 : bytes[i];
    }
    String name = NpyBytes.file(folder, "a.npz", bytes);
    assertThatThrownBy(
            () -> {
              try (TableSource source = open(name)) {
                WholeTable.read(source, 2);
              }
            })
        .isInstanceOf(UnreadableTableException.class)
        .hasMessageContaining("CRC-32");
    assertNothingOpen();
  }

  @ParameterizedTest
  @MethodSource("org.jetfold.tables.TableFormats#written")
  void nothingStaysOpenAfterAFileThatIsNoTable(TableFormat format) throws IOException {
    Path file = folder.resolve("a[b" + format.ending());
    Files.write(file, new byte[] {'a', ',', 'b', '\n', '1', '\n', 0, 1, 2, 3, 4, 5, 6, 7});
    assertThatThrownBy(() -> open(file.toString())).isInstanceOf(UnreadableTableException.class);
    assertNothingOpen();
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "npy"})
  void aStreamIsClosedWhereItIsNoTable(String format) {
    AtomicBoolean closed = new AtomicBoolean();
    InputStream in =
        new ByteArrayInputStream(new byte[] {'a', '\n', 'b', '\n'}) {
          @Override
          public void close() {
            closed.set(true);
          }
        };
    assertThatThrownBy(() ->
            TableFiles.open(
                    List.of("-"), TableFormats.named(format), new SourceOptions(warnings::add), in)
                .close())
        .isInstanceOf(UnreadableTableException.class);
    assertThat(closed).isTrue();
  }

  @Test
  void csvGoesFromAStreamToAStream() throws IOException {
    byte[] text = "\uFEFFx, y\r\n1,.5\r\n2,nan".getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SourceOptions options = new SourceOptions(warnings::add);
    try (TableSource source =
            TableFiles.open(
                List.of("-"), TableFormats.named("csv"), options, new ByteArrayInputStream(text));
        TableSink sink =
            TableFiles.create(
                "-",
                TableFormats.named("csv"),
                source.schema(),
                new SinkOptions(false, warnings::add),
                out)) {
      for (Table piece = source.next(1); piece != null; piece = source.next(1)) {
        sink.write(piece);
      }
      sink.finish();
    }
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("x,y\n1,0.5\n2,nan\n");
  }

  @ParameterizedTest
  @MethodSource("org.jetfold.tables.TableFormats#written")
  void aTableWithoutColumnsIsAUsageError(TableFormat format) throws IOException {
    Schema none = new Schema(new Group("", List.of(), List.of()));
    String name = folder.resolve("x" + format.ending()).toString();
    assertThatThrownBy(
            () -> TableFiles.create(name, null, none, new SinkOptions(true, warnings::add)))
        .isInstanceOf(TableUsageException.class)
        .hasMessageContaining("without columns");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aNameThatAZipCannotHoldIsAUsageErrorAtOnce() {
    Schema schema = Schema.flat(List.of(new Column("μ".repeat(40_000), ValueType.INT8)));
    String name = folder.resolve("x.npz").toString();
    assertThatThrownBy(
            () -> TableFiles.create(name, null, schema, new SinkOptions(true, warnings::add)))
        .isInstanceOf(TableUsageException.class)
        .hasMessageContaining("longer than 65000 bytes");
    assertThat(folder).isEmptyDirectory();
  }
}
