package org.jetfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real jets, where they are beside the checkout: every value within its bound, and the same arrays
 * as before.
 */
final class SharedDataTest {
  @TempDir Path folder;

  @Tag("slow")
  @Test
  void realJetsKeepTheirBounds() throws IOException {
    try (Stream<Path> files = Files.list(Checkout.data("real"))) {
      List<Path> tables = files.filter(file -> file.toString().endsWith(".npz")).sorted().toList();
      assertThat(tables).isNotEmpty();
      for (Path table : tables) {
        for (String precision : List.of("jets", "*=bits:7", "*=exact")) {
          Path jetf = folder.resolve("t.jetf");
          CommandRun.fine("compress", table, "-q", "-f", "--precision", precision, "-o", jetf);
          assertThat(CommandRun.fine("verify", jetf, table, "-q").text()).contains("OK");
        }
        Path back = folder.resolve("back.npz");
        CommandRun.fine("decompress", folder.resolve("t.jetf"), "-f", "-o", back);
        RoundTripTest.assertEqual(Tables.read(table, null), Tables.read(back, null));
      }
    }
  }

  @Test
  void simulatedJetsKeepTheirBounds() {
    Path table = Checkout.data("mc").resolve("zprime550.npz");
    Path jetf = folder.resolve("t.jetf");
    CommandRun.fine("compress", table, "-q", "--precision", "jets", "-o", jetf);
    assertThat(CommandRun.fine("verify", jetf, table).text())
        .doesNotContain("VIOLATED")
        .contains("OK");
  }
}
