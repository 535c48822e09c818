package org.jetfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jetfold.cli.console.ExitCode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code compare}: a row a setting, with the errors that it promises. */
final class CompareTest {
  @TempDir Path folder;

  @Tag("slow")
  @Test
  void everySettingKeepsItsError() throws IOException {
    Path jets = Tables.write(Tables.events(400, 3), folder.resolve("jets.npz"));
    Path page = folder.resolve("compare.html");
    Path json = folder.resolve("compare.json");
    Path csv = folder.resolve("compare.csv");
    CommandRun.fine("compare", jets, "--report", page, "--json", json, "--csv", csv, "-q");
    List<String[]> rows = new ArrayList<>();
    Files.readAllLines(csv).stream().skip(1).forEach(line -> rows.add(line.split(",", -1)));
    for (String[] row : rows) {
      double bits = Double.parseDouble(row[2]);
      double worstRelative = Double.parseDouble(row[5]);
      double worstSpread = Double.parseDouble(row[7]);
      assertThat(bits).isBetween(1.0, 70.0);
      String setting = row[1].replace("\"", "");
      if (setting.equals("exact")) {
        assertThat(worstRelative).as(setting).isZero();
      } else if (setting.startsWith("bits:")) {
        assertThat(worstRelative)
            .as(setting)
            .isBetween(1e-9, Math.scalb(1.0, -Integer.parseInt(setting.substring(5)) - 1));
      } else if (setting.startsWith("rel:2^-")) {
        assertThat(worstRelative)
            .as(setting)
            .isBetween(1e-9, Math.scalb(1.0, -Integer.parseInt(setting.substring(7))));
      } else {
        int power = Integer.parseInt(setting.substring(setting.indexOf('^') + 1));
        assertThat(worstSpread).as(setting).isBetween(1e-9, Math.scalb(1.0000001, -power));
      }
    }
    assertThat(rows).hasSizeGreaterThanOrEqualTo(28);
    assertThat(Files.readString(json)).contains("\"pareto\" : true");
    assertThat(Files.readString(page)).contains("id=\"pareto\"", "truncation + zstd -19");
  }

  /**
   * Rows are no more than asked for, and speeds numbers that a computer can have, for a single row,
   * too, or nothing.
   */
  @Tag("slow")
  @Test
  void speedsOfFewRowsArePossible() throws IOException {
    Path file = folder.resolve("one.csv");
    Files.writeString(file, "pt,eta\n1.5,0.5\n2.5,1.5\n");
    Path csv = folder.resolve("compare.csv");
    Path json = folder.resolve("compare.json");
    CommandRun run = CommandRun.fine("compare", file, "--csv", csv, "--json", json, "--rows", 1);
    assertThat(Files.readString(json)).contains("\"entries\" : 1");
    List<String> lines = Files.readAllLines(csv);
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      boolean nothingToDo = line.contains("zfp") && cells[8].isEmpty() && cells[9].isEmpty();
      if (!nothingToDo) {
        assertThat(Double.parseDouble(cells[8])).as(line).isBetween(1e-4, 5e3);
        assertThat(Double.parseDouble(cells[9])).as(line).isBetween(1e-4, 5e3);
      }
    }
    assertThat(run.text()).doesNotContain("Infinity").doesNotContain(" 0.0 ");
  }

  @Test
  void nothingToLoseIsNothingToCompare() throws IOException {
    Path file = folder.resolve("t.csv");
    Files.writeString(file, "a,b\n1,2\n3,4\n");
    CommandRun run = CommandRun.of("compare", file);
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("no float column").hasLineCount(1);
  }

  /** Each codec at the settings that were asked for keeps them, zfp and a bounded network, too. */
  @Tag("slow")
  @Test
  void whatIsAskedForIsKeptByAll() throws IOException {
    Path jets = Tables.write(Tables.events(400, 3), folder.resolve("jets.npz"));
    Path model = folder.resolve("ae.jetm");
    CommandRun.fine(
        "train",
        jets,
        "-o",
        model,
        "--codec",
        "autoencoder",
        "--layers",
        "8,2",
        "--epochs",
        1,
        "-q");
    Path csv = folder.resolve("compare.csv");
    CommandRun.fine(
        "compare", jets, "--csv", csv, "-q", "--model", model, "--precision", "*=rel:0.01");
    List<String> asked =
        Files.readAllLines(csv).stream().filter(line -> line.contains("\"as asked\"")).toList();
    for (String line : asked) {
      // Behind codec and setting, which are quoted and may hold commas.
      String[] figures = line.substring(line.indexOf("as asked\",") + 10).split(",", -1);
      double worst = Double.parseDouble(figures[3]);
      assertThat(worst).as(line).isBetween(1e-9, 0.01);
    }
    assertThat(asked)
        .anyMatch(line -> line.contains("autoencoder, bounded"))
        .anyMatch(line -> line.contains("truncation + xz"));
  }

  /** A column that a network keeps is stored at the precision that was asked for. */
  @Tag("slow")
  @Test
  void modelsMayKeepColumns() throws IOException {
    Path jets = Tables.write(Tables.events(400, 3), folder.resolve("jets.npz"));
    Path model = RandomAutoencoder.writeKeepingPt(folder.resolve("ae.jetm"));
    CommandRun run =
        CommandRun.fine("compare", jets, "--model", model, "--precision", "*=rel:0.01");
    assertThat(run.text())
        .contains("autoencoder, bounded", "Jetfold autoencoder")
        .doesNotContain("report");
  }
}
