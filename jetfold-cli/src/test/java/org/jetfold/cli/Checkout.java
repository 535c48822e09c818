package org.jetfold.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jetfold.cli.demo.Sample;
import org.junit.jupiter.api.Assumptions;

/** Files of the checkout, and those beside it that need not be there. */
final class Checkout {
  private static final int SOME = 60;

  private Checkout() {}

  /** The jets of the demo. */
  static Path sample() {
    return Sample.table();
  }

  /** Some of them, for tests to which the number does not matter. */
  static Path someOfTheSample(Path file) throws IOException {
    return someOfTheSample(file, SOME);
  }

  /** So many events of it, for tests that need no more. */
  static Path someOfTheSample(Path file, int events) throws IOException {
    return Tables.write(Tables.read(sample(), null).slice(0, events), file);
  }

  /** A folder of data beside the checkout; the test is skipped where it is not there. */
  static Path data(String folder) {
    return shared("data/" + folder);
  }

  /** A folder beside the checkout; the test is skipped where it is not there. */
  static Path shared(String folder) {
    for (Path above = Path.of("").toAbsolutePath(); above != null; above = above.getParent()) {
      Path found = above.resolveSibling("shared").resolve(folder);
      if (Files.isDirectory(found)) {
        return found;
      }
    }
    Assumptions.abort("there is no folder shared/" + folder + " beside the checkout");
    throw new AssertionError();
  }

  /** The names in a folder, hidden ones included. */
  static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
