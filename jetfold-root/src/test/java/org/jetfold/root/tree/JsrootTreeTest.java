package org.jetfold.root.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jetfold.root.JaggedColumn;
import org.jetfold.root.RootColumn;
import org.jetfold.root.RootFile;
import org.jetfold.root.RootTree;
import org.jetfold.root.shape.Shape;
import org.jetfold.root.support.ColumnNumbers;
import org.jetfold.root.support.Jsroot;
import org.jetfold.root.support.SharedFiles;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every number of every branch that we claim to read is the one that JSROOT reads. */
class JsrootTreeTest {
  @TestFactory
  Stream<DynamicTest> everyFile() {
    return SharedFiles.all().stream()
        .map(file -> dynamicTest(file.getFileName().toString(), () -> compare(file)));
  }

  private static void compare(Path path) throws Exception {
    List<String> differences = new ArrayList<>();
    int compared = 0;
    int unreadable = 0;
    int notByJsroot = 0;
    try (RootFile file = RootFile.open(path)) {
      for (RootTree tree : file.trees()) {
        if (!(tree instanceof TreeTable table)) {
          assertThat(tree.problem()).as(tree.name()).isEmpty();
          continue;
        }
        List<Jsroot.Branch> branches = Jsroot.read("tree_values.mjs", path, tree.name());
        Map<Integer, List<RootColumn>> byBranch = new TreeMap<>();
        for (RootColumn column : tree.columns()) {
          if (column.isReadable()) {
            byBranch
                .computeIfAbsent(table.origin(column).branch(), branch -> new ArrayList<>())
                .add(column);
          } else {
            unreadable++;
          }
        }
        for (Map.Entry<Integer, List<RootColumn>> part : byBranch.entrySet()) {
          List<RootColumn> columns = part.getValue();
          Jsroot.Branch branch = branches.get(part.getKey());
          List<JaggedColumn> read;
          try {
            read = tree.read(columns, 0, tree.entries());
          } catch (Exception e) {
            differences.add(tree.name() + " " + branch.name() + ": " + e);
            continue;
          }
          for (int c = 0; c < columns.size(); c++) {
            RootColumn column = columns.get(c);
            // JSROOT takes the header of an object with a streamer of its own for its first member.
            boolean header =
                table.origin(column).plan() instanceof Plan.Whole(Shape.Instance shape, boolean on)
                    && on;
            if (header
                || branch.error() != null
                || (branch.values().isEmpty() && !branch.texts().isEmpty())) {
              notByJsroot++;
              continue;
            }
            String difference =
                difference(read.get(c), column, branch, table.origin(column).path());
            if (difference != null) {
              differences.add(tree.name() + " " + column.name() + ": " + difference);
            }
            compared++;
          }
        }
      }
    }
    System.out.printf(
        "%s: %d columns equal JSROOT's, %d JSROOT cannot read, %d not read%n",
        path.getFileName(), compared - differences.size(), notByJsroot, unreadable);
    assertThat(differences).isEmpty();
  }

  private static String difference(
      JaggedColumn read, RootColumn column, Jsroot.Branch branch, String path) {
    double[] numbers = ColumnNumbers.of(read.values(), column.type());
    Jsroot.Values expected = branch.values().get(path);
    if (expected == null) {
      return numbers.length == 0 ? null : "JSROOT has no values, but " + branch.values().keySet();
    }
    for (int level = 0; level < column.depth(); level++) {
      if (column.levels().get(level).isList()) {
        String difference = lengths(read.offsets().get(level), branch, path, level);
        if (difference != null) {
          return "level %d: %s".formatted(level, difference);
        }
      }
    }
    if (numbers.length != expected.numbers().length) {
      return "%d values instead of %d".formatted(numbers.length, expected.numbers().length);
    }
    for (int i = 0; i < numbers.length; i++) {
      if (Double.compare(numbers[i], expected.numbers()[i]) != 0) {
        return "value %d is %s instead of %s".formatted(i, numbers[i], expected.numbers()[i]);
      }
    }
    return null;
  }

  /** The lengths of lists stand with the array, whose path is the member's own or one above it. */
  private static String lengths(int[] offsets, Jsroot.Branch branch, String path, int level) {
    String at = path;
    while (true) {
      Jsroot.Values values = branch.values().get(at);
      if (values != null
          && values.lengths().size() > level
          && values.lengths().get(level).length > 0) {
        int[] lengths = values.lengths().get(level);
        if (lengths.length != offsets.length - 1) {
          return "%d lists instead of %d".formatted(offsets.length - 1, lengths.length);
        }
        for (int i = 0; i < lengths.length; i++) {
          if (offsets[i + 1] - offsets[i] != lengths[i]) {
            return "list %d has %d elements instead of %d"
                .formatted(i, offsets[i + 1] - offsets[i], lengths[i]);
          }
        }
        return null;
      }
      if (at.isEmpty()) {
        return offsets.length == 1 ? null : "JSROOT has no lists";
      }
      int dot = at.lastIndexOf('.');
      at = dot < 0 ? "" : at.substring(0, dot);
    }
  }
}
