package org.jetfold.root.ntuple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jetfold.root.JaggedColumn;
import org.jetfold.root.RootColumn;
import org.jetfold.root.RootFile;
import org.jetfold.root.RootTree;
import org.jetfold.root.support.Comparison;
import org.jetfold.root.support.Jsroot;
import org.jetfold.root.support.SharedFiles;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * Every number of every field that we claim to read is the one that JSROOT reads, as far as JSROOT
 * can read it.
 */
@Tag("slow")
class JsrootNtupleTest {
  @TestFactory
  Stream<DynamicTest> everyFile() {
    return SharedFiles.all().stream()
        .map(file -> dynamicTest(file.getFileName().toString(), () -> compare(file)));
  }

  private static void compare(Path path) throws Exception {
    List<String> differences = new ArrayList<>();
    int equal = 0;
    Map<String, Integer> errors = new TreeMap<>();
    int unreadable = 0;
    int notByJsroot = 0;
    try (RootFile file = RootFile.open(path)) {
      for (RootTree tree : file.trees()) {
        assertThat(tree.problem()).as(tree.name()).isEmpty();
        if (!(tree instanceof NtupleTable table)) {
          continue;
        }
        Map<String, Jsroot.Branch> fields =
            Jsroot.read(path, tree.name()).stream()
                .collect(Collectors.toMap(Jsroot.Branch::name, Function.identity()));
        for (RootColumn column : tree.columns()) {
          if (!column.isReadable()) {
            unreadable++;
            continue;
          }
          FieldPath fieldPath = table.path(column);
          Jsroot.Branch field = fields.get(fieldPath.top().name());
          JaggedColumn read;
          try {
            read = tree.read(column, 0, tree.entries());
            if (field.entries() > 0 && field.entries() < tree.entries()) {
              read = tree.read(column, 0, field.entries());
            }
          } catch (Exception e) {
            differences.add(tree.name() + " " + column.name() + ": " + e);
            continue;
          }
          // JSROOT gives the ends of lists where their lengths are meant.
          if (field.error() != null || fieldPath.cardinality()) {
            notByJsroot++;
            errors.merge(fieldPath.cardinality() ? "cardinality" : field.error(), 1, Integer::sum);
            continue;
          }
          String name = fieldPath.top().name();
          String below =
              column.name().equals(name) ? "" : column.name().substring(name.length() + 1);
          boolean pair = fieldPath.top().typeName().contains("std::pair");
          below = pair ? below.replace("_0", "first").replace("_1", "second") : below;
          String difference = Comparison.difference(read, column, field, below);
          equal++;
          if (difference != null) {
            differences.add(tree.name() + " " + column.name() + ": " + difference);
          }
        }
      }
    }
    if (equal + unreadable + notByJsroot > 0) {
      System.out.printf(
          "%s: %d columns as JSROOT reads them, %d that it cannot read %s, %d not read%n",
          path.getFileName(), equal, notByJsroot, errors, unreadable);
    }
    assertThat(differences).isEmpty();
  }
}
