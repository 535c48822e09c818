package org.jetfold.root.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jetfold.root.RootColumn;
import org.jetfold.root.RootException;
import org.jetfold.root.RootFile;
import org.jetfold.root.RootTree;
import org.jetfold.root.support.ClassInfo;
import org.jetfold.root.support.Streamed;
import org.jetfold.root.support.TestBranch;
import org.jetfold.root.support.TreeFile;
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
  private static final int MUTATIONS = Integer.getInteger("jetfold.mutations", 400);
  private static final long FIRST_SEED = Long.getLong("jetfold.seed", 1);
  private static final long MAX_ENTRIES = 1 << 12;
  private static final long MAX_NANOSECONDS = 5_000_000_000L;
  private static final int MAX_CHANGES = 6;

  /** Larger files take longer than they are worth. */
  private static final long MAX_BYTES = 60_000;

  private static final String READ = "read";
  private static final String REFUSED = "refused";

  @TempDir private Path folder;

  @Tag("slow")
  @Test
  void changedFilesAreReadOrRefused() throws IOException {
    List<byte[]> files = files();
    Path mutated = folder.resolve("mutated.root");
    TreeMap<String, Integer> results = new TreeMap<>();
    for (long seed = FIRST_SEED; seed < FIRST_SEED + MUTATIONS; seed++) {
      byte[] file = files.get((int) (seed % files.size()));
      Files.write(mutated, mutated(file.clone(), new Random(seed)));
      long start = System.nanoTime();
      String result = result(mutated);
      if (System.nanoTime() - start > MAX_NANOSECONDS) {
        result = "slow: " + result;
      }
      if (results.merge(result, 1, Integer::sum) == 1) {
        System.out.println("seed " + seed + ": " + result);
      }
    }
    System.out.println(results);
    assertThat(results.keySet()).isSubsetOf(READ, REFUSED);
  }

  private static List<byte[]> files() throws IOException {
    List<byte[]> files = new ArrayList<>(List.of(RootFileFuzzTest.ntuple(), tree()));
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

  private static byte[] mutated(byte[] bytes, Random random) {
    for (int changes = 1 + random.nextInt(MAX_CHANGES); changes > 0; changes--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] = (byte) random.nextInt();
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 4), (byte) -random.nextInt(2));
        default -> {
          int from = random.nextInt(bytes.length);
          int length = Math.min(random.nextInt(32), bytes.length - Math.max(from, at));
          System.arraycopy(bytes, from, bytes, at, length);
        }
      }
    }
    return bytes;
  }

  /** {@link #READ} or {@link #REFUSED} where a file is dealt with as it should be. */
  private static String result(Path path) throws IOException {
    String result = READ;
    try (RootFile file = RootFile.open(path)) {
      for (RootTree tree : file.trees()) {
        tree.boundaries();
        for (RootColumn column : tree.columns()) {
          if (column.isReadable()) {
            try {
              tree.read(column, 0, Math.min(tree.entries(), MAX_ENTRIES));
            } catch (RootException e) {
              RootFileFuzzTest.check(e);
              result = REFUSED;
            }
          }
        }
      }
      return result;
    } catch (RootException e) {
      RootFileFuzzTest.check(e);
      return REFUSED;
    } catch (RuntimeException | Error e) {
      return e + " at " + Arrays.stream(e.getStackTrace()).limit(6).toList();
    }
  }
}
