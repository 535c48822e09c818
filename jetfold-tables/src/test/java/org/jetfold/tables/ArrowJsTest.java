package org.jetfold.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.ValueType;
import org.jetfold.tables.format.SinkOptions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Arrow's own JavaScript library reads what Jetfold writes; skipped where npm cannot install it.
 */
class ArrowJsTest {
  private static final String PACKAGE = "apache-arrow@21.2.0";
  private static final String SCRIPT = "arrow_values.mjs";
  private static final int TABLES = 5;

  @TempDir Path folder;

  @Tag("slow")
  @Test
  void readsEveryTable() throws Exception {
    Path oracle = installed();
    List<Path> files = new ArrayList<>();
    List<Table> tables = new ArrayList<>();
    for (int seed = 0; seed < TABLES; seed++) {
      RandomTables random = new RandomTables(seed);
      Table table = seed % 2 == 0 ? random.collections(3) : random.flat();
      for (String ending : List.of(".arrow", ".arrows")) {
        Path file = folder.resolve(seed + ending);
        SinkOptions options =
            new SinkOptions(true, _ -> {}).withNotes(Map.of("jetfold.precision", "a=rel:0.1"));
        WholeTable.write(
            TableFiles.create(file.toString(), null, table.schema(), options), table, 7);
        files.add(file);
        tables.add(table);
      }
    }
    List<List<String>> read = read(oracle, files);
    assertThat(read).hasSameSizeAs(files);
    for (int i = 0; i < files.size(); i++) {
      List<String> lines = read.get(i);
      assertThat(lines).contains("note\tjetfold.precision\t\"a=rel:0.1\"");
      List<String> fields = lines.stream().filter(line -> !line.startsWith("note\t")).toList();
      Schema schema = tables.get(i).schema();
      assertThat(fields).hasSize(schema.columns().size());
      List<String> found = new ArrayList<>();
      for (int column = 0; column < fields.size(); column++) {
        boolean floats = schema.columns().get(column).type().isFloat();
        found.add(floats ? withJavasFloats(fields.get(column)) : fields.get(column));
      }
      assertThat(found).as(files.get(i).toString()).isEqualTo(expected(tables.get(i)));
    }
  }

  private static List<String> expected(Table table) {
    Schema schema = table.schema();
    List<String> lines = new ArrayList<>();
    for (int column = 0; column < schema.columns().size(); column++) {
      List<String> parts = new ArrayList<>();
      for (int group = schema.groupOf(column); group > 0; group = schema.parent(group)) {
        int[] offsets = table.offsets(group);
        List<String> lengths = new ArrayList<>();
        for (int i = 1; i < offsets.length; i++) {
          lengths.add(String.valueOf(offsets[i] - offsets[i - 1]));
        }
        parts.addFirst(String.join(" ", lengths));
      }
      parts.addFirst(schema.columns().get(column).name());
      parts.add(numbers(table.values(column), schema.columns().get(column).type()));
      lines.add(String.join("\t", parts));
    }
    return lines;
  }

  private static String numbers(ColumnValues values, ValueType type) {
    return switch (values) {
      case ColumnValues.Floats(float[] floats) -> {
        double[] wide = new double[floats.length];
        Arrays.setAll(wide, i -> floats[i]);
        yield Arrays.stream(wide).mapToObj(ArrowJsTest::text).collect(Collectors.joining(" "));
      }
      case ColumnValues.Doubles(double[] doubles) ->
          Arrays.stream(doubles).mapToObj(ArrowJsTest::text).collect(Collectors.joining(" "));
      case ColumnValues.Integers(long[] integers) ->
          Arrays.stream(integers)
              .mapToObj(value ->
                  type == ValueType.UINT64 ? Long.toUnsignedString(value) : Long.toString(value))
              .collect(Collectors.joining(" "));
    };
  }

  private static String text(double value) {
    return Double.toString(value);
  }

  /** A field's line whose floats are written as Java writes them. */
  private static String withJavasFloats(String line) {
    int start = line.lastIndexOf('\t') + 1;
    String values =
        Arrays.stream(line.substring(start).split(" "))
            .map(text -> text.isEmpty() ? text : text(Double.parseDouble(text)))
            .collect(Collectors.joining(" "));
    return line.substring(0, start) + values;
  }

  /** What the script prints of each file: starting takes longer than reading. */
  private static List<List<String>> read(Path oracle, List<Path> files) throws Exception {
    Path out = oracle.resolve("out.txt");
    List<String> command = new ArrayList<>(List.of("node", SCRIPT));
    files.forEach(file -> command.add(file.toAbsolutePath().toString()));
    Process node =
        new ProcessBuilder(command)
            .directory(oracle.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    assertThat(node.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(node.exitValue()).as(Files.readString(out)).isZero();
    List<List<String>> read = new ArrayList<>();
    for (String line : Files.readAllLines(out)) {
      if (line.equals("file")) {
        read.add(new ArrayList<>());
      } else {
        read.getLast().add(line);
      }
    }
    return read;
  }

  private static Path installed() throws Exception {
    Path folder = Files.createDirectories(Path.of("target/oracle").toAbsolutePath());
    try (InputStream script = ArrowJsTest.class.getResourceAsStream("/oracle/" + SCRIPT)) {
      Files.write(folder.resolve(SCRIPT), Objects.requireNonNull(script).readAllBytes());
    }
    if (!Files.isDirectory(folder.resolve("node_modules/apache-arrow"))) {
      int exit = install(folder);
      Assumptions.assumeTrue(exit == 0, () -> "npm cannot install apache-arrow: status " + exit);
    }
    return folder;
  }

  private static int install(Path folder) throws IOException, InterruptedException {
    Files.writeString(
        folder.resolve("package.json"), "{\"private\": true, \"type\": \"module\"}\n");
    try {
      Process npm =
          new ProcessBuilder(
                  "npm", "install", PACKAGE, "--ignore-scripts", "--no-audit", "--no-fund")
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return npm.waitFor(3, TimeUnit.MINUTES) ? npm.exitValue() : -1;
    } catch (IOException _) {
      return -1;
    }
  }
}
