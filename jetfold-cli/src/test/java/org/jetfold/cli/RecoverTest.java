package org.jetfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Table;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code decompress --recover} on files with damage in the middle and at the end. */
final class RecoverTest {
  private static final int ROWS = 150_000;

  @TempDir Path folder;

  private Path jetf;
  private Path restored;
  private float[] original;

  @BeforeEach
  void compressSeveralBlocks() throws IOException {
    Table table = Tables.flat(ROWS, 9);
    original = ((ColumnValues.Floats) table.values(0)).values();
    CommandRun.fine("compress", Tables.write(table, folder.resolve("t.npz")), "-q");
    jetf = folder.resolve("t.jetf");
    restored = folder.resolve("back.npz");
  }

  @Test
  void wholeFileLosesNothing() throws IOException {
    CommandRun run = CommandRun.fine("decompress", jetf, "--recover", "-o", restored, "-q");
    assertThat(run.err()).isEmpty();
    assertThat(pt()).isEqualTo(original);
  }

  @Test
  void otherBlocksSurviveADamagedOne() throws IOException {
    byte[] bytes = Files.readAllBytes(jetf);
    bytes[bytes.length / 2] ^= 1;
    Files.write(jetf, bytes);
    assertThat(CommandRun.of("decompress", jetf, "-o", restored).exitCode())
        .isEqualTo(ExitCode.FAILED);
    assertThat(restored).doesNotExist();
    CommandRun run = CommandRun.of("decompress", jetf, "--recover", "-o", restored);
    assertThat(run.exitCode()).isEqualTo(ExitCode.DIFFERENT);
    assertThat(run.err()).contains("rows could be read").contains("entries ").contains(" are lost");
    float[] rest = pt();
    assertThat(rest.length).isBetween(ROWS / 2, ROWS - 1);
    // What is left is the beginning and the end, with a gap between.
    int same = Arrays.mismatch(rest, original);
    int behind = rest.length - same;
    assertThat(Arrays.copyOfRange(rest, same, rest.length))
        .isEqualTo(Arrays.copyOfRange(original, ROWS - behind, ROWS));
  }

  @Test
  void cutFileGivesItsBeginning() throws IOException {
    byte[] bytes = Files.readAllBytes(jetf);
    Files.write(jetf, Arrays.copyOf(bytes, bytes.length * 2 / 3));
    CommandRun run = CommandRun.of("decompress", jetf, "--recover", "-o", restored);
    assertThat(run.exitCode()).isEqualTo(ExitCode.DIFFERENT);
    assertThat(run.err()).contains("is not known, as the file's end is damaged");
    float[] rest = pt();
    assertThat(rest).isEqualTo(Arrays.copyOf(original, rest.length));
    assertThat(rest.length).isGreaterThan(ROWS / 3);
  }

  private float[] pt() throws IOException {
    return ((ColumnValues.Floats) Tables.read(restored, null).values(0)).values();
  }
}
