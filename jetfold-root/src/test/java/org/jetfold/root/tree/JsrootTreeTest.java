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
import org.jetfold.root.support.Comparison;
import org.jetfold.root.support.Jsroot;
import org.jetfold.root.support.SharedFiles;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Every number of every branch that we claim to read is the one that JSROOT reads. */
@Tag("slow")
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
      List<String> names =
          file.trees().stream().filter(TreeTable.class::isInstance).map(RootTree::name).toList();
      Map<String, List<Jsroot.Branch>> oracle =
          names.isEmpty() ? Map.of() : Jsroot.read(path, names);
      for (RootTree tree : file.trees()) {
        if (!(tree instanceof TreeTable table)) {
          continue;
        }
        List<Jsroot.Branch> branches = oracle.get(tree.name());
        Map<Integer, List<RootColumn>> byBranch = new TreeMap<>();
        for (RootColumn column : tree.columns()) {
          if (column.isReadable()) {
            byBranch
                .computeIfAbsent(
                    table.branches().indexOf(table.origin(column).branch()),
                    branch -> new ArrayList<>())
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
                table.origin(column).layout() instanceof BranchLayout.PerEntry(Shape.Instance shape)
                    && shape.headed();
            if (header
                || branch.error() != null
                || (branch.values().isEmpty() && !branch.texts().isEmpty())) {
              notByJsroot++;
              continue;
            }
            String difference =
                Comparison.difference(read.get(c), column, branch, table.origin(column).path());
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
}
