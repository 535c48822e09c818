package org.jetfold.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Table;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is compressed comes back: through every format, through pipes, wholly or in part. */
final class RoundTripTest {
  @TempDir Path folder;

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(strings = {"npz", "npy", "parquet", "csv", "arrows"})
  void everyFormatComesBackExactly(String format) throws IOException {
    Table table = Tables.flat(5000, 1);
    Path original = Tables.write(table, folder.resolve("jets." + format));
    CommandRun run = CommandRun.fine("compress", original);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("5,000 rows, 3 columns").contains("every value is kept exactly");
    Path restored = folder.resolve("back." + format);
    CommandRun.fine("decompress", folder.resolve("jets.jetf"), "-o", restored);
    assertEqual(Tables.read(original, null), Tables.read(restored, null));
    assertThat(CommandRun.fine("verify", folder.resolve("jets.jetf"), original).text())
        .contains("OK");
  }

  @Test
  void eventsComeBackWithTheirValues() throws IOException {
    Table table = Tables.events(3000, 2);
    Path original = Tables.write(table, folder.resolve("events.npz"));
    CommandRun.fine(
        "compress", original, "--precision", "*=bits:9", "-o", folder.resolve("e.jetf"));
    CommandRun.fine("decompress", folder.resolve("e.jetf"), "-o", folder.resolve("back.npz"));
    Table restored = Tables.read(folder.resolve("back.npz"), null);
    assertThat(restored.offsets(1)).isEqualTo(table.offsets(1));
    assertThat(restored.values(0)).usingRecursiveComparison().isEqualTo(table.values(0));
    assertThat(restored.values(1)).usingRecursiveComparison().isEqualTo(table.values(1));
    CommandRun verified = CommandRun.fine("verify", folder.resolve("e.jetf"), original);
    assertThat(verified.text()).contains("jets.pt").contains("bits:9").contains("OK");
  }

