package org.jetfold.root;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.jetfold.root.support.Columns;
import org.jetfold.root.support.Streamed;
import org.jetfold.root.support.TestBranch;
import org.jetfold.root.support.TreeFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which trees a file has. */
class RootFileTest {
  @TempDir Path folder;

  private static TestBranch branch(int value) {
    return TestBranch.leaf("x", "TLeafI").basket(1, new Streamed().u4(value));
  }

  @Test
  void theNewestCycleIsTheTreeAndOthersCanBeNamed() throws IOException {
    Path path =
        new TreeFile()
            .tree("events", 2, branch(22))
            .tree("events", 1, branch(11))
            .tree("other", 5, branch(55))
            .write(folder.resolve("f.root"));
    try (RootFile file = RootFile.open(path)) {
      assertThat(file.trees()).extracting(RootTree::name).containsExactly("events", "other");
      assertThat(x(file, "events")).isEqualTo("[22]");
      assertThat(x(file, "events;2")).isEqualTo("[22]");
      assertThat(x(file, "events;1")).isEqualTo("[11]");
      assertThat(x(file, "other;5")).isEqualTo("[55]");
      assertThat(file.tree("events;3")).isEmpty();
      assertThat(file.tree("none;1")).isEmpty();
    }
  }

  private static String x(RootFile file, String name) throws IOException {
    RootTree tree = file.tree(name).orElseThrow();
    RootColumn column = tree.column("x").orElseThrow();
    return Columns.of(tree.read(column, 0, 1), column);
  }

  @Test
  void ntuplesBeforeTheFirstFormatAreNamed() throws IOException {
    Path path =
        new TreeFile()
            .object("ROOT::Experimental::RNTuple", "Staff", 1, new Streamed().u4(1, 2, 3))
            .write(folder.resolve("f.root"));
    try (RootFile file = RootFile.open(path)) {
      RootTree tree = file.trees().getFirst();
      assertThat(tree.kind()).isEqualTo(RootTree.Kind.RNTUPLE);
      assertThat(tree.problem().orElseThrow())
          .contains("before 1.0 are not supported")
          .doesNotContain("damaged");
      assertThat(tree.columns()).isEmpty();
    }
  }

  /** A piece ends where baskets end, if there is such a place in reach. */
  @Test
  void piecesEndAtBaskets() throws IOException {
    TestBranch baskets =
        TestBranch.leaf("x", "TLeafI")
            .basket(3, new Streamed().u4(1, 2, 3))
            .basket(4, new Streamed().u4(4, 5, 6, 7))
            .basket(2, new Streamed().u4(8, 9));
    Path path = new TreeFile().tree("t", baskets).write(folder.resolve("f.root"));
    try (RootFile file = RootFile.open(path)) {
      RootTree tree = file.trees().getFirst();
      assertThat(tree.boundaries()).containsExactly(0, 3, 7, 9);
      assertThat(tree.pieceEnd(0, 2)).isEqualTo(2);
      assertThat(tree.pieceEnd(0, 3)).isEqualTo(3);
      assertThat(tree.pieceEnd(0, 8)).isEqualTo(7);
      assertThat(tree.pieceEnd(3, 3)).isEqualTo(6);
      assertThat(tree.pieceEnd(7, 100)).isEqualTo(9);
    }
  }
}
