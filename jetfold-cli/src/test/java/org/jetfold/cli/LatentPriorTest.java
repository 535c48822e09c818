package org.jetfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Autoencoders whose latents a prior codes, from the training to the restored table. */
@Tag("slow")
final class LatentPriorTest {
  @TempDir Path folder;

  private void comesBack(String... options) throws IOException {
    Path table = Tables.write(Tables.flat(1000, 1), folder.resolve("jets.npz"));
    Path model = folder.resolve("ae.jetm");
    Path file = folder.resolve("jets.jetf");
    Path restored = folder.resolve("restored.npz");
    List<Object> train =
        new ArrayList<>(
            List.of("train", table, "-o", model, "-f", "--codec", "autoencoder", "--layers"));
    train.addAll(List.of("8,2", "--minutes", "0.02"));
    train.addAll(List.of(options));
    assertThat(CommandRun.fine(train.toArray()).err())
        .contains("training the prior of latents")
        .contains("bits a row with the prior");
    assertThat(CommandRun.fine("inspect", model).text())
        .contains("latents are coded by a prior at");
    Path other = folder.resolve("other.jetf");
    CommandRun.fine("compress", table, "--model", model, "-o", file, "-f", "-T", "1");
    CommandRun.fine("compress", table, "--model", model, "-o", other, "-f", "-T", "2");
    assertThat(other).hasSameBinaryContentAs(file);
    CommandRun.fine("verify", file, "--model", model);
    CommandRun.fine("decompress", file, "--model", model, "-o", restored, "-f");
    CommandRun.fine("compress", table, "--model", model, "--latents", "float32", "-o", other, "-f");
    assertThat(Files.size(file)).isLessThan(Files.size(other));
  }

  @Test
  void aPriorOfAPrecision() throws IOException {
    comesBack("--prior", "abs:0.05");
  }

  @Test
  void trainedByRateAndDistortion() throws IOException {
    comesBack("--rate", "1e-3");
  }
}
