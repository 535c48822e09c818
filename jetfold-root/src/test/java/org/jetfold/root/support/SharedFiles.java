package org.jetfold.root.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The ROOT files beside the checkout. Tests that want them are skipped where they are not. */
public final class SharedFiles {
  private SharedFiles() {}

  /** The files, or a skipped test. */
  public static List<Path> all() {
    Path folder = folder();
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".root")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file of a name, or a skipped test. */
  public static Path file(String name) {
    Path file = folder().resolve(name);
    Assumptions.assumeTrue(Files.exists(file), () -> "no file " + name + " beside the checkout");
    return file;
  }

  private static Path folder() {
    Path at = Path.of("").toAbsolutePath();
    while (at != null) {
      Path folder = at.resolve("shared/data/root");
      if (Files.isDirectory(folder)) {
        return folder;
      }
      at = at.getParent();
    }
    return Assumptions.abort("no folder shared/data/root beside the checkout");
  }
}
