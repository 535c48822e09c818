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

  /** Who has the source archive alone has what the tests need, and the licence. */
  @Test
  void aSourceArchiveHoldsWhatItsTestsNeed() throws Exception {
    assumeThat(python(List.of("-c", "import numpy, setuptools")).code())
        .as("python3 with numpy and setuptools")
        .isZero();
    Run built =
        python(
            List.of(
                "-c",
                "import setuptools; setuptools.setup()",
                "egg_info",
                "--egg-base",
                folder.toString(),
                "sdist",
                "-d",
                folder.toString()));
    assertThat(built.code()).as(built.text()).isZero();
    Run unpacked =
        python(
            List.of(
                "-c",
                """
                import glob, sys, tarfile
                tarfile.open(glob.glob(sys.argv[1] + "/*.tar.gz")[0]).extractall(sys.argv[1])
                print(glob.glob(sys.argv[1] + "/jetfold-*/pyproject.toml")[0])
                """,
                folder.toString()));
    assertThat(unpacked.code()).as(unpacked.text()).isZero();
    Path archive = Path.of(unpacked.text()).getParent();
    assertThat(archive.resolve("LICENSE"))
        .isRegularFile()
        .hasSameTextualContentAs(PACKAGE.resolveSibling("LICENSE"));
    // All tests run where they are; here, one that reads golden files and one that reads the
    // sample.
    Run tests =
        python(
            archive,
            List.of(
                "-W",
                "error",
                "-m",
                "unittest",
                "tests.test_golden.GoldenFilesTest.test_bad_files_are_refused",
                "tests.test_file.FileTest.test_a_file_is_a_mapping_of_arrays"));
    assertThat(tests.code()).as(tests.text()).isZero();
  }

  private record Run(int code, String text) {}

  /** Runs Python where the command is on the PATH, as a user has it. */
  private Run python(List<String> arguments) throws IOException, InterruptedException {
    return python(PACKAGE, arguments);
  }

  private Run python(Path where, List<String> arguments) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("python3");
    builder.command().addAll(arguments);
    builder.directory(where.toFile()).redirectErrorStream(true);
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
