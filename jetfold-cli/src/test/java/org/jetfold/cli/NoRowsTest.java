package org.jetfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jetfold.codec.table.EnergyUnit;
import org.jetfold.codec.table.TableSource;
import org.jetfold.tables.TableFiles;
import org.jetfold.tables.format.SourceOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A selection that keeps no event is a table, too: a job for each file must not fail on it. */
final class NoRowsTest {
  @TempDir Path folder;

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(strings = {"npz", "npy", "parquet", "csv", "h5", "root", "arrow"})
  void everyFormatComesBack(String format) throws IOException {
    Path original = Tables.write(Tables.flat(0, 1), folder.resolve("none." + format));
    Path jetf = folder.resolve("none.jetf");
    CommandRun run = CommandRun.fine("compress", original, "--precision", "pt=rel:0.004");
    assertThat(run.err()).contains("0 rows, 3 columns").contains("has no rows");
    Path back = folder.resolve("back." + format);
    CommandRun.fine("decompress", jetf, "-o", back);
    try (TableSource restored =
        TableFiles.open(back.toString(), null, new SourceOptions(null, _ -> {}))) {
      assertThat(restored.schema().columns()).hasSize(3);
      assertThat(restored.next(1)).isNull();
    }
    assertThat(CommandRun.fine("verify", jetf).text()).contains("OK, 0 rows, 3 columns");
    assertThat(CommandRun.fine("verify", jetf, original).text()).contains("OK");
    assertThat(CommandRun.fine("inspect", jetf).text()).contains("rel:0.004");
    CommandRun.fine("inspect", "--json", jetf);
    CommandRun.fine("decompress", "--recover", jetf, "-o", folder.resolve("saved." + format));
  }

  @Test
  void eventsOfWhichNoneIsLeft() throws IOException {
    Path original = Tables.write(Tables.events(0, 1), folder.resolve("none.npz"));
    Path jetf = folder.resolve("none.jetf");
    assertThat(CommandRun.fine("compress", original).err()).contains("0 events, 0 jets");
    CommandRun.fine("decompress", jetf, "-o", folder.resolve("back.npz"));
    assertThat(Files.readAllBytes(folder.resolve("back.npz")))
        .isEqualTo(Files.readAllBytes(original));
    CommandRun.fine("verify", jetf, original);
  }

  @Test
  void nothingIsLearnedFromNothing() throws IOException {
    Path original = Tables.write(Tables.flat(0, 1), folder.resolve("none.npz"));
    assertThat(CommandRun.fine("compress", original, "--learn").err()).contains("has no rows");
  }

  /** A model says nothing of no jets, not even their unit. */
  @Test
  void modelsCodeNothing() throws IOException {
    Path model = RandomAutoencoder.write(folder.resolve("ae.jetm"), EnergyUnit.MEV);
    Path original = Tables.write(Tables.flat(0, 1), folder.resolve("none.npz"));
    CommandRun.fine("compress", original, "--model", model);
    CommandRun.fine("decompress", folder.resolve("none.jetf"), "-o", folder.resolve("back.npz"));
    CommandRun.fine("verify", folder.resolve("none.jetf"), original);
  }
}
