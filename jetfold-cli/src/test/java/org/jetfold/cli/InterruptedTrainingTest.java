package org.jetfold.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ctrl-C while a real process trains: what was learned stays, and training goes on from there. */
@Timeout(120)
final class InterruptedTrainingTest {
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
  void trainingGoesOnFromItsCheckpoint(String codec) throws Exception {
    assertThat(interrupted(train(codec, "--minutes", "50")))
        .contains("stopped; ", "jets.jetm.checkpoint", "--resume");
    assertThat(model).doesNotExist();
    assertThat(checkpoint()).exists();

    CommandRun run = CommandRun.fine(train(codec, "--minutes", "0.02", "--resume"));
    assertThat(run.err()).contains("resumed at");
    assertThat(model).exists();
    assertThat(checkpoint()).doesNotExist();
  }

  @Test
  void scanKeepsWhatItHas() throws Exception {
    Path csv = folder.resolve("scan.csv");
    Object[] scan = {
      "scan", table, "--layers", "8", "--latent", "2", "--minutes", "50", "-T", "1", "-o", csv
    };
    assertThat(interrupted(scan)).contains("stopped; what", "scan.csv", "same command");
  }

  @Test
  void compressLeavesNothing() throws Exception {
    Path file = folder.resolve("jets.jetf");
    assertThat(interrupted("compress", table, "--learn", "--minutes", "50", "-o", file))
        .contains("stopped; nothing is kept");
    assertThat(file).doesNotExist();
  }

  /** Sends SIGINT while a process learns; returns what it said. */
  private String interrupted(Object... arguments) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/kill")), "needs /bin/kill to send SIGINT");
    Path errors = folder.resolve("errors.txt");
    Process process = new ChildProcess().errors(errors).start(arguments);
    while (!Files.readString(errors).contains("to learn from") && process.isAlive()) {
      Thread.sleep(20);
    }
    // Some steps.
    Thread.sleep(500);
    Process kill = new ProcessBuilder("/bin/kill", "-INT", "" + process.pid()).start();
    assertThat(kill.waitFor()).as(Files.readString(errors)).isZero();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    // As a shell has it: 128 and the signal's number.
    assertThat(process.exitValue()).isEqualTo(128 + 2);
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
