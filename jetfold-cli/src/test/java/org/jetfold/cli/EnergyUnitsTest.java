package org.jetfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.EnergyUnit;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.ValueType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table in another unit of energy than an autoencoder's is refused, however the unit is told. */
final class EnergyUnitsTest {
  @TempDir Path folder;
  private Path mev;
  private Path gev;

  @BeforeEach
  void writeModels() throws IOException {
    mev = RandomAutoencoder.write(folder.resolve("mev.jetm"), EnergyUnit.MEV);
    gev = RandomAutoencoder.write(folder.resolve("gev.jetm"), EnergyUnit.GEV);
  }

  private Path jetf() {
    return folder.resolve("x.jetf");
  }

  private CommandRun compress(Path table, Path model, String... more) {
    Object[] arguments = {"compress", table, "--model", model, "-o", jetf(), "-q", "-f"};
    Object[] all = Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return CommandRun.of(all);
  }

  private void refused(CommandRun run, String... parts) {
    assertThat(run.err()).startsWith("jetfold: ").contains(parts).hasLineCount(1);
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(jetf()).doesNotExist();
  }

  /** Rows of pt, eta and phi, whose unit the table states or not. */
  private static Table rows(float pt, String unit) {
    List<Column> columns =
        List.of(
            new Column("pt", ValueType.FLOAT32, unit, false, false),
            new Column("eta", ValueType.FLOAT32),
            new Column("phi", ValueType.FLOAT32));
    float[] momenta = new float[100];
    Arrays.fill(momenta, pt);
    ColumnValues zeros = new ColumnValues.Floats(new float[100]);
    return new Table(
        Schema.flat(columns),
        100,
        List.of(),
        List.of(new ColumnValues.Floats(momenta), zeros, zeros));
  }

  @Tag("slow")
  @Test
  void judgedByTheMedian() throws IOException {
    Path table = Tables.write(Tables.events(300, 1), folder.resolve("jets.npz"));
    assertThat(compress(table, mev).exitCode()).isZero();
    CommandRun.fine("verify", jetf(), "--model", mev);
    Files.delete(jetf());
    refused(
        compress(table, gev),
        "jets.npz: energies are in MeV by their median",
        "trained on GeV",
        "train a model for MeV");
    refused(
        CommandRun.of("compare", table, "--model", gev, "-q"),
        "energies are in MeV by their median");
  }

  @Test
  void saidByTheUser() throws IOException {
    Path table = Tables.write(Tables.flat(300, 1), folder.resolve("jets.npz"));
    refused(compress(table, mev, "--unit", "GeV"), "energies are in GeV", "trained on MeV");
    refused(compress(table, mev, "--unit", "TeV"), "--unit must be MeV or GeV, was TeV");
    assertThat(compress(table, gev, "--unit", "gev").exitCode()).isZero();
  }

  @Test
  void statedByTheTable() throws IOException {
    Path stated = Tables.write(rows(50_000, "MeV"), folder.resolve("mev.parquet"));
    refused(compress(stated, gev), "column pt is in MeV", "trained on GeV");
    refused(compress(stated, gev, "--unit", "GeV"), "column pt is in MeV");
    refused(compress(stated, mev, "--unit", "GeV"), "energies are in GeV");
    assertThat(compress(stated, mev).exitCode()).isZero();
    // What is stated counts, whatever the numbers look like.
    Path odd = Tables.write(rows(50_000, "GeV"), folder.resolve("gev.parquet"));
    assertThat(compress(odd, gev).exitCode()).isZero();
  }

  /**
   * A stream's first piece need not have jets, and a table's end may come before many have come.
   */
  @Test
  void judgedEventByEvent() throws IOException {
    StringBuilder csv = new StringBuilder("pt,eta,phi\n");
    for (int row = 0; row < 20_000; row++) {
      csv.append(row < 15_000 ? "0.0,0.5,0.5\n" : "50000.5,1.5,2.5\n");
    }
    byte[] bytes = csv.toString().getBytes(StandardCharsets.UTF_8);
    refused(
        CommandRun.withInput(
            bytes, "compress", "-", "--from", "csv", "--model", gev, "-o", jetf(), "-q"),
        "energies are in MeV by their median");
    ByteArrayOutputStream one = new ByteArrayOutputStream();
    one.writeBytes("pt,eta,phi\n50000.5,1.5,2.5\n".getBytes(StandardCharsets.UTF_8));
    refused(
        CommandRun.withInput(
            one.toByteArray(),
            "compress",
            "-",
            "--from",
            "csv",
            "--model",
            gev,
            "-o",
            jetf(),
            "-q"),
        "energies are in MeV by their median");

    Table later = Tables.events(300, 1);
    int[] offsets = new int[9000 + 301];
    System.arraycopy(later.offsets(1), 0, offsets, 9000, 301);
    List<ColumnValues> columns =
        List.of(
            new ColumnValues.Integers(new long[9300]),
            new ColumnValues.Doubles(new double[9300]),
            later.values(2),
            later.values(3),
            later.values(4));
    Path table =
        Tables.write(
            new Table(later.schema(), 9300, List.of(offsets), columns), folder.resolve("late.npz"));
    refused(compress(table, gev), "late.npz: energies are in MeV by their median");
    assertThat(compress(table, mev).exitCode()).isZero();
  }

  @Test
  void toldByNothing() throws IOException {
    Path model = RandomAutoencoder.write(folder.resolve("e.jetm"), EnergyUnit.GEV, "E");
    Path table = folder.resolve("e.csv");
    Files.writeString(table, "E,eta,phi\n50.5,1.5,2.5\n60.5,0.5,1.5\n");
    refused(compress(table, model), "nothing tells the unit", "--unit GeV");
    assertThat(compress(table, model, "--unit", "GeV").exitCode()).isZero();
  }
}
