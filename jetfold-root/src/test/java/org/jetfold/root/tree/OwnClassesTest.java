package org.jetfold.root.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jetfold.root.RootFile;
import org.jetfold.root.RootTree;
import org.jetfold.root.support.ClassInfo;
import org.jetfold.root.support.Columns;
import org.jetfold.root.support.Streamed;
import org.jetfold.root.support.TestBranch;
import org.jetfold.root.support.TreeFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ROOT's own classes are known, whether the file describes them or not. */
class OwnClassesTest {
  private static final int INT = 3;
  private static final int DOUBLE = 8;
  private static final int UNSIGNED_INT = 13;
  private static final int LONG64 = 16;
  private static final int OBJECT = 61;
  private static final int TSTRING = 65;
  private static final int CLONES = 3;
  private static final int CLONES_MEMBER = 31;
  private static final int REFERENCED = 1 << 4;
  private static final int HAS_UUID = 1 << 5;

  @TempDir Path folder;

  private Map<String, String> columns(TreeFile file) throws IOException {
    return Columns.of(file.write(folder.resolve("f.root")));
  }

  @Test
  void leavesThatTheFileDoesNotDescribe() throws IOException {
    assertThat(
            columns(
                new TreeFile()
                    .tree(
                        "t",
                        TestBranch.leaf("f", "TLeafF").basket(2, new Streamed().f4(1.5f, 2.5f)),
                        TestBranch.leaf("d", "TLeafD").basket(2, new Streamed().f8(-1, 1e300)),
                        TestBranch.leaf("l", "TLeafL").basket(2, new Streamed().u8(7, -7)),
                        TestBranch.leaf("n", "TLeafI").basket(2, new Streamed().u4(0, 2)),
                        TestBranch.leaf("v", "TLeafI")
                            .countedBy("n")
                            .basket(2, new Streamed().u4(5, 6)),
                        TestBranch.leaf("s", "TLeafNew").basket(2, new Streamed().u4(1, 2)))))
        .containsExactly(
            entry("f", "[1.5, 2.5]"),
            entry("d", "[-1.0, 1.0E300]"),
            entry("l", "[7, -7]"),
            entry("n", "[0, 2]"),
            entry("v", "[[], [5, 6]]"),
            entry("s", "the file does not describe class TLeafNew"));
  }

  @Test
  void aDateIsFourBytesWhereverItStands() throws IOException {
    TreeFile file =
        new TreeFile()
            .describe(new ClassInfo("TDatime", 1, 17).basic("fDatime", UNSIGNED_INT, "UInt_t"))
            .describe(
                new ClassInfo("Run", 2, 18)
                    .object("start", OBJECT, "TDatime")
                    .basic("number", INT, "Int_t"));
    assertThat(
            columns(
                file.tree(
                    "t",
                    TestBranch.element("when", "TDatime")
                        .ofClass(1, 17)
                        .basket(2, new Streamed().u4(742_715_653, 742_846_725)),
                    TestBranch.element("run", "Run")
                        .ofClass(2, 18)
                        .basket(2, new Streamed().u4(11, 1, 12, 2)))))
        .containsExactly(
            entry("when.fDatime", "[742715653, 742846725]"),
            entry("run.start.fDatime", "[11, 12]"),
            entry("run.number", "[1, 2]"));
  }

