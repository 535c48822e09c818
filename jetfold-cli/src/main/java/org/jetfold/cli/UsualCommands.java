package org.jetfold.cli;

import java.nio.file.Path;
import java.util.Locale;
import org.jetfold.cli.console.Streams;

/**
 * Runs the usual commands on a sample, one after the other. The build starts it to have Java store
 * the classes that they load.
 */
final class UsualCommands {
  private UsualCommands() {}

  /**
   * Runs them.
   *
   * @param arguments the sample, and an empty folder to write to
   */
  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    String sample = arguments[0];
    String compressed = Path.of(arguments[1], "sample.jetf").toString();
    String restored = Path.of(arguments[1], "sample.npz").toString();
    Streams streams = Streams.ofProcess();
    String[][] commands = {
      {"--version"},
      {"list", sample},
      {"compress", sample, "-o", compressed, "--precision", "jets,*=bits:10"},
      {"inspect", compressed},
      {"verify", compressed, sample},
      {"decompress", compressed, "-o", restored},
    };
    for (String[] command : commands) {
      int exitCode = Jetfold.run(streams, command);
      if (exitCode != 0) {
        System.exit(exitCode);
      }
    }
  }
}
