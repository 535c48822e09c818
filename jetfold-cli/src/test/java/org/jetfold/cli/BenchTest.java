package org.jetfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.codec.table.EnergyUnit;
import org.jetfold.testing.OtherJvm;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code jetfold bench}: what it prints. Times are the machine's, but no row allocates. */
final class BenchTest {
  @TempDir Path folder;

  @Tag("slow")
  @Test
  void timeAndMemoryArePrinted() throws IOException {
    Path model = RandomAutoencoder.write(folder.resolve("a.jetm"), EnergyUnit.GEV);
    String text = CommandRun.fine("bench", model).text();
    String time = " +[0-9]+\\.[0-9]{2} +[0-9,]+";
    assertThat(text)
        .containsPattern("a.jetm: 1 latents, 44 weights; .* GHz")
        .containsPattern("encode" + time + time + " +0 bytes")
        .containsPattern("decode" + time + time + " +0 bytes")
        .containsPattern("heap in use [0-9.]+ [kM]B, resident ");
  }

  /** Networks that nobody trained, one after the other: soon where Java compiles as for a user. */
  @Tag("slow")
  @Test
  void costAgainstLatents() throws IOException, InterruptedException {
    Path picture = folder.resolve("cost.svg");
    Path csv = folder.resolve("cost.csv");
    int exitCode =
        new ChildProcess()
            .options("-XX:TieredStopAtLevel=4", OtherJvm.VECTORS)
            .output(csv.toFile())
            .run(
                "bench",
                "--preset",
                "tla-4d",
                "--latent",
                "1..3..2",
                "--csv",
                "--picture",
                picture);
    assertThat(exitCode).isZero();
    List<String> lines = Files.readAllLines(csv);
    assertThat(lines).hasSize(9);
    assertThat(lines.getFirst()).startsWith("latents,weights,direction,objects,best_us,");
    for (String line : lines.subList(1, 9)) {
      String[] fields = line.split(",", -1);
      double best = Double.parseDouble(fields[4]);
      assertThat(best).isPositive().isLessThanOrEqualTo(Double.parseDouble(fields[5]));
      assertThat(Double.parseDouble(fields[6])).isNotNegative();
    }
    // A latent more is 20 weights and a bias in the encoder, 20 weights in the decoder.
    assertThat(
            Integer.parseInt(lines.get(5).split(",", -1)[1])
                - Integer.parseInt(lines.get(1).split(",", -1)[1]))
        .isEqualTo(2 * (20 + 1 + 20));
    assertThat(picture).content().contains("encode an event", "latents");
  }

  @Test
  void whatIsMeasuredMustBeNamed() {
    usage("name one of them", "bench");
    usage("name one of them", "bench", "a.jetm", "--preset", "tla-4d");
    usage("require --preset", "bench", "a.jetm", "--latent", "3");
    usage("--preset must be one of", "bench", "--preset", "tla-5d");
    usage("--latent must be below the 4", "bench", "--preset", "tla-4d", "--latent", "2..4");
    usage("--latent must be numbers", "bench", "--preset", "tla-4d", "--latent", "two");
  }

  private static void usage(String message, Object... arguments) {
    CommandRun run = CommandRun.of(arguments);
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains(message).hasLineCount(1);
  }

  @Test
  void aModelThatIsMissingIsNamed() {
    CommandRun run = CommandRun.of("bench", folder.resolve("none.jetm"));
    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains("none.jetm: there is no such file").hasLineCount(1);
  }
}