  @Test
  void aTableThatReadingChangedIsNotCalledExact() throws IOException {
    Path csv = Files.writeString(folder.resolve("jets.csv"), "n,pt\n1,1.5\n,2.5\n3,\n");
    CommandRun run = CommandRun.fine("compress", csv);
    assertThat(run.err())
        .contains("column n: missing values read as NaN, the others as float64: 1")
        .contains(
            "all is kept exactly but 2 values of n, pt, which changed when the input was read")
        .doesNotContain("every value is kept exactly");
    assertThat(CommandRun.fine("compress", csv, "-f", "--columns", "pt").err())
        .contains("all is kept exactly but 1 value of pt, which");
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(strings = {"npz", "root", "h5", "parquet", "csv", "npy", "arrow"})
  void anOutputWithoutChecksumsIsSaidToHaveNone(String format) throws IOException {
    Tables.write(Tables.flat(10, 1), folder.resolve("a.npz"));
    CommandRun.fine("compress", folder.resolve("a.npz"));
    CommandRun run =
        CommandRun.fine(
            "decompress", folder.resolve("a.jetf"), "-o", folder.resolve("b." + format));
    String line = "10 rows, 3 columns; it has no checksums, so damage to it cannot be seen\n";
    boolean checked = List.of("npz", "root", "h5").contains(format);
    assertThat(run.err().endsWith(line)).isEqualTo(!checked);
  }

  @Test
  void csvHasTheFewestDigitsWithinTheBoundWhereAsked() throws IOException {
    Table table = Tables.events(200, 1);
    Path original = Tables.write(table, folder.resolve("jets.npz"));
    Path jetf = folder.resolve("e.jetf");
    CommandRun.fine("compress", original, "--precision", "*=bits:9", "-o", jetf);
    String whole = CommandRun.fine("decompress", jetf, "-o", "-", "--to", "csv").text();
    Path shortest = folder.resolve("shortest.csv");
    CommandRun.fine("decompress", jetf, "--shortest", "-o", shortest);
    assertThat(Files.readString(shortest).length()).isLessThan(whole.length() * 9 / 10);
    List<String> lines = Files.readAllLines(shortest);
    int pt = List.of(lines.getFirst().split(",", -1)).indexOf("pt");
    float[] originals = ((ColumnValues.Floats) table.values(2)).values();
    for (int jet = 0; jet < originals.length; jet++) {
      double printed = Double.parseDouble(lines.get(jet + 1).split(",", -1)[pt]);
      assertThat(Math.abs(printed - originals[jet]))
          .isLessThanOrEqualTo(Math.scalb(Math.abs(originals[jet]), -10));
    }
    CommandRun other =
        CommandRun.of("decompress", jetf, "--shortest", "-o", folder.resolve("x.npz"));
    assertThat(other.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(other.err()).contains("--shortest is for CSV").hasLineCount(1);
  }

  @Test
  void severalFilesGoIntoAFolder() throws IOException {
    Path original = Tables.write(Tables.events(20, 1), folder.resolve("jets.npz"));
    Path one = folder.resolve("one.jetf");
    CommandRun.fine("compress", original, "-o", one);
    Path two = Files.copy(one, folder.resolve("two.jetf"));
    Path made = folder.resolve("new/tables");
    CommandRun.fine("decompress", one, two, "-o", made + "/", "--to", "parquet");
    assertThat(Checkout.names(made)).containsExactly("one.parquet", "two.parquet");
    CommandRun beside = CommandRun.of("decompress", one, two, "-o", folder.resolve("x.npz"));
    assertThat(beside.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(beside.err()).contains("2 inputs need a folder").hasLineCount(1);
    Path file = Files.createFile(folder.resolve("file"));
    CommandRun impossible = CommandRun.of("compress", original, "-o", file + "/sub/");
    assertThat(impossible.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(impossible.err()).contains("the folder cannot be made").hasLineCount(1);
  }

  @Test
  void eventColumnMakesEvents() throws IOException {
    Path csv = folder.resolve("jets.csv");
    Files.writeString(csv, "event,pt\n7,1.5\n7,2.5\n8,3.5\n");
    CommandRun run = CommandRun.fine("compress", csv, "--event-column", "event");
    assertThat(run.err()).contains("2 events, 3 jets");
    CommandRun.fine("verify", folder.resolve("jets.jetf"), csv, "--event-column", "event");
    CommandRun.fine("verify", folder.resolve("jets.jetf"), csv);
  }

  @Test
  void bothWaysThroughPipes() throws IOException {
    String csv = "pt,eta\n1.5,0.25\n2.5,-0.75\n";
    CommandRun compressed =
        CommandRun.withInput(
            csv.getBytes(StandardCharsets.UTF_8), "compress", "-", "--from", "csv", "-o", "-");
    assertThat(compressed.exitCode()).isZero();
    CommandRun restored =
        CommandRun.withInput(compressed.out(), "decompress", "-", "-o", "-", "--to", "csv");
    assertThat(restored.exitCode()).isZero();
    assertThat(restored.text()).isEqualTo(csv);
    CommandRun verified = CommandRun.withInput(compressed.out(), "verify", "-");
    assertThat(verified.text())
        .isEqualTo("standard input: OK, 2 rows, 2 columns; every checksum is right\n");
  }

  @Test
  void columnsAreChosenByNameAndGlob() throws IOException {
    Path original = Tables.write(Tables.events(100, 3), folder.resolve("e.npz"));
    CommandRun.fine("compress", original);
    Path jetf = folder.resolve("e.jetf");
    assertThat(heading("decompress", jetf, "-o", "-", "--to", "csv", "--columns", "eta,pt"))
        .isEqualTo("event,pt,eta");
    assertThat(heading("decompress", jetf, "-o", "-", "--to", "csv", "--columns", "*t*"))
        .isEqualTo("event,weight,pt,eta");
    assertThat(heading("decompress", jetf, "-o", "-", "--to", "csv", "--columns", "jets.p?i"))
        .isEqualTo("event,phi");
    assertThat(heading("decompress", jetf, "-o", "-", "--to", "csv", "--columns", "number"))
        .isEqualTo("number");
    CommandRun unknown = CommandRun.of("decompress", jetf, "--columns", "etta");
    assertThat(unknown.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(unknown.err())
        .isEqualTo(
            "jetfold: %s: --columns: no column is called etta; did you mean eta?\n"
                .formatted(jetf));
  }

  private static String heading(Object... arguments) {
    return CommandRun.fine(arguments).text().lines().findFirst().orElseThrow();
  }

  @Tag("slow")
  @Test
  void presetSaysWhatItChose() {
    CommandRun run =
        CommandRun.fine(
            "compress", Checkout.sample(), "--precision", "jets", "-o", folder.resolve("s.jetf"));
    assertThat(run.err())
        .contains("the preset chose")
        .contains("jets.pt ")
        .contains("a transverse momentum");
    assertThat(run.err()).contains("has type int64").doesNotContain("kept exactly");
  }

  @Test
  void quietSaysNothing() {
    CommandRun run =
        CommandRun.fine("compress", Checkout.sample(), "-q", "-o", folder.resolve("s.jetf"));
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).isEmpty();
  }

  @Test
  void globThatFitsNothingIsAWarning() {
    CommandRun run =
        CommandRun.fine(
            "compress",
            Checkout.sample(),
            "-q",
            "--precision",
            "x*=bits:5",
            "-o",
            folder.resolve("s.jetf"));
    assertThat(run.err()).contains("warning: ").contains("no column fits the pattern x*");
  }

  static void assertEqual(Table expected, Table actual) {
    assertThat(actual.rootEntries()).isEqualTo(expected.rootEntries());
    assertThat(actual.schema().columns())
        .extracting("name", "type")
        .isEqualTo(namesAndTypes(expected));
    for (int column = 0; column < expected.schema().columns().size(); column++) {
      if (expected.values(column) instanceof ColumnValues.Floats(float[] before)
          && actual.values(column) instanceof ColumnValues.Floats(float[] after)) {
        // NaNs too: bit for bit.
        assertThat(bits(after)).isEqualTo(bits(before));
      } else {
        assertThat(actual.values(column))
            .usingRecursiveComparison()
            .isEqualTo(expected.values(column));
      }
    }
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }

  private static List<Tuple> namesAndTypes(Table table) {
    return table.schema().columns().stream()
        .map(column -> tuple(column.name(), column.type()))
        .toList();
  }
}
