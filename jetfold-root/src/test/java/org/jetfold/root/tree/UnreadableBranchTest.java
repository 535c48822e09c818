package org.jetfold.root.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jetfold.root.RootColumn;
import org.jetfold.root.RootEntryException;
import org.jetfold.root.RootException;
import org.jetfold.root.RootFile;
import org.jetfold.root.RootFormatException;
import org.jetfold.root.RootTree;
import org.jetfold.root.support.ClassInfo;
import org.jetfold.root.support.Columns;
import org.jetfold.root.support.Streamed;
import org.jetfold.root.support.TestBranch;
import org.jetfold.root.support.TreeFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Branches that the file describes as readable and whose entries hold something else: classes with
 * streamers of their own, types that ROOT could not write, damage.
 */
class UnreadableBranchTest {
  private static final int INT = 3;
  private static final int STL = 500;
  private static final int CLONES = 3;
  private static final int CLONES_MEMBER = 31;

  @TempDir Path folder;

  private static TestBranch good(int entries) {
    Streamed data = new Streamed();
    for (int i = 0; i < entries; i++) {
      data.u4(i);
    }
    return TestBranch.leaf("good", "TLeafI").basket(entries, data);
  }

  /** Which columns fail when all of a tree's entries are read. */
  private Map<RootColumn, RootException> check(TreeFile file) throws IOException {
    return check(file.write(folder.resolve("f.root")));
  }

  private static Map<RootColumn, RootException> check(Path path) throws IOException {
    try (RootFile opened = RootFile.open(path)) {
      RootTree tree = opened.trees().getFirst();
      List<RootColumn> readable = tree.columns().stream().filter(RootColumn::isReadable).toList();
      assertThat(Columns.of(tree.read(tree.column("good").orElseThrow(), 0, 1), good(tree)))
          .isEqualTo("[0]");
      return tree.check(readable, 0, tree.entries());
    }
  }

  private static RootColumn good(RootTree tree) {
    return tree.column("good").orElseThrow();
  }

  private static List<String> names(Map<RootColumn, RootException> failures) {
    return failures.keySet().stream().map(RootColumn::name).toList();
  }

  /** ROOT writes nothing for a bitset that it has no code for. */
  @Test
  void entriesWithoutBytes() throws IOException {
    TreeFile file =
        new TreeFile()
            .describe(
                new ClassInfo("Info", 1, 1)
                    .collection("bits", "bitset<256>")
                    .basic("n", INT, "int"));
    TestBranch bits =
        TestBranch.element("Info.bits", "Info")
            .ofClass(1, 1)
            .member(0, STL)
            .basket(List.of(new Streamed(), new Streamed()));
    Map<RootColumn, RootException> failures = check(file.tree("t", good(2), bits));
    assertThat(names(failures)).containsExactly("Info.bits");
    assertThat(failures.values().iterator().next())
        .isInstanceOf(RootEntryException.class)
        .hasMessageContaining("f.root: tree t, branch Info.bits, entry 0: byte ")
        .hasMessageContaining("bytes should be here, but 0 are left");
  }

  /** The same within the objects of a collection: there are no bits, but there are objects. */
  @Test
  void membersWithoutBytes() throws IOException {
    TreeFile file =
        new TreeFile().describe(new ClassInfo("Jet", 1, 1).collection("bits", "bitset<256>"));
    TestBranch jets =
        TestBranch.element("Jet", "TClonesArray").node(CLONES).basket(2, new Streamed().u4(0, 2));
    TestBranch bits =
        TestBranch.element("Jet.bits", "Jet")
            .ofClass(1, 1)
            .node(CLONES_MEMBER)
            .member(0, STL)
            .countedByBranch("Jet")
            .basket(List.of(new Streamed(), new Streamed()));
    Map<RootColumn, RootException> failures = check(file.tree("t", good(2), jets, bits));
    assertThat(names(failures)).containsExactly("Jet.bits");
    assertThat(failures.values().iterator().next())
        .hasMessageContaining("branch Jet.bits, entry 1: byte ")
        .hasMessageContaining("0 values are here, but there should be 2");
  }

