package org.jetfold.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
    Run tests;
    try (ServedCommand _ = new ServedCommand(folder)) {
      tests = python(List.of("-W", "error", "-m", "unittest", "-v"));
    }
    System.out.println("Python: " + tests.text().lines().toList().getLast());
    assertThat(tests.code()).as(tests.text()).isZero();
  }

  private record Run(int code, String text) {}

  /** Runs Python where the command is on the PATH, as a user has it. */
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
