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
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.ValueType;
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
  void rowsAreNoMoreThanAskedFor() throws IOException {
    Path table = Tables.write(Tables.flat(300, 3), folder.resolve("jets.npz"));
    Path json = folder.resolve("compare.json");
    CommandRun.fine("compare", table, "--json", json, "-q", "--rows", 200);
    assertThat(Files.readString(json)).contains("\"entries\" : 200");
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

  /** Bounds of each column by the largest tolerance that keeps them; zeros by none. */
  @Test
  void zfpIsMatchedToBounds() throws IOException {
    ZfpLibrary library = ZfpLibrary.find();
    Assumptions.assumeTrue(library != null, "the system has libzfp");
    Table table = Tables.flat(3000, 5);
    List<Precision> asked = new ArrayList<>();
    for (Column column : table.schema().columns()) {
      asked.add(
          switch (column.name()) {
            case "pt" -> new Precision.Relative(0.004);
            case "eta" -> new Precision.Absolute(0.001);
            default -> new Precision.Exact();
          });
    }
    ZfpContender zfp = ZfpContender.matching(library, "as asked", table, asked);
    Contender.Coded coded = zfp.run(table);
    boolean[] nearTheBound = new boolean[asked.size()];
    for (int column = 0; column < asked.size(); column++) {
      ColumnValues before = table.values(column);
      ColumnValues after = coded.restored().values(column);
      for (int i = 0; i < before.size(); i++) {
        double was = ComparisonErrors.value(before, i);
        double error = Math.abs(ComparisonErrors.value(after, i) - was);
        double bound =
            switch (asked.get(column)) {
              case Precision.Relative(double relative) -> relative * Math.abs(was);
              case Precision.Absolute(double absolute) -> absolute;
              default -> 0;
            };
        assertThat(error).isLessThanOrEqualTo(bound);
        nearTheBound[column] |= error > bound / 8;
      }
      assertThat(nearTheBound[column]).isEqualTo(asked.get(column).isLossy());
    }
    Table zeros =
        new Table(
            Schema.flat(List.of(new Column("x", ValueType.FLOAT32))),
            4,
            List.of(),
            List.of(new ColumnValues.Floats(new float[] {0, 1, 2.7f, 1e-30f})));
    ZfpContender none =
        ZfpContender.matching(library, "as asked", zeros, List.of(new Precision.Relative(1e-3)));
    assertThat(none.note()).contains("no tolerance keeps their setting");
    assertThat(none.tolerances()).containsExactly(0.0);
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
