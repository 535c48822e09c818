package org.jetfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jetfold.cli.console.ExitCode;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Standard output and error of a real process, and devices that take no more. */
final class StandardStreamsTest {
  @TempDir static Path shared;

  private static Path jets;
  private static Path compressed;

  @TempDir Path folder;

  @BeforeAll
  static void compress() throws IOException {
    jets = Checkout.someOfTheSample(shared.resolve("jets.npz"), 1000);
    compressed = shared.resolve("s.jetf");
    CommandRun.fine("compress", jets, "-q", "-o", compressed);
  }

  @Tag("slow")
  @Test
  void readerThatGoesAwayIsNoError() throws IOException, InterruptedException {
    Path errors = folder.resolve("errors.txt");
    Process process =
        new ChildProcess().errors(errors).start("decompress", compressed, "-o", "-", "--to", "csv");
    try (InputStream out = process.getInputStream()) {
      assertThat(new String(out.readNBytes(5), StandardCharsets.US_ASCII)).isEqualTo("event");
    }
    assertThat(process.waitFor()).isEqualTo(ExitCode.BROKEN_PIPE);
    assertThat(errors).isEmptyFile();
  }

  @Tag("slow")
  @Test
  void fullDeviceOnStandardOutput() throws IOException, InterruptedException {
    File full = new File("/dev/full");
    Assumptions.assumeTrue(full.exists(), "there is no /dev/full");
    for (List<Object> arguments :
        List.<List<Object>>of(
            List.of("compress", jets, "-q", "-o", "-"),
            List.of("decompress", compressed, "-o", "-", "--to", "csv"),
            List.of("inspect", compressed))) {
      Path errors = folder.resolve("errors.txt");
      assertThat(new ChildProcess().output(full).errors(errors).run(arguments.toArray()))
          .isEqualTo(ExitCode.FAILED);
      assertThat(Files.readString(errors)).contains("No space left on device").hasLineCount(1);
    }
  }

  /** Nothing is kept of a stream that is no Jetfold file: it may have no end. */
  @Test
  void streamsThatAreNoJetfoldFileAreNotRead() throws IOException, InterruptedException {
    File zero = new File("/dev/zero");
    Assumptions.assumeTrue(zero.exists(), "there is no /dev/zero");
    for (String command : List.of("inspect", "verify", "decompress")) {
      CommandRun run = CommandRun.of(command, zero, "-o", "x.npz");
      run = command.equals("decompress") ? run : CommandRun.of(command, zero);
      assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(run.err()).contains("not a Jetfold file").hasLineCount(1);
    }
  }

  @Test
  void pipedFileIsReadAndLeavesNothing() throws IOException {
    byte[] file = Files.readAllBytes(compressed);
    CommandRun run = CommandRun.withInput(file, "inspect", "-");
    assertThat(run.text()).contains("1,000 events");
    CommandRun cut = CommandRun.withInput(java.util.Arrays.copyOf(file, 9), "inspect", "-");
    assertThat(cut.exitCode()).isEqualTo(ExitCode.FAILED);
  }

  @Tag("slow")
  @Test
  void dataOnlyOnStandardOutput() throws IOException, InterruptedException {
    Path errors = folder.resolve("errors.txt");
    Path piped = folder.resolve("piped.jetf");
    int exitCode =
        new ChildProcess().output(piped.toFile()).errors(errors).run("compress", jets, "-o", "-");
    assertThat(exitCode).isZero();
    assertThat(piped).hasSameBinaryContentAs(compressed);
    assertThat(Files.readString(errors))
        .contains("1,000 events")
        .doesNotContain("\r")
        .doesNotContain("%");
  }

  /** A file that may not grow any more: unlike a full device, it needs no rights to be made. */
  @Tag("slow")
  @Test
  void outputThatMayNotGrowLeavesNothing() throws IOException, InterruptedException {
    List<String> before = Checkout.names(folder);
    Path errors = Files.createTempFile("jetfold-test", ".txt");
    try {
      for (String output : List.of("x.jetf", "x.npz", "x.csv", "x.parquet")) {
        Path target = folder.resolve(output);
        String arguments =
            output.endsWith(".jetf")
                ? "compress " + jets + " -q -o " + target
                : "decompress " + compressed + " -o " + target;
        ProcessBuilder shell =
            new ProcessBuilder(
                "bash",
                "-c",
                "ulimit -f 50 && exec \"$0\" -cp \"$1\" --enable-native-access=ALL-UNNAMED "
                    + "--sun-misc-unsafe-memory-access=allow -XX:+UseSerialGC "
                    + "-XX:TieredStopAtLevel=1 "
                    + Jetfold.class.getName()
                    + " "
                    + arguments,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")));
        Process process = shell.redirectErrorStream(true).redirectOutput(errors.toFile()).start();
        assertThat(process.waitFor())
            .as(output + ": " + Files.readString(errors))
            .isEqualTo(ExitCode.FAILED);
        // DuckDB's own library does not fit into the folder for temporary files either.
        String reason =
            output.endsWith(".parquet")
                ? "cannot be loaded (File too large)"
                : output + ": cannot be written: File too large";
        assertThat(Files.readString(errors)).contains(reason).hasLineCount(1);
        assertThat(Checkout.names(folder)).isEqualTo(before);
      }
    } finally {
      Files.delete(errors);
    }
  }

  @Tag("slow")
  @Test
  void tooLittleMemoryIsOneLine() throws IOException, InterruptedException {
    Path errors = folder.resolve("errors.txt");
    int exitCode =
        new ChildProcess()
            .options("-Xmx16m")
            .errors(errors)
            .run("compress", Checkout.sample(), "-q", "-o", folder.resolve("x.jetf"));
    assertThat(Files.readString(errors))
        .contains("not enough memory")
        .contains("JETFOLD_JAVA_OPTS")
        .hasLineCount(1);
    assertThat(exitCode).isEqualTo(ExitCode.FAILED);
    assertThat(folder.resolve("x.jetf")).doesNotExist();
  }
}
