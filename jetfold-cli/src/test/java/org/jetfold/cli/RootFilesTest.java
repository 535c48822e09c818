package org.jetfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ROOT files from the command line, with the files beside the checkout. */
final class RootFilesTest {
  @TempDir Path folder;

  private static Path root(String name) {
    return Checkout.data("root").resolve(name);
  }

  @Test
  void everyCodecGivesTheSameBytes() throws IOException {
    byte[] expected = null;
    for (String codec : List.of("-uncompressed", "-zlib", "-lzma", "-lz4", "-zstd", "")) {
      Path jetf = folder.resolve("hzz.jetf");
      CommandRun.fine("compress", root("uproot-HZZ" + codec + ".root"), "-q", "-f", "-o", jetf);
      byte[] bytes = Files.readAllBytes(jetf);
      expected = expected == null ? bytes : expected;
      assertThat(bytes).as(codec).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2", "5"})
  void threadsDoNotMatter(String threads) throws IOException {
    Path file = root("uproot-issue-816.root");
    Path one = folder.resolve("one.jetf");
    Path many = folder.resolve("many.jetf");
    CommandRun.fine("compress", file, "-q", "-T", "1", "-o", one);
    CommandRun.fine("compress", file, "-q", "-T", threads, "-o", many);
    assertThat(Files.readAllBytes(many)).isEqualTo(Files.readAllBytes(one));
  }

  /** Everything that a file holds, through .jetf and every other format, and back. */
  @ParameterizedTest
  @CsvSource({
    "uproot-HZZ.root, ''",
    "uproot-HZZ-objects.root, ''",
    "nano_dy.root, :Events",
    "uproot-issue-816.root, ''"
  })
  void wholeFilesComeBack(String name, String tree) throws IOException {
    String file = root(name) + tree;
    Path jetf = folder.resolve("a.jetf");
    CommandRun.fine("compress", file, "-q", "-o", jetf);
    assertThat(CommandRun.fine("verify", jetf, file, "-q").text()).contains("OK");
    Path back = folder.resolve("back.root");
    CommandRun.fine("decompress", jetf, "-q", "-o", back);
    Path again = folder.resolve("again.jetf");
    CommandRun.fine("compress", back, "-q", "-o", again);
    assertSameValues(jetf, again);
    // DuckDB takes its time for the 1,500 columns of a NanoAOD.
    for (String format : name.startsWith("nano") ? List.of("h5") : List.of("parquet", "h5")) {
      Path other = folder.resolve("back." + format);
      CommandRun.fine("decompress", jetf, "-q", "-o", other);
      assertThat(CommandRun.fine("verify", jetf, other, "-q").text()).contains("OK");
    }
  }

  /** Fields of an RNTuple may have other names than branches, so only values are compared. */
  private void assertSameValues(Path expected, Path found) throws IOException {
    Path a = folder.resolve("expected.npz");
    Path b = folder.resolve("found.npz");
    CommandRun.fine("decompress", expected, "-q", "-f", "-o", a);
    CommandRun.fine("decompress", found, "-q", "-f", "-o", b);
    Table before = Tables.read(a, null);
    Table after = Tables.read(b, null);
    assertThat(after.rootEntries()).isEqualTo(before.rootEntries());
    for (int group = 1; group < before.schema().groups().size(); group++) {
      assertThat(after.offsets(group)).isEqualTo(before.offsets(group));
    }
    for (int column = 0; column < before.schema().columns().size(); column++) {
      assertThat(bits(after.values(column)))
          .as(before.schema().columns().get(column).name())
          .isEqualTo(bits(before.values(column)));
    }
  }

  private static long[] bits(ColumnValues values) {
    return IntStream.range(0, values.size())
        .mapToLong(i ->
            switch (values) {
              case ColumnValues.Floats(float[] floats) -> Float.floatToRawIntBits(floats[i]);
              case ColumnValues.Doubles(double[] doubles) -> Double.doubleToRawLongBits(doubles[i]);
              case ColumnValues.Integers(long[] integers) -> integers[i];
            })
        .toArray();
  }

  @Test
  void aCollectionWithListsWithinAndALossyPrecision() throws IOException {
    String file = root("uproot-issue-951.root") + ":CollectionTree";
    String[] wanted = {"--collection", "AnalysisJetsAuxDyn.*", "--with", "EventInfoAuxDyn.*Number"};
    Path jetf = folder.resolve("jets.jetf");
    CommandRun.fine(
        "compress",
        file,
        wanted[0],
        wanted[1],
        wanted[2],
        wanted[3],
        "-q",
        "--precision",
        "AnalysisJetsAuxDyn.pt=rel:0.004,eta=abs:0.001,*.EnergyPerSampling=bits:9",
        "-o",
        jetf);
    CommandRun verified =
        CommandRun.fine("verify", jetf, file, wanted[0], wanted[1], wanted[2], wanted[3]);
    assertThat(verified.text())
        .contains("rel:0.004")
        .contains("abs:0.001")
        .contains("bits:9")
        .contains("OK");
    for (String format : List.of("npz", "parquet", "h5")) {
      Path other = folder.resolve("back." + format);
      CommandRun.fine("decompress", jetf, "-q", "-o", other);
      assertThat(CommandRun.fine("verify", jetf, other, "-q").text()).as(format).contains("OK");
    }
  }

  @Test
  void eventValuesStandBesideACollection() throws IOException {
    Path jetf = folder.resolve("nano.jetf");
    CommandRun.fine(
        "compress",
        root("nano_dy.root"),
        "--collection",
        "Jet",
        "--with",
        "run,event,genWeight",
        "-q",
        "-o",
        jetf);
    Path npz = folder.resolve("nano.npz");
    CommandRun.fine("decompress", jetf, "-q", "-o", npz);
    Table table = Tables.read(npz, null);
    assertThat(table.rootEntries()).isEqualTo(40);
    assertThat(table.schema().root().columns())
        .extracting(Column::name)
        .containsExactly("run", "event", "genWeight");
    assertThat(table.schema().columns()).extracting(Column::name).contains("Jet_pt", "Jet_nMuons");
  }

  @Test
  void treesAreListedWithWhatCannotBeRead() {
    Path file = root("ntpl001_staff_rntuple_v1-0-0-0.root");
    assertThat(CommandRun.fine("list", file).text())
        .contains(":Staff  RNTuple, 3,354 entries, 11 branches")
        .contains("not read: it holds text");
    assertThat(CommandRun.fine("list", "--json", file + ":Staff").text())
        .contains("\"name\" : \"Staff\"")
        .contains("\"type\" : \"int32\"")
        .contains("\"problem\" : \"it holds text\"");
    CommandRun run = CommandRun.fine("compress", file, "-o", folder.resolve("s.jetf"));
    assertThat(run.err()).contains("2 branches left out: it holds text").contains("3,354 rows");
  }

  @Test
  void errorsSayWhatToDo() throws IOException {
    Path nano = root("nano_dy.root");
    failsWith(ExitCode.USAGE, "nano_dy.root:Events; there are", "compress", nano);
    failsWith(ExitCode.USAGE, "has no tree Foo; it has Events", "compress", nano + ":Foo");
    failsWith(ExitCode.USAGE, "jetfold list", "compress", nano + ":Events", "--columns", "Jet_ptt");
    failsWith(ExitCode.USAGE, "has no tree", "list", nano + ":Foo");
    failsWith(ExitCode.FAILED, "there is no such file", "compress", "no.root:Events");
    failsWith(ExitCode.FAILED, "there is no such file", "list", "no.root");
    Path cut = folder.resolve("cut.root");
    Files.write(cut, java.util.Arrays.copyOf(Files.readAllBytes(nano), 3000));
    failsWith(ExitCode.FAILED, cut + ": byte ", "compress", cut + ":Events");
    failsWith(ExitCode.FAILED, "byte ", "list", cut);
    Path text = Files.writeString(folder.resolve("text.root"), "no ROOT file at all");
    failsWith(ExitCode.FAILED, "it is no ROOT file", "compress", text);
  }

  private void failsWith(int code, String message, Object... arguments) {
    CommandRun run = CommandRun.of(arguments);
    assertThat(run.exitCode()).as(run.err()).isEqualTo(code);
    assertThat(run.err()).startsWith("jetfold: ").contains(message).hasLineCount(1);
  }
}
