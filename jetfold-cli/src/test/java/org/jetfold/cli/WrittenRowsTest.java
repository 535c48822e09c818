package org.jetfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jetfold.cli.console.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that {@code decompress} wrote of events are compared with the file that they came from. */
class WrittenRowsTest {
  @TempDir Path folder;

  private Path compressed(boolean events) throws IOException {
    Path original =
        Tables.write(
            events ? Tables.events(300, 1) : Tables.flat(300, 1), folder.resolve("jets.npz"));
    Path compressed = folder.resolve("jets.jetf");
    CommandRun.fine("compress", original, "--precision", "*=bits:9", "-o", compressed, "-f");
    return compressed;
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "npy"})
  void areVerified(String format) throws IOException {
    for (boolean events : new boolean[] {true, false}) {
      Path compressed = compressed(events);
      Path rows = folder.resolve("rows." + format);
      CommandRun.fine("decompress", compressed, "-o", rows, "-f");
      CommandRun run = CommandRun.fine("verify", compressed, rows);
      assertThat(run.text()).contains("OK, every value is within its precision").contains("0.0 %");
      if (events) {
        CommandRun.fine("verify", compressed, rows, "--event-column", "event");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "npy"})
  void areEvaluatedOnBothSides(String format) throws IOException {
    Path compressed = compressed(true);
    Path rows = folder.resolve("rows." + format);
    CommandRun.fine("decompress", compressed, "-o", rows);
    String[] limits = {"--require", "pt.p999<1e-9"};
    CommandRun.fine("evaluate", rows, compressed, limits[0], limits[1]);
    CommandRun.fine("evaluate", rows, compressed, limits[0], limits[1], "--event-column", "event");
    CommandRun.fine("evaluate", folder.resolve("jets.npz"), rows, "--require", "pt.p999<0.01");
  }

  @Test
  void aValueOrAnEventThatChangedIsFound() throws IOException {
    Path compressed = compressed(true);
    Path rows = folder.resolve("rows.csv");
    CommandRun.fine("decompress", compressed, "-o", rows);
    List<String> lines = Files.readAllLines(rows);
    int pt = List.of(lines.getFirst().split(",", -1)).indexOf("pt");
    String[] fields = lines.get(5).split(",", -1);
    fields[pt] = String.valueOf(1.1 * Double.parseDouble(fields[pt]));
    String before = lines.set(5, String.join(",", fields));
    Files.write(rows, lines);
    CommandRun value = CommandRun.of("verify", compressed, rows);
    assertThat(value.exitCode()).isEqualTo(ExitCode.DIFFERENT);
    assertThat(value.err()).contains("jets.pt violates bits:9");
    lines.set(5, before);
    lines.remove(7);
    Files.write(rows, lines);
    CommandRun event = CommandRun.of("verify", compressed, rows);
    assertThat(event.exitCode()).isEqualTo(ExitCode.DIFFERENT);
    assertThat(event.err()).contains("is not its original");
  }
}
