package org.jetfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jetfold.cli.console.ExitCode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code compare}: a row a setting, with the errors that it promises. */
final class CompareTest {
  @TempDir Path folder;

  /** Behind codec and setting, which are quoted and may hold commas, the figures. */
  private static final Pattern ROW = Pattern.compile("\"([^\"]*)\",\"([^\"]*)\",(.*)");

  /**
   * Each codec keeps what its setting says, and what was asked for, zfp and a bounded network, too.
   * A column that the network keeps is stored at the precision that was asked for.
   */
  @Tag("slow")
  @Test
  void everySettingKeepsItsError() throws IOException {
    Path jets = Tables.write(Tables.events(400, 3), folder.resolve("jets.npz"));
    Path model = RandomAutoencoder.writeKeepingPt(folder.resolve("ae.jetm"));
    Path page = folder.resolve("compare.html");
    Path json = folder.resolve("compare.json");
    Path csv = folder.resolve("compare.csv");
    CommandRun run =
        CommandRun.fine(
            "compare",
            jets,
            "--model",
            model,
            "--precision",
            "*=rel:0.01",
            "--report",
            page,
            "--json",
            json,
            "--csv",
            csv);
    assertThat(run.text()).contains("autoencoder, bounded", "Jetfold autoencoder");
    List<String> asked = new ArrayList<>();
    List<String> lines = Files.readAllLines(csv);
    for (String line : lines.subList(1, lines.size())) {
      Matcher row = ROW.matcher(line);
      assertThat(row.matches()).as(line).isTrue();
      String setting = row.group(2);
      String[] figures = row.group(3).split(",", -1);
      double worstRelative = Double.parseDouble(figures[3]);
      double worstSpread = Double.parseDouble(figures[5]);
      assertThat(Double.parseDouble(figures[0])).as(line).isBetween(1.0, 70.0);
      if (setting.equals("as asked")) {
        assertThat(worstRelative).as(line).isBetween(1e-9, 0.01);
        asked.add(row.group(1));
      } else if (setting.equals("exact")) {
        assertThat(worstRelative).as(line).isZero();
      } else if (setting.startsWith("bits:")) {
        assertThat(worstRelative)
            .as(line)
            .isBetween(1e-9, Math.scalb(1.0, -Integer.parseInt(setting.substring(5)) - 1));
      } else if (setting.startsWith("rel:2^-")) {
        assertThat(worstRelative)
            .as(line)
            .isBetween(1e-9, Math.scalb(1.0, -Integer.parseInt(setting.substring(7))));
      } else if (setting.contains("^")) {
        int power = Integer.parseInt(setting.substring(setting.indexOf('^') + 1));
        assertThat(worstSpread).as(line).isBetween(1e-9, Math.scalb(1.0000001, -power));
      }
    }
    assertThat(asked)
        .anyMatch(codec -> codec.contains("autoencoder, bounded"))
        .anyMatch(codec -> codec.contains("truncation + xz"));
    assertThat(lines).hasSizeGreaterThanOrEqualTo(29);
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
}