  @Test
  void referencesAreTheNumbersOfWhatTheyReferTo() throws IOException {
    Streamed plain = new Streamed().raw(Streamed.object(41, 0)).u2(1);
    Streamed referenced = new Streamed().raw(Streamed.object(42, REFERENCED)).u2(1).u2(1);
    Streamed named = new Streamed().raw(Streamed.object(43, HAS_UUID)).text("a-uuid");
    Streamed several =
        new Streamed()
            .headed(1, new Streamed().raw(Streamed.object(0, 0)).text("").u4(2, 0).u2(1).u4(8, 9));
    Streamed none =
        new Streamed().headed(1, new Streamed().raw(Streamed.object(0, 0)).text("").u4(0, 0).u2(1));
    TreeFile file =
        new TreeFile()
            .describe(
                new ClassInfo("Jet", 1, 19)
                    .object("truth", OBJECT, "TRef")
                    .object("parts", OBJECT, "TRefArray"));
    TestBranch jets =
        TestBranch.element("Jet", "TClonesArray").node(CLONES).basket(2, new Streamed().u4(3, 1));
    TestBranch truth =
        TestBranch.element("Jet.truth", "Jet")
            .ofClass(1, 19)
            .node(CLONES_MEMBER)
            .member(0, OBJECT)
            .countedByBranch("Jet")
            .basket(List.of(new Streamed().raw(plain).raw(referenced).raw(named), plain));
    TestBranch parts =
        TestBranch.element("Jet.parts", "Jet")
            .ofClass(1, 19)
            .node(CLONES_MEMBER)
            .member(1, OBJECT)
            .countedByBranch("Jet")
            .basket(List.of(new Streamed().raw(several).raw(none).raw(several), none));
    assertThat(columns(file.tree("t", jets, truth, parts)))
        .containsEntry("Jet.truth.fUniqueID", "[[41, 42, 43], [41]]")
        .containsEntry("Jet.parts.fUIDs", "[[[8, 9], [], [8, 9]], [[]]]");
  }

  @Test
  void bitsAndIdentifiersThatTheFileDoesNotDescribe() throws IOException {
    Streamed bits =
        new Streamed()
            .headed(1, new Streamed().raw(Streamed.object(0, 0)).u4(10, 2).u1(1).u1(255, 3));
    Streamed uuid =
        new Streamed().headed(1, new Streamed().u4(5).u2(6, 7).u1(8, 9).u1(1, 2, 3, 4, 5, 6));
    assertThat(
            columns(
                new TreeFile()
                    .describe(
                        new ClassInfo("Event", 1, 20)
                            .object("trigger", OBJECT, "TBits")
                            .object("id", 62, "TUUID"))
                    .tree(
                        "t",
                        TestBranch.element("event", "Event")
                            .ofClass(1, 20)
                            .basket(List.of(new Streamed().raw(bits).raw(uuid))))))
        .containsEntry("event.trigger.fAllBits", "[[255, 3]]")
        .containsEntry("event.trigger.fNbits", "[10]")
        .containsEntry("event.id.fTimeLow", "[5]")
        .containsEntry("event.id.fNode", "[[1, 2, 3, 4, 5, 6]]");
  }

  /** Geant4 counts entries in doubles; a tree that does not count them is no empty tree. */
  @Test
  void countsMayBeDoublesButMustBeThere() throws IOException {
    RootTree counted = tree(DOUBLE, new Streamed().f8(3));
    assertThat(counted.problem()).isEmpty();
    assertThat(counted.entries()).isEqualTo(3);
    assertThat(tree(LONG64, new Streamed().u8(3)).entries()).isEqualTo(3);
    assertThat(tree(DOUBLE, new Streamed().f8(2.5)).problem().orElseThrow())
        .contains("member fEntries of class TTree should be an integer, but is the number 2.5");
    assertThat(tree(TSTRING, new Streamed().text("3")).problem().orElseThrow())
        .contains("member fEntries of class TTree should be an integer, but is a text");
    assertThat(tree(0, new Streamed()).problem().orElseThrow())
        .contains("class TTree as the file describes it has no member fEntries");
  }

  private RootTree tree(int type, Streamed entries) throws IOException {
    ClassInfo info = new ClassInfo("TTree", 5, 0).base("TNamed", 1);
    if (type != 0) {
      info.basic("fEntries", type, "Stat_t");
    }
    info.object("fBranches", OBJECT, "TObjArray");
    Streamed content = Streamed.named("t", "").raw(entries).raw(Streamed.array(List.of()));
    Path path =
        new TreeFile()
            .describe(info)
            .object("TTree", "t", 1, new Streamed().headed(5, content))
            .write(folder.resolve("f.root"));
    try (RootFile file = RootFile.open(path)) {
      return file.trees().getFirst();
    }
  }
}