  /**
   * A member whose class writes what it likes does not keep the others of its object from being
   * read.
   */
  @Test
  void classesWithStreamersOfTheirOwn() throws IOException {
    TreeFile file =
        new TreeFile()
            .describe(new ClassInfo("Odd", 1, 1).basic("a", INT, "int").basic("b", INT, "int"))
            .describe(
                new ClassInfo("Event", 1, 2).object("odd", 61, "Odd").basic("number", INT, "int"));
    Streamed entry = new Streamed().headed(1, new Streamed().u1(1, 2, 3)).u4(99);
    TestBranch event = TestBranch.element("e", "Event").ofClass(1, 2).basket(List.of(entry, entry));
    Path path = file.tree("t", good(2), event).write(folder.resolve("f.root"));
    assertThat(names(check(path))).containsExactly("e.odd.a", "e.odd.b");
    try (RootFile opened = RootFile.open(path)) {
      RootTree tree = opened.trees().getFirst();
      RootColumn number = tree.column("e.number").orElseThrow();
      assertThat(Columns.of(tree.read(number, 0, 2), number)).isEqualTo("[99, 99]");
    }
  }

  /** What breaks late is found late: the error says where. */
  @Test
  void oneEntryOfMany() throws IOException {
    int entries = 3_000;
    List<Streamed> lists = new ArrayList<>();
    for (int i = 0; i < entries; i++) {
      Streamed list = new Streamed().u4(1, i);
      lists.add(new Streamed().headed(1, i == 2_500 ? list.u1(0) : list));
    }
    TestBranch branch =
        TestBranch.element("v", "vector<int>")
            .basket(lists.subList(0, 2_000))
            .basket(lists.subList(2_000, entries));
    Path path = new TreeFile().tree("t", good(entries), branch).write(folder.resolve("f.root"));
    assertThat(check(path).values())
        .singleElement()
        .isInstanceOf(RootEntryException.class)
        .asString()
        .contains("f.root: tree t, branch v, entry 2500: byte ");
    try (RootFile opened = RootFile.open(path)) {
      RootTree tree = opened.trees().getFirst();
      RootColumn v = tree.column("v").orElseThrow();
      assertThat(tree.check(List.of(v, good(tree)), 0, 2_500)).isEmpty();
      assertThat(tree.check(List.of(v, good(tree)), 2_400, 2_600)).containsOnlyKeys(v);
      assertThatThrownBy(() -> tree.read(v, 2_499, 2_501)).isInstanceOf(RootEntryException.class);
    }
  }

  /** A basket that is damaged is another kind of failure than one that is not understood. */
  @Test
  void damagedBaskets() throws IOException {
    TestBranch branch = TestBranch.leaf("x", "TLeafI").basket(2, new Streamed().u4(77, 78));
    byte[] bytes = new TreeFile().tree("t", good(2), branch).bytes();
    ByteBuffer file = ByteBuffer.wrap(bytes);
    for (int i = 0; i + 8 < bytes.length; i++) {
      if (file.getLong(i) == (77L << 32 | 78)) {
        file.putInt(i - 9, 12_345); // the number of bytes of the basket's data
      }
    }
    assertThat(check(Files.write(folder.resolve("f.root"), bytes)).values())
        .singleElement()
        .isInstanceOf(RootFormatException.class)
        .asString()
        .contains("tree t, branch x, entry 0: byte ");
  }

  /** A list without a number of values is an error, not a list of none. */
  @Test
  void aListThatNothingCounts() throws IOException {
    TestBranch branch =
        TestBranch.leaf("v", "TLeafI").countedBy("good").basket(2, new Streamed().u4(1, 2));
    TestBranch negative = TestBranch.leaf("good", "TLeafI").basket(2, new Streamed().u4(0, -1));
    assertThat(check(new TreeFile().tree("t", negative, branch)).values())
        .singleElement()
        .asString()
        .contains("branch v, entry 1: byte ")
        .contains("-1 values should be here");
  }
}
