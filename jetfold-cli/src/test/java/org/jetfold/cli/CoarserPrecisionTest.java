package org.jetfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jetfold.codec.Compression;
import org.jetfold.codec.Compressor;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.tables.TableFiles;
import org.jetfold.tables.format.SourceOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who asks for less gets no larger file: with a coarser setting, no table takes more than a percent
 * and 256 bytes more than with any finer one, nor does a column of transverse momenta or masses.
 *
 * <p>A column whose values fill only a few cells is not looked at alone: how many bits it takes
 * depends on where the borders of these cells happen to be. All settings, entries and rows: {@code
 * -Djetfold.exhaustive=true}.
 */
@Tag("slow")
class CoarserPrecisionTest {
  private static final boolean EXHAUSTIVE = Boolean.getBoolean("jetfold.exhaustive");

  /** Root entries of whole tables that are looked at, unless all are asked for. */
  private static final int ENTRIES = EXHAUSTIVE ? 1 << 30 : 1000;

  /** Rows of columns that are looked at alone, unless all are asked for. */
  private static final int ROWS = EXHAUSTIVE ? 1 << 30 : 10_000;

  private static final int STEPS = 20;

  /** How far apart the settings are that are tried: a build takes some that lie apart. */
  private static final int STRIDE = EXHAUSTIVE ? 1 : 7;

  private static final Set<String> WIDE = Set.of("pt", "m", "mass");

  @Test
  void sample() throws IOException {
    coarserIsNotLarger(Checkout.sample());
  }

  @ParameterizedTest
  @ValueSource(strings = {"qcd.npz", "ttbar.npz", "zprime550.npz", "ttbar_extra.npz"})
  void simulatedJets(String name) throws IOException {
    coarserIsNotLarger(Checkout.data("mc").resolve(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "atlas_jets_4d.npz",
        "atlas_physlite_jets.npz",
        "atlas_trigger_akt4_pf_jets.npz",
        "cms_hzz_jets.npz",
        "cms_opendata2015_ttbar_nanoaod_jets.npz",
        "cms_scouting_hlt_pfjets.npz"
      })
  void measuredJets(String name) throws IOException {
    coarserIsNotLarger(Checkout.data("real").resolve(name));
  }

  private static void coarserIsNotLarger(Path file) throws IOException {
    Table all;
    try (TableSource source =
        TableFiles.open(file.toString(), null, new SourceOptions(warning -> {}))) {
      all = source.readAll();
    }
    Table table = all.slice(0, Math.min(all.rootEntries(), ENTRIES));
    List<Function<Integer, Precision>> ways =
        List.of(
            step -> new Precision.Relative(bound(step)),
            step -> new Precision.Absolute(bound(step)),
            step -> new Precision.Bits(STEPS + 3 - step));
    for (Function<Integer, Precision> way : ways) {
      coarserIsNotLarger(table, file.getFileName() + ", all columns", way);
      for (int column = 0; column < table.schema().columns().size(); column++) {
        String name = table.schema().columns().get(column).name();
        if (WIDE.contains(name)) {
          Table alone = alone(all, column);
          int rows = Math.min(alone.rootEntries(), ROWS);
          coarserIsNotLarger(alone.slice(0, rows), file.getFileName() + ", " + name, way);
        }
      }
    }
  }

  /** 20 bounds from 1e-4 to 0.05, in equal ratios. */
  private static double bound(int step) {
    return 1e-4 * Math.pow(500, (double) step / (STEPS - 1));
  }

  /** A column as a table of rows. */
  private static Table alone(Table table, int column) {
    Schema schema = Schema.flat(List.of(table.schema().columns().get(column)));
    return new Table(schema, table.values(column).size(), List.of(), List.of(table.values(column)));
  }

  private static void coarserIsNotLarger(
      Table table, String name, Function<Integer, Precision> precisions) throws IOException {
    long smallest = Long.MAX_VALUE;
    // Others for each table, so that together they are all.
    int first = Math.floorMod(name.hashCode(), STRIDE);
    for (int step = first; step <= STEPS; step += STRIDE) {
      Precision precision = precisions.apply(step);
      long bytes = bytes(table, precision);
      if (step > first) {
        assertThat(bytes)
            .as("%s with %s", name, precision)
            .isLessThanOrEqualTo((long) (1.01 * smallest) + 256);
      }
      smallest = Math.min(smallest, bytes);
    }
  }

  private static long bytes(Table table, Precision precision) throws IOException {
    List<Precision> all = new ArrayList<>();
    IntStream.range(0, table.schema().columns().size())
        .forEach(column ->
            all.add(
                table.schema().columns().get(column).mayLoseBits()
                    ? precision
                    : Precision.exact()));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Compressor compressor = Compressor.withoutDecoding(1)) {
      compressor.compress(
          TableSource.of(table), Compression.of(table.schema(), all), out, entries -> {});
    }
    return out.size();
  }
}
