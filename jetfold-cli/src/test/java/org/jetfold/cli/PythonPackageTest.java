package org.jetfold.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The tests of the Python package, a third implementation of the format: against every golden file,
 * and against what the command restores.
 */
@Tag("slow")
class PythonPackageTest {
  private static final Path PACKAGE = Path.of("..", "python");

  @TempDir Path folder;

  @Test
  void readsWhatTheCommandRestores() throws Exception {
    assumeThat(python(List.of("-c", "import numpy")).code()).as("python3 with numpy").isZero();
    command();
    Run tests = python(List.of("-W", "error", "-m", "unittest", "-v"));
    System.out.println("Python: " + tests.text().lines().toList().getLast());
    assertThat(tests.code()).as(tests.text()).isZero();
  }

  private record Run(int code, String text) {}

  /** Puts the command on the PATH, as a user has it. */
  private void command() throws IOException {
    List<String> java =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-PrintWarnings",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            Jetfold.class.getName());
    Path script = folder.resolve("jetfold");
    Files.writeString(script, "#!/bin/sh\nexec '" + String.join("' '", java) + "' \"$@\"\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
  }

  private Run python(List<String> arguments) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("python3");
    builder.command().addAll(arguments);
    builder.directory(PACKAGE.toFile()).redirectErrorStream(true);
    builder
        .environment()
        .merge("PATH", folder.toString(), (path, own) -> own + File.pathSeparator + path);
    builder.environment().put("PYTHONPATH", "src");
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      return new Run(-1, "there is no python3");
    }
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), text.strip());
  }
}
