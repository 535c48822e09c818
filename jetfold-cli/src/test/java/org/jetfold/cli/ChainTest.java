package org.jetfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.codec.table.Table;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several files as one table, from the command line. */
final class ChainTest {
  private static final Table EVENTS = Tables.events(700, 4);

  @TempDir Path folder;
  private Path parts;

  @BeforeEach
  void makeFolder() throws IOException {
    parts = Files.createDirectory(folder.resolve("parts"));
  }

  /** The events in three files, of which the last by name comes first. */
  private List<Path> parts(String ending) throws IOException {
    return List.of(
        Tables.write(EVENTS.slice(0, 300), parts.resolve("z" + ending)),
        Tables.write(EVENTS.slice(300, 301), parts.resolve("a" + ending)),
        Tables.write(EVENTS.slice(301, 700), parts.resolve("m" + ending)));
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(strings = {".npz", ".parquet", ".root", ".h5", ".arrow"})
  void oneFileHoldsWhatTheWholeTableGives(String ending) throws IOException {
    List<Path> in = parts(ending);
    Path whole = Tables.write(EVENTS, folder.resolve("whole" + ending));
    Path expected = folder.resolve("expected.jetf");
    Path chained = folder.resolve("chained.jetf");
    CommandRun.fine("compress", whole, "-o", expected, "--precision", "*pt=rel:0.01");
    CommandRun run =
        CommandRun.fine(
            "compress",
            in.get(0),
            in.get(1),
            in.get(2),
            "-o",
            chained,
            "--precision",
            "*pt=rel:0.01");
    assertThat(chained).hasSameBinaryContentAs(expected);
    assertThat(run.err()).contains("700 events").contains("as 3 files");
    CommandRun verified = CommandRun.fine("verify", chained, in.get(0), in.get(1), in.get(2));
    assertThat(verified.text()).contains("z" + ending + " and 2 more");
    assertThat(CommandRun.of("verify", chained, in.get(1), in.get(0), in.get(2)).exitCode())
        .isEqualTo(ExitCode.DIFFERENT);
  }

  @Tag("slow")
  @Test
  void aGlobIsOneTableForEveryCommand() throws IOException {
    parts(".npz");
    String glob = parts + "/*.npz";
    Path jetf = folder.resolve("all.jetf");
    CommandRun.fine("compress", glob, "-o", jetf);
    CommandRun.fine("verify", jetf, glob);
    CommandRun.fine("evaluate", glob, jetf);
    assertThat(CommandRun.fine("compare", glob, "--rows", "500").text()).contains("zstd");
    CommandRun.fine("study", "double-quantization", glob);
    CommandRun.fine("compress", glob, "-o", "-");
    CommandRun nameless = CommandRun.of("compress", glob);
    assertThat(nameless.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(nameless.err()).contains("name the file for it").hasLineCount(1);
    CommandRun none = CommandRun.of("compress", parts + "/*.csv", "-o", folder.resolve("x.jetf"));
    assertThat(none.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(none.err()).contains("*.csv: no file has such a name").hasLineCount(1);
  }

  @Test
  void aFileOrStandardOutputIsOneTable() throws IOException {
    List<Path> in = parts(".npz");
    Path jetf = folder.resolve("all.jetf");
    CommandRun.fine("compress", in.get(0), in.get(2), "-o", jetf);
    assertThat(CommandRun.fine("compress", in.get(0), in.get(2), "-o", "-", "-q").out())
        .isEqualTo(Files.readAllBytes(jetf));
    CommandRun typo = CommandRun.of("compress", in.get(0), in.get(2), "-o", folder.resolve("out"));
    assertThat(typo.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(typo.err())
        .contains(
            "out: there is no such folder: end its name in / to make it, or name a file that ends"
                + " in .jetf")
        .hasLineCount(1);
    CommandRun twice = CommandRun.of("compress", "-", "-", "--from", "csv", "-o", jetf, "-f");
    assertThat(twice.exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void damageInTheMiddleLeavesNothing() throws IOException {
    List<Path> in = parts(".npz");
    Path bad = in.get(1);
    byte[] bytes = Files.readAllBytes(bad);
    Files.write(bad, Arrays.copyOf(bytes, bytes.length / 2));
    refused(ExitCode.FAILED, bad.toString(), in.get(0), bad, in.get(2));
    Files.delete(bad);
    refused(ExitCode.FAILED, bad + ": there is no such file", in.get(0), bad, in.get(2));
    Path flat = Tables.write(Tables.flat(10, 1), bad);
    refused(ExitCode.USAGE, flat + ": cannot be one table with " + in.get(0), in.get(0), flat);
  }

  private void refused(int exitCode, String message, Object... inputs) throws IOException {
    List<String> before = Checkout.names(folder);
    Object[] arguments = new Object[inputs.length + 3];
    arguments[0] = "compress";
    System.arraycopy(inputs, 0, arguments, 1, inputs.length);
    arguments[inputs.length + 1] = "-o";
    arguments[inputs.length + 2] = folder.resolve("out.jetf");
    CommandRun run = CommandRun.of(arguments);
    assertThat(run.exitCode()).as(run.err()).isEqualTo(exitCode);
    assertThat(run.err()).contains(message).hasLineCount(1);
    assertThat(Checkout.names(folder)).isEqualTo(before);
  }

  /** The same events in files of three codecs. */
  @Tag("slow")
  @Test
  void rootFilesFollowOneAnother() throws IOException {
    Path root = Checkout.data("root");
    List<Path> in =
        List.of(
            root.resolve("uproot-HZZ-zstd.root"),
            root.resolve("uproot-HZZ-lz4.root"),
            root.resolve("uproot-HZZ-zlib.root"));
    Path one = folder.resolve("one.jetf");
    Path all = folder.resolve("all.jetf");
    for (String command : List.of("--collection", "")) {
      String[] wanted = command.isEmpty() ? new String[0] : new String[] {command, "Jet"};
      CommandRun.fine(with(wanted, "compress", in.get(0), "-o", one, "-q", "-f"));
      CommandRun.fine(
          with(
              wanted,
              "compress",
              in.get(0) + ":events",
              in.get(1) + ":events",
              in.get(2),
              "-o",
              all,
              "-q",
              "-f"));
      Path npz = folder.resolve("one.npz");
      Path npzOfAll = folder.resolve("all.npz");
      CommandRun.fine("decompress", one, "-o", npz, "-q", "-f");
      CommandRun.fine("decompress", all, "-o", npzOfAll, "-q", "-f");
      Path expected = folder.resolve("three.jetf");
      Path found = folder.resolve("found.jetf");
      CommandRun.fine("compress", npz, npz, npz, "-o", expected, "-q", "-f");
      CommandRun.fine("compress", npzOfAll, "-o", found, "-q", "-f");
      assertThat(found).hasSameBinaryContentAs(expected);
    }
  }

  private static Object[] with(String[] more, Object... arguments) {
    Object[] all = Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return all;
  }
}
