package org.jetfold.root.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jetfold.root.RootColumn;
import org.jetfold.root.RootException;
import org.jetfold.root.RootFile;
import org.jetfold.root.RootTree;
import org.jetfold.root.support.ClassInfo;
import org.jetfold.root.support.Streamed;
import org.jetfold.root.support.TestBranch;
import org.jetfold.root.support.TreeFile;
import org.jetfold.testing.Mutations;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Changes bytes of ROOT files and reads what comes of them: values or a {@link RootException}, soon
 * and without much memory. As many as one likes:
 *
 * <pre>
 * ./mvnw -pl jetfold-root test -Dtest=MutationTest -Djetfold.mutations=100000 -Djetfold.seed=1
 * </pre>
 *
 * <p>The seed of a failure makes the same mutation again, as the only one.
 */
class MutationTest {
  private static final int USUAL = 400;
  private static final long MAX_ENTRIES = 1 << 12;

  /** Larger files take longer than they are worth. */
  private static final long MAX_BYTES = 60_000;

  @TempDir private Path folder;

  @Tag("slow")
  @Test
  void changedTreesAreReadOrRefused() throws IOException {
    List<byte[]> files = files();
    files.add(tree());
    run("ROOT", files);
  }

  /** RNTuples alone, without the checksums mended and with them. */
  @Tag("slow")
  @Test
  void changedNtuplesAreReadOrRefused() throws IOException {
    SealedNtuple ntuple = new SealedNtuple(RootFileFuzzTest.ntuple());
    Path mutated = folder.resolve("mutated.root");
    Files.write(mutated, ntuple.unchanged());
    assertThat(isRead(mutated)).isTrue();
    byte[] whole = RootFileFuzzTest.ntuple();
    Mutations.each(
        "RNTuple",
        USUAL,
        seed -> {
          Random random = new Random(seed);
          byte[] file =
              random.nextInt(4) == 0
                  ? Mutations.change(whole.clone(), 0, whole.length, random)
                  : ntuple.changed(random);
          return () -> {
            Files.write(mutated, file);
            return isRead(mutated);
          };
        });
  }

  private void run(String kind, List<byte[]> files) {
    Path mutated = folder.resolve("mutated.root");
    Mutations.each(
        kind,
        USUAL,
        seed -> {
          byte[] file = files.get((int) (seed % files.size())).clone();
          Mutations.change(file, 0, file.length, new Random(seed));
          return () -> {
            Files.write(mutated, file);
            return isRead(mutated);
          };
        });
  }

  private static List<byte[]> files() throws IOException {
    List<byte[]> files = new ArrayList<>();
    for (String name : List.of("data/root", "cases")) {
      Path shared = Path.of(System.getProperty("jetfold.root", ".."), "..", "shared", name);
      if (Files.isDirectory(shared)) {
        try (Stream<Path> all = Files.list(shared)) {
          all.filter(file -> file.toString().endsWith(".root"))
              .filter(file -> file.toFile().length() <= MAX_BYTES)
              .sorted()
              .map(MutationTest::bytes)
              .forEach(files::add);
        }
      }
    }
    return files;
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Numbers, lists that another branch counts, and objects. */
  static byte[] tree() {
    TestBranch counts = TestBranch.leaf("n", "TLeafI").basket(3, new Streamed().u4(2, 0, 1));
    TestBranch values =
        TestBranch.leaf("x", "TLeafF")
            .countedBy("n")
            .basket(List.of(new Streamed().f4(1).f4(2), new Streamed(), new Streamed().f4(3)));
    TestBranch objects =
        TestBranch.element("info", "Info")
            .ofClass(1, 1)
            .basket(
                List.of(
                    new Streamed().headed(1, new Streamed().u4(7, 2, 1, 2)),
                    new Streamed().headed(1, new Streamed().u4(8, 0)),
                    new Streamed().headed(1, new Streamed().u4(9, 1, 3))));
    return new TreeFile()
        .describe(
            new ClassInfo("Info", 1, 1).basic("run", 3, "int").collection("ids", "vector<int>"))
        .tree("t", counts, values, objects)
        .bytes();
  }

  /** Whether a file is read; false where it is refused as it should be. */
  private static boolean isRead(Path path) throws IOException {
    boolean read = true;
    try (RootFile file = RootFile.open(path)) {
      for (RootTree tree : file.trees()) {
        if (tree.problem().isPresent()) {
          read = false;
          continue;
        }
        tree.boundaries();
        for (RootColumn column : tree.columns()) {
          if (column.isReadable()) {
            try {
              tree.read(column, 0, Math.min(tree.entries(), MAX_ENTRIES));
            } catch (RootException e) {
              RootFileFuzzTest.check(e);
              read = false;
            }
          }
        }
      }
      return read;
    } catch (RootException e) {
      RootFileFuzzTest.check(e);
      return false;
    }
  }
}
