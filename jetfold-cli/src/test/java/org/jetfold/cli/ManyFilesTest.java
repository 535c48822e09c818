package org.jetfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jetfold.cli.console.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several inputs of one command that become a file each. */
final class ManyFilesTest {
  @TempDir Path folder;

  @Test
  void eachGoesBesideItselfOrIntoAFolder() throws IOException {
    Path a = Tables.write(Tables.flat(10, 1), folder.resolve("a.npz"));
    Path b = Tables.write(Tables.flat(10, 2), folder.resolve("b.CSV"));
    CommandRun.fine("compress", a, b);
    assertThat(folder.resolve("a.jetf")).exists();
    assertThat(folder.resolve("b.jetf")).exists();
    Path other = Files.createDirectory(folder.resolve("other"));
    CommandRun.fine("compress", a, b, "-o", other);
    assertThat(Checkout.names(other)).containsExactly("a.jetf", "b.jetf");
    assertThat(other.resolve("a.jetf")).hasSameBinaryContentAs(folder.resolve("a.jetf"));
    CommandRun.fine("compress", a, "-o", other, "-f");
  }

  @Test
  void oneFailureDoesNotStopTheOthers() throws IOException {
    Path bad = folder.resolve("bad.csv");
    Files.writeString(bad, "a\nx\n");
    Path good = Tables.write(Tables.flat(10, 1), folder.resolve("good.npz"));
    CommandRun run = CommandRun.of("compress", bad, folder.resolve("missing.npz"), good);
    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains("bad.csv: ").contains("missing.npz: there is no such file");
    assertThat(folder.resolve("good.jetf")).exists();
    assertThat(folder.resolve("bad.jetf")).doesNotExist();
  }

  @Test
  void outputsMustDiffer() throws IOException {
    Path npz = Tables.write(Tables.flat(10, 1), folder.resolve("a.npz"));
    Path csv = Tables.write(Tables.flat(10, 1), folder.resolve("a.csv"));
    CommandRun same = CommandRun.of("compress", npz, csv);
    assertThat(same.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(same.err()).contains("would both become");
    assertThat(Checkout.names(folder)).containsExactly("a.csv", "a.npz");
  }
}
