package org.jetfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipFile;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.tables.TableFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code jetfold reduce}: standard files within a bound. */
class ReduceTest {
  private static final double BOUND = 0.004;

  @TempDir Path folder;

  private static Table read(Path file) throws IOException {
    try (TableSource source = TableFiles.open(file)) {
      return source.readAll();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"parquet", "h5", "npz", "root"})
  void everyValueKeepsItsBoundAndTheFileIsSmaller(String format) throws IOException {
    Path whole = folder.resolve("whole." + format);
    Path reduced = folder.resolve("reduced." + format);
    CommandRun.fine("reduce", Checkout.sample(), "--precision", "*=exact", "-o", whole);
    CommandRun run =
        CommandRun.fine(
            "reduce", Checkout.sample(), "--precision", "*=rel:" + BOUND, "-o", reduced);
    assertThat(run.err()).contains("every value is within its bound");
    Table before = read(whole);
    Table after = read(reduced);
    assertThat(after.schema()).isEqualTo(before.schema());
    for (int column = 0; column < before.schema().columns().size(); column++) {
      if (before.values(column) instanceof ColumnValues.Floats(float[] values)) {
        float[] restored = ((ColumnValues.Floats) after.values(column)).values();
        for (int i = 0; i < values.length; i++) {
          double error = Math.abs((double) restored[i] - values[i]);
          assertThat(error).isLessThanOrEqualTo(BOUND * Math.abs((double) values[i]));
        }
      }
    }
    assertThat(Files.size(reduced)).isLessThan(Files.size(whole) * 7 / 10);
  }

  @Test
  void ditherAndBoundsFromOtherColumnsAreForCompressedFiles() throws IOException {
    Path out = folder.resolve("a.parquet");
    CommandRun dithered =
        CommandRun.fine(
            "reduce", Checkout.sample(), "--precision", "pt=rel:0.01:dither", "-o", out);
    assertThat(dithered.err()).contains("without dither, which only a .jetf file keeps");
    Path noted = folder.resolve("a.npz");
    CommandRun.fine(
        "reduce", Checkout.sample(), "--precision", "pt=rel:0.01:dither", "-o", noted, "-q");
    try (ZipFile zip = new ZipFile(noted.toFile())) {
      assertThat(zip.getComment()).isEqualTo("jetfold.precision: jets.pt=rel:0.01");
    }
    Files.delete(out);
    CommandRun scaled =
        CommandRun.of("reduce", Checkout.sample(), "--precision", "m=abs:0.1*pt", "-o", out);
    assertThat(scaled.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(scaled.err()).contains("column m has the bound abs:0.1*pt").hasLineCount(1);
    assertThat(out).doesNotExist();
  }

  @Test
  void aCompressedFileIsNoStandardOne() {
    CommandRun run =
        CommandRun.of(
            "reduce", Checkout.sample(), "--precision", "jets", "-o", folder.resolve("a.jetf"));
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("'jetfold compress' writes it").hasLineCount(1);
  }
}
