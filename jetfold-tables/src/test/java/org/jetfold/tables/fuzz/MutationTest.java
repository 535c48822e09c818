package org.jetfold.tables.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Changes bytes of HDF5, NPZ, NPY and Arrow files and reads what comes of them: a table or one line
 * about the file, soon and without much memory. As many as one likes:
 *
 * <pre>
 * ./mvnw -pl jetfold-tables test -Dtest=MutationTest -Djetfold.mutations=100000 -Djetfold.seed=1
 * </pre>
 *
 * <p>The seed of a failure makes the same mutation again, as the only one.
 */
@Tag("slow")
class MutationTest {
  private static final int MUTATIONS = Integer.getInteger("jetfold.mutations", 600);
  private static final long FIRST_SEED = Long.getLong("jetfold.seed", 1);
  private static final long MAX_NANOSECONDS = 60_000_000_000L;
  private static final int MAX_CHANGES = 6;

  private static final List<String> SAMPLES =
      List.of(
          "records.h5",
          "lists.h5",
          "elsewhere.h5",
          "types.h5",
          "types_list.h5",
          "layouts_v108.h5",
          "layouts_v110.h5",
          "sparse_v200.h5",
          "types.npz",
          "types.arrow",
          "missing.arrows",
          "nested.arrows",
          "growing.arrows",
          "old.arrows",
          "polars.arrow",
          "lz4.feather",
          "zstd.feather");

  private static final String READ = "read";
  private static final String REFUSED = "refused";

  /** A file and what its name ends with. */
  private record Sample(String ending, byte[] bytes) {}

  @Test
  void changedFilesAreReadOrRefused() throws IOException {
    List<Sample> files = files();
    Map<String, Integer> results = new TreeMap<>();
    for (long seed = FIRST_SEED; seed < FIRST_SEED + MUTATIONS; seed++) {
      Sample file = files.get((int) (seed % files.size()));
      byte[] mutated = mutated(file.bytes().clone(), new Random(seed));
      long start = System.nanoTime();
      String result = result(mutated, file.ending());
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

  private static List<Sample> files() throws IOException {
    Stream.Builder<Sample> files = Stream.builder();
    for (String name : SAMPLES) {
      try (InputStream in = MutationTest.class.getResourceAsStream("/foreign/" + name)) {
        byte[] bytes = Objects.requireNonNull(in).readAllBytes();
        files.add(new Sample(name.substring(name.lastIndexOf('.')), bytes));
      }
    }
    try (InputStream in = MutationTest.class.getResourceAsStream("/foreign/types.npz");
        ZipInputStream zip = new ZipInputStream(Objects.requireNonNull(in))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.add(new Sample(".npy", zip.readAllBytes()));
      }
    }
    for (String name : List.of("cases", "cases/hostile")) {
      Path shared = Path.of(System.getProperty("jetfold.root", ".."), "..", "shared", name);
      if (Files.isDirectory(shared)) {
        try (Stream<Path> all = Files.list(shared)) {
          for (Path file : all.sorted().toList()) {
            String ending = file.toString().substring(file.toString().lastIndexOf('.') + 1);
            if (ending.equals("h5") || ending.equals("npz")) {
              files.add(new Sample("." + ending, Files.readAllBytes(file)));
            }
          }
        }
      }
    }
    return files.build().toList();
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
  private static String result(byte[] bytes, String ending) throws IOException {
    try {
      return ArrayFileReading.read(bytes, ending).isEmpty() ? READ : REFUSED;
    } catch (RuntimeException | Error e) {
      return e + " at " + Arrays.stream(e.getStackTrace()).limit(6).toList();
    }
  }
}
