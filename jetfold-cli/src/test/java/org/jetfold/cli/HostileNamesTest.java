package org.jetfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.ValueType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that would harm whoever prints them, or whoever stores them. */
final class HostileNamesTest {
  private static final String NAME = "p\u001b[2Jt\u009b</script><script>alert(1)</script>";

  @TempDir Path folder;

  private Path table() throws IOException {
    float[] values = {1.5f, 2.25f, 3.125f};
    Schema schema = Schema.flat(List.of(new Column(NAME, ValueType.FLOAT32)));
    Table table = new Table(schema, 3, List.of(), List.of(new ColumnValues.Floats(values)));
    return Tables.write(table, folder.resolve("t.npz"));
  }

  @Test
  void nothingThatIsPrintedControlsATerminal() throws IOException {
    Path npz = table();
    Path jetf = folder.resolve("t.jetf");
    for (CommandRun run :
        List.of(
            CommandRun.fine("compress", npz, "--precision", "*=bits:3"),
            CommandRun.fine("inspect", jetf),
            CommandRun.fine("inspect", "--json", jetf),
            CommandRun.fine("verify", jetf, npz),
            CommandRun.of("compress", npz, "--columns", "none", "-f"),
            CommandRun.fine("evaluate", npz, jetf),
            CommandRun.of("study", "double-quantization", npz, "--column", NAME))) {
      assertThat(run.text() + run.err()).doesNotContain("\u001b");
    }
  }

  @Test
  void pagesKeepNamesInTheirPlace() throws IOException {
    Path npz = table();
    Path page = folder.resolve("r.html");
    CommandRun.fine("compress", npz);
    CommandRun.fine("evaluate", npz, folder.resolve("t.jetf"), "--report", page);
    assertThat(Files.readString(page)).contains("alert(1)").doesNotContain("<script>alert");
  }

  @ParameterizedTest
  @ValueSource(strings = {"29surr.npz", "surr1.npz"})
  void namesThatNoFileHoldsAreRefused(String name) {
    Path npz = Checkout.shared("cases/hostile").resolve(name);
    Path jetf = folder.resolve("x.jetf");
    CommandRun run = CommandRun.of("compress", npz, "-o", jetf);
    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err())
        .contains(name)
        .contains("not well-formed Unicode")
        .doesNotContain("internal");
    assertThat(jetf).doesNotExist();
  }
}
