package org.jetfold.cli.demo;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import org.jetfold.cli.console.CommandFailure;
import org.jetfold.cli.console.ExitCode;

/** The table that is shipped with the program, and a model trained on similar jets. */
public final class Sample {
  private static final Path TABLE = Path.of("samples", "jets.npz");
  private static final Path MODEL = Path.of("samples", "jets.jetm");

  private Sample() {}

  /** The table. */
  public static Path table() {
    return find(TABLE);
  }

  /** The model. */
  public static Path model() {
    return find(MODEL);
  }

  /**
   * Finds a file: beside the folder of the program's jar in a distribution, or some folders above
   * it in a checkout.
   *
   * @throws CommandFailure where it is not there
   */
  private static Path find(Path name) {
    CodeSource source = Sample.class.getProtectionDomain().getCodeSource();
    try {
      Path folder =
          source == null ? Path.of("").toAbsolutePath() : Path.of(source.getLocation().toURI());
      for (Path above = folder; above != null; above = above.getParent()) {
        Path sample = above.resolve(name);
        if (Files.isRegularFile(sample)) {
          return sample;
        }
      }
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the program's jar has no location", e);
    }
    throw new CommandFailure(
        ExitCode.FAILED,
        name + ": is missing beside the program: use a complete distribution, or a checkout");
  }
}
