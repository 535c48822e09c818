package org.jetfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real process is interrupted while it trains: the checkpoint stays, and it says so. */
@Timeout(120)
@Tag("slow")
final class InterruptedTrainingTest {
  private static final String TRAINS = "training on ";

  @TempDir Path folder;
  private Path table;
  private Path model;

  @BeforeEach
  void writeTable() throws IOException {
    table = folder.resolve("jets.npz");
    model = folder.resolve("jets.jetm");
    Tables.write(Tables.events(2_000, 1), table);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--codec density", "--codec autoencoder --layers 8,2"})
  void trainingContinuesFromItsCheckpoint(String codec) throws Exception {
    assertThat(interrupted(TRAINS, train(codec, "--minutes", "50")))
        .contains("stopped; ", "jets.jetm.checkpoint", "--resume");
    assertThat(model).doesNotExist();
    assertThat(checkpoint()).exists();

    // Less time than it had: the weights so far are validated, and kept.
    CommandRun run = CommandRun.fine(train(codec, "--minutes", "0.0001", "--resume"));
    assertThat(run.err()).contains("resumed at 100 %");
    assertThat(model).exists();
    assertThat(checkpoint()).doesNotExist();
  }

  @Test
  void scanKeepsWhatItHas() throws Exception {
    Path csv = folder.resolve("scan.csv");
    Object[] scan = {
      "scan", table, "--layers", "8", "--latent", "1,2", "--minutes", "0.06", "-T", "1", "-o", csv
    };
    assertThat(interrupted("1 of 2: ", scan))
        .contains("stopped before the end of the first training");
    assertThat(csv).doesNotExist();
    assertThat(interrupted("2 of 2: ", scan))
        .contains("scan.csv holds 1 of 2 trainings: continue with the same command");
    assertThat(Files.readAllLines(csv)).filteredOn(line -> line.startsWith("8,")).hasSize(1);
  }

  @Test
  void compressLeavesNothing() throws Exception {
    Path file = folder.resolve("jets.jetf");
    assertThat(interrupted(TRAINS, "compress", table, "--learn", "--minutes", "50", "-o", file))
        .contains("stopped; nothing is kept");
    assertThat(file).doesNotExist();
  }

  /**
   * Ends a process while it learns; returns what it said.
   *
   * @param sign what it says before
   */
  private String interrupted(String sign, Object... arguments) throws Exception {
    Path errors = folder.resolve("errors.txt");
    Process process = new ChildProcess().errors(errors).start(arguments);
    try {
      String said = "";
      while (process.isAlive() && !(said.contains(sign) && said.contains(TRAINS))) {
        Thread.sleep(20);
        said = Files.readString(errors);
        said = said.substring(Math.max(0, said.indexOf(sign)));
      }
      // Some steps.
      Thread.sleep(500);
      // As Ctrl-C does; that signal may be ignored where this was started.
      process.destroy();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    // As a shell has it: 128 and the signal's number.
    assertThat(process.exitValue()).isEqualTo(128 + 15);
    assertThat(errors).content().doesNotContain("\tat ");
    return Files.readString(errors);
  }

  private Path checkpoint() {
    return folder.resolve("jets.jetm.checkpoint");
  }

  private Object[] train(String codec, String... more) {
    List<Object> arguments = new ArrayList<>(List.of("train", table, "-o", model, "-T", "1"));
    arguments.addAll(List.of(codec.split(" ")));
    arguments.addAll(List.of(more));
    return arguments.toArray();
  }
}
