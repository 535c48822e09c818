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
import org.junit.jupiter.api.Tag;
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

  @Tag("slow")
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

  @Tag("slow")
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
  @Tag("slow")
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

  @Tag("slow")
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
    assertThat(run.err())
        .containsPattern("2 branches left out \\(\\w+, \\w+\\): it holds text")
        .contains("3,354 rows");
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

  /** A field whose data is damaged stops the table, unless the user leaves it out. */
  @Test
  void aDamagedFieldIsNamedAndLeftOutOnRequest() throws IOException {
    Path csv = folder.resolve("t.csv");
    StringBuilder rows = new StringBuilder("a,b\n");
    for (int i = 0; i < 500; i++) {
      rows.append(i).append(',').append(1_000_000 + 7919 * i).append('\n');
    }
    Files.writeString(csv, rows);
    Path jetf = folder.resolve("t.jetf");
    CommandRun.fine("compress", csv, "-q", "-o", jetf);
    Path root = folder.resolve("t.root");
    CommandRun.fine("decompress", jetf, "-q", "-o", root);
    assertThat(CommandRun.fine("list", "--check", root).text()).doesNotContain("not read");
    byte[] bytes = Files.readAllBytes(root);
    bytes[largestPage(bytes)] ^= 1;
    Files.write(root, bytes);

    failsWith(ExitCode.FAILED, "RNTuple Events, field b: byte ", "compress", root, "-f");
    failsWith(
        ExitCode.FAILED, "--skip-unreadable leaves such branches out", "compress", root, "-f");
    CommandRun skipped =
        CommandRun.fine("compress", root, "--skip-unreadable", "-q", "-f", "-o", jetf);
    assertThat(skipped.err()).contains("left out: b: the checksum of a page does not match");
    assertThat(CommandRun.fine("inspect", jetf).text()).contains("1 column");
    CommandRun listed = CommandRun.of("list", "--check", root);
    assertThat(listed.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(listed.text()).containsOnlyOnce("not read: RNTuple Events, field b: byte ");
  }

  /** A byte of the largest blob in a file: the page of the column with the widest numbers. */
  private static int largestPage(byte[] bytes) {
    String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
    int at = 0;
    int best = 0;
    int size = 0;
    for (int i = text.indexOf("RBlob"); i >= 0; i = text.indexOf("RBlob", i + 1)) {
      if (at > 0 && i - at > size) {
        best = at;
        size = i - at;
      }
      at = i;
    }
    return best + 40;
  }

  /** Files that were not read, or not said why: each kind has its own test in the library. */
  @Test
  void publicFilesThatFailedBefore() throws IOException {
    Path cases = Checkout.shared("cases");
    assertThat(csv(cases.resolve("base_member_same_name.root"), "d2.Base::I32,d2.I32"))
        .isEqualTo("d2.Base::I32,d2.I32\n3,4\n4,5\n");
    assertThat(csv(cases.resolve("geant4_entries.root"), "i32,f64"))
        .isEqualTo("i32,f64\n1,1.0\n2,2.0\n3,3.0\n4,4.0\n5,5.0\n");
    assertThat(csv(cases.resolve("no_leaf_streamers.root"), "b10,b11"))
        .startsWith("b10,b11\n101.0,101\n102.0,102\n")
        .hasLineCount(11);
    assertThat(csv(cases.resolve("tdatime.root") + ":tree;1", "b0.fDatime,b3.d.fDatime"))
        .isEqualTo("b0.fDatime,b3.d.fDatime\n742715653,742715653\n742846725,742846725\n");
    assertThat(csv(cases.resolve("one_branch_stops_all.root"), "Info.nPU"))
        .startsWith("Info.nPU\n9\n15\n12\n");
    Path old = cases.resolve("old_rntuple.root");
    failsWith(ExitCode.FAILED, "before 1.0 are not supported", "compress", old);
    assertThat(CommandRun.fine("list", old).text()).contains("before 1.0 are not supported");
  }

  @Test
  void aBranchThatItsFirstEntriesBelieIsLeftOutUnlessItIsNamed() {
    Path file = Checkout.shared("cases").resolve("one_branch_stops_all.root");
    Path jetf = folder.resolve("bacon.jetf");
    CommandRun run = CommandRun.fine("compress", file, "-q", "-o", jetf);
    assertThat(run.err()).contains("left out: Info.triggerBits: ");
    failsWith(
        ExitCode.FAILED,
        "tree Events, branch Info.triggerBits cannot be read: ",
        "compress",
        file,
        "--columns",
        "Info.nPU,Info.triggerBits",
        "-f");
    CommandRun listed = CommandRun.fine("list", "--check", file);
    assertThat(listed.text()).contains("not read: tree Events, branch triggerBits, entry 0: byte ");
  }

  private String csv(Object input, String columns) throws IOException {
    Path jetf = folder.resolve("case.jetf");
    Path csv = folder.resolve("case.csv");
    CommandRun.fine("compress", input, "--columns", columns, "-q", "-f", "-o", jetf);
    CommandRun.fine("decompress", jetf, "-q", "-f", "-o", csv);
    return Files.readString(csv);
  }

  private void failsWith(int code, String message, Object... arguments) {
    CommandRun run = CommandRun.of(arguments);
    assertThat(run.exitCode()).as(run.err()).isEqualTo(code);
    assertThat(run.err()).startsWith("jetfold: ").contains(message).hasLineCount(1);
  }
}
