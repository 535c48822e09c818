package org.jetfold.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The progress bar in a pseudo-terminal of the program script. */
final class ProgressBarTest {
  @TempDir Path folder;

  /** What a terminal of some width is sent while a command runs. */
  private String sent(int columns, String arguments) throws IOException, InterruptedException {
    assumeTrue(new File("/usr/bin/script").exists(), "no program script here");
    String command =
        ("stty cols %d && '%s' -XX:+UseSerialGC -XX:TieredStopAtLevel=1"
             + " --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -cp '%s'"
             + " %s %s")
            .formatted(
                columns,
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Jetfold.class.getName(),
                arguments);
    Path started = Files.writeString(folder.resolve("run.sh"), command);
    Path typescript = folder.resolve("typescript");
    Process process =
        new ProcessBuilder("script", "-qec", "bash " + started, typescript.toString())
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out").toFile())
            .start();
    assertThat(process.waitFor()).isZero();
    return Files.readString(typescript, StandardCharsets.UTF_8);
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(ints = {40, 200})
  void fitsTheTerminalAndStaysInItsLine(int columns) throws Exception {
    Path jets = folder.resolve("a-table-of-jets-with-a-rather-long-name.npz");
    Tables.write(Tables.flat(600_000, 1), jets);
    assertStaysInItsLine(columns, sent(columns, "compress '%s' -f -T 1".formatted(jets)));
  }

  static void assertStaysInItsLine(int columns, String sent) {
    List<String> lines = List.of(sent.split("\n", -1));
    List<String> drawn =
        lines.stream()
            .flatMap(line -> Stream.of(line.split("\r", -1)))
            .filter(part -> part.contains("%"))
            .toList();
    assertThat(drawn).hasSizeGreaterThan(1);
    assertThat(drawn).allMatch(part -> part.codePointCount(0, part.length()) < columns);
    assertThat(lines.stream().filter(line -> line.contains("%"))).hasSize(1);
  }

  @Test
  void nothingIsDrawnElsewhere() throws IOException {
    Path jets = Tables.write(Tables.flat(1000, 1), folder.resolve("jets.npz"));
    assertThat(CommandRun.fine("compress", jets).err()).doesNotContain("\r").doesNotContain("%");
  }
}
