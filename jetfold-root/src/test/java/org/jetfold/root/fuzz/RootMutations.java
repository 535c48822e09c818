package org.jetfold.root.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jetfold.root.RootColumn;
import org.jetfold.root.RootException;
import org.jetfold.root.RootFile;
import org.jetfold.root.RootTree;

/**
 * Changes bytes of ROOT files and reads what comes of them: values or a {@link RootException}, soon
 * and without much memory. A tool, no test: it takes as long as it is asked to.
 *
 * <pre>
 * java -Xmx512m -cp … org.jetfold.root.fuzz.RootMutations 100000 1 small1.root small2.root …
 * </pre>
 *
 * <p>The first argument is the number of mutations, the second the first seed. What else comes out
 * of the reader is printed with its seed, which makes the same mutation again.
 */
public final class RootMutations {
  private static final long MAX_ENTRIES = 1 << 12;
  private static final long SLOW_SECONDS = 5;
  private static final int MAX_CHANGES = 6;

  private RootMutations() {}

  /** Runs the tool. */
  public static void main(String[] arguments) throws IOException {
    int count = Integer.parseInt(arguments[0]);
    long firstSeed = Long.parseLong(arguments[1]);
    List<Path> files = Arrays.stream(arguments).skip(2).map(Path::of).toList();
    Path mutated = Files.createTempFile("mutated", ".root");
    Map<String, Integer> results = new TreeMap<>();
    try {
      for (long seed = firstSeed; seed < firstSeed + count; seed++) {
        Path file = files.get((int) (seed % files.size()));
        Files.write(mutated, mutated(Files.readAllBytes(file), new Random(seed)));
        long start = System.nanoTime();
        String result = result(mutated);
        if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(SLOW_SECONDS)) {
          result = "slow, " + result;
        }
        if (results.merge(result, 1, Integer::sum) == 1 && !result.equals("read")) {
          System.out.printf("seed %d, %s: %s%n", seed, file.getFileName(), result);
        }
      }
    } finally {
      Files.delete(mutated);
    }
    System.out.println(results);
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

  @SuppressWarnings("CatchAndPrintStackTrace")
  private static String result(Path path) throws IOException {
    try (RootFile file = RootFile.open(path)) {
      for (RootTree tree : file.trees()) {
        tree.boundaries();
        for (RootColumn column : tree.columns()) {
          if (column.isReadable()) {
            try {
              tree.read(column, 0, Math.min(tree.entries(), MAX_ENTRIES));
            } catch (RootException _) {
              // Damage that is noticed.
            }
          }
        }
      }
      return "read";
    } catch (RootException _) {
      return "read";
    } catch (RuntimeException | Error e) {
      return e.getClass().getSimpleName()
          + " at "
          + List.of(e.getStackTrace()).stream().limit(6).toList()
          + " "
          + e.getMessage();
    }
  }
}
