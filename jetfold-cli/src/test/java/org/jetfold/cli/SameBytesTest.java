package org.jetfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jetfold.codec.table.Table;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written depends on the table and the settings alone. */
final class SameBytesTest {
  private static final String PRECISION = "pt=rel:0.004,eta=abs:0.001,phi=bits:9";

  @TempDir Path folder;

  private byte[] compressed(Path input, String threads) throws IOException {
    Path output = folder.resolve("out.jetf");
    CommandRun.fine(
        "compress", input, "--precision", PRECISION, "-q", "-f", "-T", threads, "-o", output);
    return Files.readAllBytes(output);
  }

  @Test
  void whateverTheThreadsTheNameAndTheFormat() throws IOException {
    Table table = Tables.flat(100_000, 4);
    Path npz = Tables.write(table, folder.resolve("t.npz"));
    byte[] bytes = compressed(npz, "1");
    for (String threads : new String[] {"2", "3", "16"}) {
      assertThat(compressed(npz, threads)).isEqualTo(bytes);
    }
    assertThat(compressed(Files.copy(npz, folder.resolve("another name.npz")), "2"))
        .isEqualTo(bytes);
    assertThat(compressed(Tables.write(table, folder.resolve("t.parquet")), "2")).isEqualTo(bytes);
    assertThat(compressed(Tables.write(table, folder.resolve("t.npy")), "2")).isEqualTo(bytes);
  }

  /**
   * Options of the virtual machine: the shortest vectors, no fused multiply-add, the interpreter,
   * the optimizing compiler alone.
   */
  @Tag("slow")
  @ParameterizedTest
  @ValueSource(strings = {"-XX:UseAVX=0", "-XX:-UseFMA", "-Xint", "-XX:-TieredCompilation"})
  void whateverTheVirtualMachineDoes(String option) throws IOException, InterruptedException {
    boolean interpreted = option.equals("-Xint");
    Path npz = Tables.write(Tables.events(interpreted ? 1000 : 4_000, 8), folder.resolve("e.npz"));
    byte[] bytes = compressed(npz, "2");
    Path output = folder.resolve("child.jetf");
    int exitCode =
        new ChildProcess()
            .options("-XX:+IgnoreUnrecognizedVMOptions", "-XX:TieredStopAtLevel=4", option)
            .run("compress", npz, "--precision", PRECISION, "-q", "-o", output);
    assertThat(exitCode).isZero();
    assertThat(output).hasBinaryContent(bytes);
  }
}
