package org.jetfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code compare}: a row a setting, with the errors that it promises. */
final class CompareTest {
  @TempDir Path folder;

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

  @Test
  void nothingToLoseIsNothingToCompare() throws IOException {
    Path file = folder.resolve("t.csv");
    Files.writeString(file, "a,b\n1,2\n3,4\n");
    CommandRun run = CommandRun.of("compare", file);
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("no float column").hasLineCount(1);
  }

  @Test
  void zfpKeepsItsTolerance() {
    ZfpLibrary library = ZfpLibrary.find();
    Assumptions.assumeTrue(library != null, "the system has libzfp");
    float[] values = new float[1000];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(0.01 * i);
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocateFrom(ValueLayout.JAVA_FLOAT, values);
      long size =
          library.roundTrip(memory, ZfpLibrary.Type.FLOAT32, values.length, 1e-3, new double[2]);
      assertThat(size).isBetween(100L, 3000L);
      float[] restored = memory.toArray(ValueLayout.JAVA_FLOAT);
      double worst = 0;
      for (int i = 0; i < values.length; i++) {
        worst = Math.max(worst, Math.abs(restored[i] - values[i]));
      }
      assertThat(worst).isBetween(1e-7, 1e-3);
    }
  }
}
