package org.jetfold.tables;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.TableSource;
import org.jetfold.tables.format.ColumnRequest;
import org.jetfold.tables.format.SourceOptions;

/** Files that other programs wrote, and what is said while they are read. */
final class Foreign {
  private final Path folder;
  final List<String> warnings = new ArrayList<>();
  long changes;

  Foreign(Path folder) {
    this.folder = folder;
  }

  /** A file of the test's resources, where it can be opened by name. */
  String file(String name) throws IOException {
    Path copy = folder.resolve(name);
    try (InputStream in = Foreign.class.getResourceAsStream("/foreign/" + name)) {
      Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
    }
    return copy.toString();
  }

  /** The whole table of a file, or some of its columns. */
  WholeTable read(String name, String... columns) throws IOException {
    return readFile(file(name), columns);
  }

  /** The same of a file anywhere. */
  WholeTable readFile(String file, String... columns) throws IOException {
    warnings.clear();
    changes = 0;
    SourceOptions options =
        new SourceOptions(
            null,
            new ColumnRequest(List.of(), List.of(columns)),
            1,
            warnings::add,
            false,
            change -> changes += change.values());
    try (TableSource source = TableFiles.open(file, null, options)) {
      return WholeTable.read(source, 41);
    }
  }

  /** The bits of a column. */
  static long[] bits(WholeTable table, String column) {
    List<String> names = table.schema().columns().stream().map(Column::name).toList();
    return table.bits().get(names.indexOf(column));
  }

  static float[] floats(WholeTable table, String column) {
    long[] bits = bits(table, column);
    float[] values = new float[bits.length];
    for (int i = 0; i < bits.length; i++) {
      values[i] = Float.intBitsToFloat((int) bits[i]);
    }
    return values;
  }

  static double[] doubles(WholeTable table, String column) {
    long[] bits = bits(table, column);
    double[] values = new double[bits.length];
    for (int i = 0; i < bits.length; i++) {
      values[i] = Double.longBitsToDouble(bits[i]);
    }
    return values;
  }
}
