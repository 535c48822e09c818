package org.jetfold.root.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jetfold.root.support.ClassInfo;
import org.jetfold.root.support.Columns;
import org.jetfold.root.support.Streamed;
import org.jetfold.root.support.TestBranch;
import org.jetfold.root.support.TreeFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A class and its base classes may have members of one name. As in C++, the derived one is seen.
 */
class HiddenMembersTest {
  private static final int INT = 3;
  private static final int COUNTER = 6;
  private static final int SPLIT_OBJECT = 2;
  private static final int BASE = 1;

  @TempDir Path folder;

  private Map<String, String> columns(TreeFile file) throws IOException {
    return Columns.of(file.write(folder.resolve("f.root")));
  }

  private static Streamed base(int... values) {
    Streamed members = new Streamed();
    for (int value : values) {
      members.u4(value);
    }
    return new Streamed().headed(1, members);
  }

  @Test
  void inObjectsThatAreNotSplit() throws IOException {
    TreeFile file =
        new TreeFile()
            .describe(new ClassInfo("Hit", 1, 1).basic("id", INT, "int").basic("t", INT, "int"))
            .describe(new ClassInfo("Other", 1, 2).basic("id", INT, "int").basic("t", INT, "int"))
            .describe(
                new ClassInfo("Cluster", 1, 3)
                    .base("Hit", 1)
                    .base("Other", 1)
                    .basic("id", INT, "int"));
    Streamed entries =
        new Streamed().raw(base(1, 2)).raw(base(3, 4)).u4(5).raw(base(6, 7)).raw(base(8, 9)).u4(10);
    assertThat(
            columns(
                file.tree(
                    "t", TestBranch.element("c", "Cluster").ofClass(1, 3).basket(2, entries))))
        .containsExactly(
            entry("c.Hit::id", "[1, 6]"),
            entry("c.t", "[2, 7]"),
            entry("c.Other::id", "[3, 8]"),
            entry("c.Other::t", "[4, 9]"),
            entry("c.id", "[5, 10]"));
  }

  @Test
  void inObjectsWithinObjects() throws IOException {
    TreeFile file =
        new TreeFile()
            .describe(new ClassInfo("Hit", 1, 1).basic("id", INT, "int"))
            .describe(new ClassInfo("Cluster", 1, 2).base("Hit", 1).basic("id", INT, "int"))
            .describe(new ClassInfo("Track", 1, 3).base("Cluster", 1).basic("id", INT, "int"))
            .describe(new ClassInfo("Event", 1, 4).object("track", 61, "Track"));
    Streamed cluster = new Streamed().headed(1, new Streamed().raw(base(1)).u4(2));
    Streamed track = new Streamed().headed(1, new Streamed().raw(cluster).u4(3));
    assertThat(
            columns(
                file.tree("t", TestBranch.element("e", "Event").ofClass(1, 4).basket(1, track))))
        .containsExactly(
            entry("e.track.Hit::id", "[1]"),
            entry("e.track.Cluster::id", "[2]"),
            entry("e.track.id", "[3]"));
  }

  /** Both classes have an array, and a count of the same name. */
  @Test
  void countsOfOneNameCountTheirOwnArrays() throws IOException {
    TreeFile file =
        new TreeFile()
            .describe(
                new ClassInfo("Base", 1, 1)
                    .basic("n", COUNTER, "int")
                    .counted("a", INT, "n", "Base"))
            .describe(
                new ClassInfo("Derived", 1, 2)
                    .base("Base", 1)
                    .basic("n", COUNTER, "int")
                    .counted("b", INT, "n", "Derived")
                    .counted("c", INT, "n", "Base"));
    Streamed base = new Streamed().headed(1, new Streamed().u4(2).u1(1).u4(7, 8));
    Streamed entry = new Streamed().raw(base).u4(1).u1(1).u4(9).u1(1).u4(10, 11);
    assertThat(
            columns(
                file.tree("t", TestBranch.element("o", "Derived").ofClass(1, 2).basket(1, entry))))
        .containsExactly(
            entry("o.Base::n", "[2]"),
            entry("o.a", "[[7, 8]]"),
            entry("o.n", "[1]"),
            entry("o.b", "[[9]]"),
            entry("o.c", "[[10, 11]]"));
  }

  @Test
  void inSplitObjects() throws IOException {
    TreeFile file =
        new TreeFile()
            .describe(new ClassInfo("Hit", 1, 1).basic("id", INT, "int").basic("t", INT, "int"))
            .describe(
                new ClassInfo("Cluster", 1, 2)
                    .base("Hit", 1)
                    .basic("id", INT, "int")
                    .basic("q", INT, "int"));
    TestBranch whole =
        TestBranch.element("c", "Cluster")
            .ofClass(1, 2)
            .node(SPLIT_OBJECT)
            .child(member("id", "Hit", 1, 0, 11))
            .child(member("t", "Hit", 1, 1, 12))
            .child(member("id", "Cluster", 2, 1, 13))
            .child(member("q", "Cluster", 2, 2, 14));
    TestBranch withBase =
        TestBranch.element("d.", "Cluster")
            .ofClass(1, 2)
            .node(SPLIT_OBJECT)
            .child(
                TestBranch.element("Hit", "Cluster")
                    .ofClass(1, 2)
                    .node(BASE)
                    .member(0, 0)
                    .child(member("d.id", "Hit", 1, 0, 21))
                    .child(member("d.t", "Hit", 1, 1, 22)))
            .child(member("d.id", "Cluster", 2, 1, 23))
            .child(member("d.q", "Cluster", 2, 2, 24));
    Map<String, String> columns = columns(file.tree("t", whole, withBase));
    columns.values().removeIf(value -> value.startsWith("it only holds"));
    assertThat(columns)
        .containsExactly(
            entry("c.Hit::id", "[11]"),
            entry("c.t", "[12]"),
            entry("c.id", "[13]"),
            entry("c.q", "[14]"),
            entry("d.Hit::id", "[21]"),
            entry("d.t", "[22]"),
            entry("d.id", "[23]"),
            entry("d.q", "[24]"));
  }

  private static TestBranch member(String name, String of, int checksum, int index, int value) {
    return TestBranch.element(name, of)
        .ofClass(1, checksum)
        .member(index, INT)
        .basket(1, new Streamed().u4(value));
  }

  /** Two branches of one name that are no members are told apart by a number. */
  @Test
  void otherBranchesOfOneNameAreNumbered() throws IOException {
    assertThat(
            columns(
                new TreeFile()
                    .tree(
                        "t",
                        TestBranch.leaf("x", "TLeafI").basket(1, new Streamed().u4(1)),
                        TestBranch.leaf("x", "TLeafI").basket(1, new Streamed().u4(2)),
                        TestBranch.leaf("x", "TLeafI").basket(List.of(new Streamed().u4(3))))))
        .containsExactly(entry("x", "[1]"), entry("x#2", "[2]"), entry("x#3", "[3]"));
  }
}
