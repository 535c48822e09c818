package org.jetfold.root.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jetfold.root.RootEntryException;
import org.jetfold.root.support.ClassInfo;
import org.jetfold.root.support.Columns;
import org.jetfold.root.support.Streamed;
import org.jetfold.root.support.TestBranch;
import org.jetfold.root.support.TreeFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Entries of one branch may hold objects of several versions of a class: a member may have had
 * another type, and its numbers are the same or an error.
 */
class ClassVersionsTest {
  private static final int SHORT = 2;
  private static final int INT = 3;
  private static final int FLOAT = 5;
  private static final int DOUBLE = 8;
  private static final int UNSIGNED_INT = 13;
  private static final int LONG64 = 16;

  @TempDir private Path folder;

  /**
   * The values of {@code x} of a branch of version 2, whose first entry is of version 1 and its
   * second of version 2.
   */
  private String x(
      int oldType, String oldName, Streamed old, int newType, String newName, Streamed other)
      throws IOException {
    return x(
        new ClassInfo("Hit", 1, 1).basic("x", oldType, oldName),
        old,
        new ClassInfo("Hit", 2, 2).basic("x", newType, newName),
        other);
  }

  private String x(ClassInfo first, Streamed old, ClassInfo second, Streamed other)
      throws IOException {
    TreeFile file = new TreeFile().describe(first).describe(second);
    TestBranch hits =
        TestBranch.element("hit", "vector<Hit>")
            .basket(
                List.of(
                    new Streamed().headed(9, new Streamed().u4(1).headed(1, old)),
                    new Streamed().headed(9, new Streamed().u4(1).headed(2, other))));
    return Columns.of(file.tree("t", hits).write(folder.resolve("f.root"))).get("hit.x");
  }

  @Test
  void numbersBecomeWider() throws IOException {
    Streamed number = new Streamed().u4(-7);
    Streamed real = new Streamed().f4(0.1f);
    assertThat(x(FLOAT, "float", real, DOUBLE, "double", new Streamed().f8(0.2)))
        .isEqualTo("[[%s], [0.2]]".formatted((double) 0.1f));
    assertThat(x(INT, "int", number, LONG64, "Long64_t", new Streamed().u8(1L << 40)))
        .isEqualTo("[[-7], [1099511627776]]");
    assertThat(x(INT, "int", number, DOUBLE, "double", new Streamed().f8(0.5)))
        .isEqualTo("[[-7.0], [0.5]]");
    assertThat(x(SHORT, "short", new Streamed().u2(9), UNSIGNED_INT, "unsigned int", number))
        .isEqualTo("[[9], [4294967289]]");
  }

  @Test
  void numbersThatFitBecomeNarrower() throws IOException {
    assertThat(x(DOUBLE, "double", new Streamed().f8(0.25), FLOAT, "float", new Streamed().f4(2)))
        .isEqualTo("[[0.25], [2.0]]");
    assertThat(x(LONG64, "Long64_t", new Streamed().u8(-5), INT, "int", new Streamed().u4(6)))
        .isEqualTo("[[-5], [6]]");
    assertThat(x(DOUBLE, "double", new Streamed().f8(3), INT, "int", new Streamed().u4(6)))
        .isEqualTo("[[3], [6]]");
  }

  @Test
  void numbersThatWouldChangeAreErrors() {
    Streamed number = new Streamed().u4(6);
    assertRefused(() -> x(DOUBLE, "double", new Streamed().f8(0.1), FLOAT, "float", number));
    assertRefused(() -> x(DOUBLE, "double", new Streamed().f8(0.5), INT, "int", number));
    assertRefused(() -> x(DOUBLE, "double", new Streamed().f8(1e300), INT, "int", number));
    assertRefused(() -> x(LONG64, "Long64_t", new Streamed().u8(1L << 31), INT, "int", number));
    assertRefused(() -> x(INT, "int", new Streamed().u4(-1), UNSIGNED_INT, "unsigned int", number));
    assertRefused(() -> x(INT, "int", new Streamed().u4((1 << 24) + 1), FLOAT, "float", number));
  }

  private interface Reading {
    String read() throws IOException;
  }

  private static void assertRefused(Reading reading) {
    assertThatThrownBy(reading::read)
        .isInstanceOf(RootEntryException.class)
        .hasMessageContaining("f.root: tree t, branch hit, entry 0: byte ")
        .hasMessageContaining("objects of another version of its class, in which that member is");
  }

  @Test
  void aNumberThatWasAListIsAnError() {
    assertRefused(() ->
        x(
            new ClassInfo("Hit", 1, 1).collection("x", "vector<int>"),
            new Streamed().headed(9, new Streamed().u4(2, 5, 6)),
            new ClassInfo("Hit", 2, 2).basic("x", INT, "int"),
            new Streamed().u4(7)));
  }
}
