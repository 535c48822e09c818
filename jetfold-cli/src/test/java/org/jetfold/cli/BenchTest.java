package org.jetfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.codec.table.EnergyUnit;
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

  @Test
  void aModelThatIsMissingIsNamed() {
    CommandRun run = CommandRun.of("bench", folder.resolve("none.jetm"));
    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains("none.jetm: there is no such file").hasLineCount(1);
  }
}
