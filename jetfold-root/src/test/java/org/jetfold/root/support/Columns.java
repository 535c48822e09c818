package org.jetfold.root.support;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jetfold.root.JaggedColumn;
import org.jetfold.root.RootColumn;
import org.jetfold.root.RootFile;
import org.jetfold.root.RootTree;

/** What columns hold, as text that a test can compare. */
public final class Columns {
  private Columns() {}

  /**
   * All columns of a file's only tree: the values as in {@code [[1.0, 2.0], []]}, or why they
   * cannot be read.
   */
  public static Map<String, String> of(Path path) throws IOException {
    try (RootFile file = RootFile.open(path)) {
      RootTree tree = file.trees().getFirst();
      Map<String, String> columns = new LinkedHashMap<>();
      for (RootColumn column : tree.columns()) {
        columns.put(
            column.name(),
            column.isReadable()
                ? of(tree.read(column, 0, tree.entries()), column)
                : column.problem());
      }
      return columns;
    }
  }

  /** The values of a column. */
  public static String of(JaggedColumn read, RootColumn column) {
    double[] numbers = ColumnNumbers.of(read.values(), column.type());
    List<String> values =
        Arrays.stream(numbers)
            .mapToObj(n -> column.type().isFloat() ? String.valueOf(n) : String.valueOf((long) n))
            .toList();
    for (int[] offsets : read.offsets().reversed()) {
      List<String> inner = values;
      values =
          java.util.stream.IntStream.range(0, offsets.length - 1)
              .mapToObj(i -> "[" + joined(inner.subList(offsets[i], offsets[i + 1])) + "]")
              .toList();
    }
    return "[" + joined(values) + "]";
  }

  private static String joined(List<String> values) {
    return values.stream().collect(Collectors.joining(", "));
  }
}
