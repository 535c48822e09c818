package org.jetfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The demo runs in little memory, shows its progress in a terminal, holds what it promises and fits
 * on a screen: all of one run, as it takes a while.
 */
@Tag("slow")
final class DemoTest {
  private static final int WIDTH = 100;
  private static final int TERMINAL_WIDTH = 40;

  @TempDir Path folder;

  @Test
  void tableOfAllColumnsWithTotals() throws Exception {
    Distribution distribution = Distribution.write(folder);
    Path table = folder.resolve("table.txt");
    Path typescript = folder.resolve("typescript");
    String limited =
        "ulimit -v 4000000 && bash '%s' demo > '%s'".formatted(distribution.script(), table);
    boolean terminal = new File("/usr/bin/script").exists();
    ProcessBuilder builder =
        terminal
            ? new ProcessBuilder(
                "script",
                "-qec",
                "stty cols %d && %s".formatted(TERMINAL_WIDTH, limited),
                typescript.toString())
            : new ProcessBuilder("bash", "-c", limited);
    builder.environment().putAll(distribution.program("C"));
    Process process =
        builder
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("messages").toFile())
            .start();
    int exitCode = process.waitFor();
    String said = Files.readString(terminal ? typescript : folder.resolve("messages"));
    assertThat(exitCode).as(said).isZero();
    if (terminal) {
      ProgressBarTest.assertStaysInItsLine(TERMINAL_WIDTH, said);
    } else {
      assertThat(said).isEmpty();
    }
    assertShowsWhatItPromises(Files.readString(table, StandardCharsets.UTF_8));
  }

  private static void assertShowsWhatItPromises(String text) {
    assertThat(text.lines()).allMatch(line -> line.codePointCount(0, line.length()) <= WIDTH);
    assertThat(text)
        .contains("5,000 events, 19,277 jets")
        .contains("LeadingClusterSecondLambda")
        .contains("rel:0.004");
    assertThat(text).contains("All 530,479 restored values are within their bounds");
    assertThat(text).doesNotContain("VIOLATED").doesNotContain("CHANGED").doesNotContain("\u001b");
    String ratios = text.lines().filter(line -> line.startsWith("ratio")).findFirst().orElseThrow();
    List<Double> numbers =
        Arrays.stream(ratios.split(" +", -1)).skip(1).map(Double::valueOf).toList();
    assertThat(numbers).hasSize(4);
    assertThat(numbers.get(2)).as("beside truncation and zstd").isGreaterThan(1.6 * numbers.get(1));
    assertThat(numbers.get(3)).as("with the model").isGreaterThan(1.08 * numbers.get(2));
  }
}
