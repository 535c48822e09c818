package org.jetfold.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * An archive of the build, unpacked, with an environment that has nothing else: no variable, no
 * JDK, a home folder of its own.
 *
 * @param folder what the archive unpacks to
 * @param home the home folder, where commands run
 */
record UnpackedArchive(Path folder, Path home) {
  /** What a command printed and how it ended. */
  record Run(int exitCode, String out, String err) {}

  /** Unpacks the archive 'lean' or 'full' into an empty folder. */
  static UnpackedArchive unpack(String variant, Path into) throws Exception {
    Path archive = Path.of("target", System.getProperty("dist.name") + "-" + variant + ".tar.gz");
    assertThat(archive).exists();
    Path home = Files.createDirectories(into.resolve("home"));
    Path unpacked = Files.createDirectories(into.resolve("programs"));
    Process tar =
        new ProcessBuilder("tar", "xzf", archive.toAbsolutePath().toString())
            .directory(unpacked.toFile())
            .inheritIO()
            .start();
    assertThat(tar.waitFor()).isZero();
    try (var folders = Files.list(unpacked)) {
      return new UnpackedArchive(folders.toList().getFirst(), home);
    }
  }

  /** Runs the command with arguments, in the home folder. */
  Run jetfold(Object... arguments) throws Exception {
    return run(Map.of(), folder.resolve("bin/jetfold").toString(), arguments);
  }

  /** Runs a program. */
  Run run(Map<String, String> environment, String program, Object... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(program));
    Arrays.stream(arguments).map(Object::toString).forEach(command::add);
    Path out = home.resolve("stdout.txt");
    Path err = home.resolve("stderr.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(home.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/bin:/bin");
    builder.environment().put("HOME", home.toString());
    // DJL unpacks libtorch below Java's idea of the home folder.
    builder.environment().put("DJL_CACHE_DIR", home.resolve("djl").toString());
    builder.environment().putAll(environment);
    int exitCode = builder.start().waitFor();
    return new Run(exitCode, read(out), read(err));
  }

  /** Runs the command, which must succeed. */
  String fine(Object... arguments) throws Exception {
    Run run = jetfold(arguments);
    assertThat(run.exitCode()).as("%s: %s", Arrays.toString(arguments), run.err()).isZero();
    return run.out();
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file);
  }
}
