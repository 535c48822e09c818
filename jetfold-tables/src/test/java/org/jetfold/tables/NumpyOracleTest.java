package org.jetfold.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.ValueType;
import org.jetfold.tables.format.SinkOptions;
import org.jetfold.tables.format.SourceOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** NumPy itself as the judge, where there is one. */
@Tag("slow")
class NumpyOracleTest {
  @TempDir Path folder;

  @BeforeEach
  void needsNumpy() {
    boolean there;
    try {
      there = python("import numpy").isEmpty();
    } catch (IOException e) {
      there = false;
    }
    assumeThat(there).as("python3 with numpy").isTrue();
  }

  private String python(String... lines) throws IOException {
    Process process =
        new ProcessBuilder("python3", "-c", String.join("\n", lines))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }

  private WholeTable read(String file) throws IOException {
    try (TableSource source =
        TableFiles.open(folder.resolve(file).toString(), null, new SourceOptions(_ -> {}))) {
      return WholeTable.read(source, 100);
    }
  }

  @Test
  void readsWhatNumpyWrites() throws IOException {
    String failure =
        python(
            "import numpy as np",
            "r = np.random.default_rng(1)",
            "for t in ['f2','f4','f8','i1','i2','i4','i8','u1','u2','u4','u8','?']:",
            "  for o in '<>':",
            "    a = np.frombuffer(r.bytes(240 * np.dtype(t).itemsize),"
                + " dtype=np.dtype(t).newbyteorder(o))",
            "    if t == '?': a = a.view('u1') > 100",
            "    if t == 'f2': a = np.where(np.isnan(a), 1, a).astype(a.dtype)",
            "    a = a.reshape(80, 3)",
            "    for k, b in (('c', a), ('f', np.asfortranarray(a)), ('v', a[:, 0])):",
            "      n = t.replace('?', 'b') + ('be' if o == '>' else 'le') + k",
            "      np.save(n + '.npy', b)",
            "      np.savez(n + 's.npz', jets=b)",
            "      np.savez_compressed(n + 'd.npz', jets=b)",
            "      c = np.ascontiguousarray(b.reshape(80, -1).T)",
            "      c = c.astype('<f4' if t == 'f2' else c.dtype.newbyteorder('<'))",
            "      c.tofile(n + '.raw')");
    assertThat(failure).isEmpty();
    int seen = 0;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path raw : files.filter(file -> file.toString().endsWith(".raw")).toList()) {
        String stem = raw.getFileName().toString().replace(".raw", "");
        for (String file : List.of(stem + ".npy", stem + "s.npz", stem + "d.npz")) {
          assertThat(raw(read(file))).as(file).isEqualTo(Files.readAllBytes(raw));
          seen++;
        }
      }
    }
    assertThat(seen).isEqualTo(12 * 2 * 3 * 3);
  }

  /** The columns one behind the other, as NumPy would write them in little-endian order. */
  private static byte[] raw(WholeTable table) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int column = 0; column < table.bits().size(); column++) {
      for (long value : table.bits().get(column)) {
        for (int i = 0; i < table.schema().columns().get(column).type().bytes(); i++) {
          bytes.write((int) (value >>> (8 * i)));
        }
      }
    }
    return bytes.toByteArray();
  }

  @Test
  void numpyReadsWhatIsWritten() throws IOException {
    Random random = new Random(2);
    List<Column> columns = new ArrayList<>();
    List<ColumnValues> values = new ArrayList<>();
    for (ValueType type : ValueType.values()) {
      columns.add(new Column("c_é'" + type, type, "", type == ValueType.FLOAT64, false));
      ColumnValues column = ColumnValues.zeros(type, 50);
      switch (column) {
        case ColumnValues.Floats(float[] floats) -> floats[3] = 1.5f;
        case ColumnValues.Doubles(double[] doubles) ->
            Arrays.setAll(doubles, _ -> random.nextGaussian());
        case ColumnValues.Integers(long[] integers) ->
            Arrays.setAll(integers, _ -> random.nextInt(2));
      }
      values.add(column);
    }
    Schema schema = Schema.flat(columns);
    Table table = new Table(schema, 50, List.of(), values);
    for (String file : List.of("a.npz", "a.npy")) {
      SinkOptions options = new SinkOptions(false, _ -> {});
      WholeTable.write(
          TableFiles.create(folder.resolve(file).toString(), null, schema, options), table, 20);
    }
    String answer =
        python(
            "import numpy as np",
            "z = np.load('a.npz', allow_pickle=False)",
            "n = np.load('a.npy', allow_pickle=False)",
            "names = [f for f in z.files if f.startswith('c_')]",
            "assert list(n.dtype.names) == names == list(z['columns']), (z.files, n.dtype)",
            "assert list(z['is_int']) == [k.endswith('float64') for k in names]",
            "for k in names:",
            "  d = np.dtype(k[4:])",
            "  assert z[k].dtype == d and n[k].dtype == d, k",
            "  assert z[k].tobytes() == n[k].tobytes(), k",
            "print(int(z[names[4]].sum()), repr(float(z[names[-1]][7])))");
    long sum = Arrays.stream(((ColumnValues.Integers) values.get(4)).values()).sum();
    assertThat(answer).isEqualTo(sum + " " + ((ColumnValues.Doubles) values.getLast()).values()[7]);
  }
}
