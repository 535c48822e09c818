package org.jetfold.cli;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;

/** The table that is shipped with the program. */
final class Sample {
  private static final Path NAME = Path.of("samples", "jets.npz");

  private Sample() {}

  /**
   * Finds it: in a distribution beside the folder of the program's jar, in a checkout some folders
   * above it.
   *
   * @throws CommandFailure where it is not there
   */
  static Path find() {
    CodeSource source = Sample.class.getProtectionDomain().getCodeSource();
    try {
      Path folder =
          source == null ? Path.of("").toAbsolutePath() : Path.of(source.getLocation().toURI());
      for (Path above = folder; above != null; above = above.getParent()) {
        Path sample = above.resolve(NAME);
        if (Files.isRegularFile(sample)) {
          return sample;
        }
      }
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the program's jar has no place", e);
    }
    throw new CommandFailure(
        ExitCode.FAILED,
        NAME + ": is missing beside the program: get the whole distribution, or a checkout");
  }
}
