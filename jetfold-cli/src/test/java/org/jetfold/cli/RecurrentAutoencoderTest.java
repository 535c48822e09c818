package org.jetfold.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Table;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Autoencoders that remember the jets of an event, from the training to the restored table. */
final class RecurrentAutoencoderTest {
  @TempDir Path folder;

  private static void isRefused(CommandRun run, String message) {
    assertThat(run.err()).startsWith("jetfold: ").contains(message).hasLineCount(1);
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.USAGE);
  }

  private static void isWithin(double bound, Table before, Table after) {
    for (int column = 0; column < before.schema().columns().size(); column++) {
      if (before.values(column) instanceof ColumnValues.Floats expected) {
        float[] restored = ((ColumnValues.Floats) after.values(column)).values();
        for (int row = 0; row < restored.length; row++) {
          double value = expected.values()[row];
          assertThat((double) restored[row]).isCloseTo(value, within(bound * Math.abs(value)));
        }
      }
    }
  }

  @Tag("slow")
  @Test
  void theBoundsHold() throws IOException {
    Path table = Checkout.someOfTheSample(folder.resolve("jets.npz"));
    Path model = folder.resolve("ae.jetm");
    Path file = folder.resolve("jets.jetf");
    CommandRun.fine(
        "train",
        table,
        "-o",
        model,
        "-q",
        "--codec",
        "autoencoder",
        "--preset",
        "tla-4d",
        "--layers",
        "8,2",
        "--no-batch-norm",
        "--memory",
        "3",
        "--minutes",
        "0.01",
        "-T",
        "1");
    assertThat(CommandRun.fine("inspect", model).text()).contains("3 recurrent units");
    assertThat(CommandRun.fine("inspect", "--json", model).text()).contains("\"memory\" : 3");

    CommandRun.fine(
        "compress", table, "--model", model, "--precision", "*=bits:7", "--bounded", "-o", file);
    CommandRun.fine("verify", file, table, "--model", model);
    Path restored = folder.resolve("restored.npz");
    CommandRun.fine("decompress", file, "--model", model, "-o", restored);
    isWithin(0x1p-8, Tables.read(table, null), Tables.read(restored, null));
  }

  @Test
  void whatTakesSingleJetsRefusesAMemory() throws IOException {
    Path model = RandomAutoencoder.writeWithMemory(folder.resolve("ae.jetm"));
    isRefused(
        CommandRun.of("export", model, "-o", folder.resolve("encoder.onnx")),
        "cannot be exported: train one without --memory");
    isRefused(CommandRun.of("bench", model), "bench measures single ones: train one without");
    assertThat(Checkout.names(folder)).containsExactly("ae.jetm");
  }

  @Test
  void batchesAreNotNormalizedWithAMemory() throws IOException {
    Path table = Tables.write(Tables.events(100, 1), folder.resolve("jets.npz"));
    Path model = folder.resolve("ae.jetm");
    Object[] command = {
      "train",
      table,
      "-o",
      model,
      "-q",
      "--codec",
      "autoencoder",
      "--layers",
      "8,2",
      "--memory",
      "3",
      "--batch-norm"
    };
    isRefused(CommandRun.of(command), "--memory requires --no-batch-norm");
    assertThat(model).doesNotExist();
  }
}
