package org.jetfold.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.jetfold.codec.error.JetfoldException;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What docs/tables.md says of each kind of type is what each format does with it. */
class TypeRulesTest {
  private static final Path PAGE = Path.of("..", "docs", "tables.md");

  /** The samples that make.py wrote hold 0, 1, 2, 3; this is how many. */
  private static final int ROWS = 4;

  /** Kinds whose names on the page are not those of the samples. */
  private static final Map<String, String> SAMPLES =
      Map.ofEntries(
          Map.entry("big-endian integer", "big"),
          Map.entry("float of 128 bits", "quad"),
          Map.entry("float of another layout", "other"),
          Map.entry("complex number", "complex"),
          Map.entry("enumeration", "enum"),
          Map.entry("never written", "fill"),
          Map.entry("missing float", "missing_float"),
          Map.entry("missing integer", "missing_int"),
          Map.entry("date or time", "date"),
          Map.entry("record", "record"),
          Map.entry("list", "list"),
          Map.entry("2-D array", "plane"),
          Map.entry("3-D array", "block"));

  /** What a CSV file has of each kind. */
  private static final Map<String, List<String>> TEXTS =
      Map.of(
          "float64", List.of("0.0", "1.0", "2.0", "3.0"),
          "int64", List.of("0", "1", "2", "3"),
          "uint64", List.of("0", "1", "2", "18446744073709551615"),
          "bool", List.of("false", "true", "false", "true"),
          "missing_float", List.of("0.0", "1.0", "2.0", ""),
          "missing_int", List.of("0", "1", "2", ""),
          "text", List.of("a", "b", "c", "d"),
          "date", List.of("2026-01-01", "2026-01-02", "2026-01-03", "2026-01-04"));

  @TempDir Path folder;

  /** The table on the page: for each kind and format what becomes of it. */
  static List<Arguments> rules() throws IOException {
    List<String> lines = Files.readAllLines(PAGE);
    int at = lines.indexOf("## Types");
    while (!lines.get(at).startsWith("|")) {
      at++;
    }
    List<String> formats = cells(lines.get(at));
    List<Arguments> rules = new ArrayList<>();
    for (at += 2; lines.get(at).startsWith("|"); at++) {
      List<String> cells = cells(lines.get(at));
      for (int i = 1; i < cells.size(); i++) {
        rules.add(Arguments.of(cells.getFirst(), formats.get(i), cells.get(i)));
      }
    }
    return rules;
  }

  private static List<String> cells(String line) {
    return Arrays.stream(line.substring(1).split("\\|")).map(String::strip).toList();
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("rules")
  void everyFormatDoesWhatThePageSays(String kind, String format, String rule) throws IOException {
    String sample = SAMPLES.getOrDefault(kind, kind);
    String file = file(sample, format);
    assertThat(file == null ? "–" : outcome(sample, file)).isEqualTo(rule);
  }

  /** A file with a kind of type, and maybe others; null where the format has no such type. */
  private @Nullable String file(String sample, String format) throws IOException {
    Foreign foreign = new Foreign(folder);
    return switch (format) {
      case "NPZ" -> numpy(sample, true);
      case "NPY" -> numpy(sample, false);
      case "CSV" -> csv(sample);
      default -> {
        String ending = Map.of("HDF5", ".h5", "Parquet", ".parquet", "Arrow", ".arrow").get(format);
        boolean nested =
            sample.equals("list") || (sample.equals("record") && !ending.equals(".h5"));
        String file = foreign.file((nested ? "types_list" : "types") + ending);
        yield foreign.readFile(file).schema().columns().stream()
                    .anyMatch(column -> column.name().startsWith(sample))
                || foreign.warnings.stream().anyMatch(line -> line.contains(" " + sample + " "))
            ? file
            : null;
      }
    };
  }

  private @Nullable String csv(String sample) throws IOException {
    List<String> texts = TEXTS.get(sample);
    if (texts == null) {
      return null;
    }
    StringBuilder csv = new StringBuilder("x," + sample + "\n");
    for (int i = 0; i < ROWS; i++) {
      csv.append(i).append(',').append(texts.get(i)).append('\n');
    }
    return Files.writeString(folder.resolve("a.csv"), csv).toString();
  }

  /** An array of types.npz alone, or in an archive with the array x. */
  private @Nullable String numpy(String sample, boolean archive) throws IOException {
    Map<String, byte[]> arrays = new HashMap<>();
    try (InputStream in = Foreign.class.getResourceAsStream("/foreign/types.npz");
        ZipInputStream zip = new ZipInputStream(Objects.requireNonNull(in))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        arrays.put(entry.getName(), zip.readAllBytes());
      }
    }
    byte[] array = arrays.get(sample + ".npy");
    if (array == null) {
      return null;
    }
    if (!archive) {
      return Files.write(folder.resolve("a.npy"), array).toString();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String name : List.of("x.npy", sample + ".npy")) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(Objects.requireNonNull(arrays.get(name)));
      }
    }
    return Files.write(folder.resolve("a.npz"), bytes.toByteArray()).toString();
  }

  /** What becomes of a kind of type, as the page says it. */
  private String outcome(String sample, String file) throws IOException {
    Foreign foreign = new Foreign(folder);
    WholeTable table;
    try {
      table = foreign.readFile(file);
    } catch (JetfoldException e) {
      return foreign.warnings.isEmpty() && file.endsWith(".npy") ? "left out" : "error";
    }
    Schema schema = table.schema();
    Map<String, List<String>> names = new LinkedHashMap<>();
    boolean shared = file.contains("types");
    for (int i = 0; i < schema.columns().size(); i++) {
      Column column = schema.columns().get(i);
      if (shared ? column.name().startsWith(sample) : !column.name().equals("x")) {
        String type = column.type().name().toLowerCase(Locale.ROOT);
        String list = schema.groupOf(i) > 0 ? "list of " : "";
        checkValues(table, i, sample);
        names
            .computeIfAbsent(list + type, _ -> new ArrayList<>())
            .add(name(column, sample, schema.columns().size()));
      }
    }
    if (names.isEmpty()) {
      assertThat(foreign.warnings).anyMatch(line -> line.contains(sample + " left out"));
      return "left out";
    }
    List<String> parts = new ArrayList<>();
    names.forEach((type, of) -> parts.add((type + " " + String.join(", ", of)).strip()));
    return String.join("; ", parts)
        + (foreign.changes > 0 && sample.startsWith("missing") ? ", NaN counted" : "");
  }

  /** How a column is called beside the kind's own name. */
  private static String name(Column column, String sample, int columns) {
    String name = column.name();
    if (name.startsWith(sample)) {
      return name.substring(sample.length());
    }
    return (name.equals("c0") && columns == 1) || name.startsWith("c0.") ? name.substring(2) : name;
  }

  private static void checkValues(WholeTable table, int column, String sample) {
    double[] values = new double[table.bits().get(column).length];
    for (int i = 0; i < values.length; i++) {
      long bits = table.bits().get(column)[i];
      values[i] =
          switch (table.schema().columns().get(column).type()) {
            case FLOAT32 -> Float.intBitsToFloat((int) bits);
            case FLOAT64 -> Double.longBitsToDouble(bits);
            default -> bits;
          };
    }
    if (sample.matches("(float|int|uint|big|other|enum|missing|decimal|record).*")) {
      assertThat(Arrays.copyOf(values, 3)).containsExactly(0, 1, 2);
    } else if (sample.equals("bool")) {
      assertThat(values).containsExactly(0, 1, 0, 1);
    } else if (sample.equals("fill")) {
      assertThat(values).containsExactly(7, 7, 7, 7);
    }
  }
}
