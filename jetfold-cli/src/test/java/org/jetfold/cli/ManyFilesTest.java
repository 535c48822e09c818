package org.jetfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.tables.TableFormats;
import org.jetfold.tables.format.TableFormat;
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

  /** Every format in every place that takes several files. */
  @Test
  void tablesMayStandBesideCompressedFiles() throws IOException {
    List<Object> files = new ArrayList<>();
    for (TableFormat format : TableFormats.written()) {
      String name = format.ending().substring(1) + format.ending();
      files.add(Tables.write(Tables.flat(10, 1), folder.resolve(name)));
    }
    Path jetf = folder.resolve("jetf.jetf");
    CommandRun.fine("compress", files.getFirst(), "-o", jetf);
    files.add(jetf);
    for (String command : List.of("list", "inspect")) {
      List<Object> arguments = new ArrayList<>(List.of(command));
      arguments.addAll(files);
      String said = CommandRun.fine(arguments.toArray()).text();
      assertThat(files).allSatisfy(file -> assertThat(said).contains(file.toString()));
    }
    Path out = folder.resolve("out");
    List<Object> arguments =
        new ArrayList<>(List.of("decompress", "--columns", "eta", "--to", "csv", "-o", out + "/"));
    arguments.addAll(files);
    CommandRun.fine(arguments.toArray());
    Path eta = out.resolve("jetf.csv");
    assertThat(Files.readAllLines(eta)).hasSize(11).startsWith("eta");
    for (Object file : files) {
      String name = Path.of(file.toString()).getFileName().toString();
      assertThat(out.resolve(name.replaceFirst("\\..*", ".csv")))
          .hasSameTextualContentAs(eta, StandardCharsets.UTF_8);
    }
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
