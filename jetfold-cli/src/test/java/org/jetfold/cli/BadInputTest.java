package org.jetfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.codec.table.EnergyUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each failure is one line that says what to do, has the right exit code, and leaves nothing
 * half-written.
 */
final class BadInputTest {
  @TempDir Path folder;

  private Path jets;

  @BeforeEach
  void writeJets() throws IOException {
    jets = Tables.write(Tables.events(50, 1), folder.resolve("jets.npz"));
  }

  static Stream<Arguments> precisions() {
    return Stream.of(
        Arguments.of("pt=rel:2", "rel:2: a relative bound must be above 0 and below 1"),
        Arguments.of("*=bits:40", "write bits:1 to bits:23, or exact"),
        Arguments.of("*=bits:0", "bits:0: mantissa bits must be between 1 and 23"),
        Arguments.of("pt=abs:-1", "an absolute bound must be a finite number above 0"),
        Arguments.of("pt=rel:nan", "a number above 0"),
        Arguments.of("pt=around:3", "is not a precision"),
        Arguments.of("pt", "is not a precision rule"),
        Arguments.of("", "is not a precision rule"),
        Arguments.of("ptt=rel:0.1", "did you mean pt"),
        Arguments.of("number=bits:5", "is always exact"));
  }

  @ParameterizedTest
  @MethodSource("precisions")
  void precisionThatIsNotPossible(String rules, String message) throws IOException {
    failsWith(
        ExitCode.USAGE,
        message,
        "compress",
        jets,
        "--precision",
        rules,
        "-o",
        folder.resolve("x.jetf"));
  }

  /** What the columns to keep are called; a name that is said twice harms nobody. */
  @Test
  void columnsToKeepThatAreNotThere() throws IOException {
    Path model = RandomAutoencoder.write(folder.resolve("ae.jetm"), EnergyUnit.MEV);
    Path jetf = folder.resolve("x.jetf");
    Object[] asked = {"compress", jets, "--model", model, "-o", jetf, "--keep", ""};
    for (String none : List.of("", "*", "p?")) {
      asked[asked.length - 1] = none;
      String message = "'%s' is not the name of a column to keep: name each column".formatted(none);
      failsWith(ExitCode.USAGE, message, asked);
    }
    asked[asked.length - 1] = "ptt";
    failsWith(ExitCode.USAGE, "there is no column ptt to keep: did you mean pt?", asked);
    asked[asked.length - 1] = "pt,jets.pt,pt";
    CommandRun.fine(asked);
  }

  static Stream<Arguments> tables() {
    return Stream.of(
        Arguments.of("ragged.csv", "a,b\n1,2\n3\n", "line 3 has 1 field"),
        Arguments.of("text.csv", "a,b\n1,2\n3,four\n", "'four' is no number"),
        Arguments.of("nothing.csv", "", "empty"),
        Arguments.of("not.h5", "this is no HDF5 file", "not.h5: it is no HDF5 file: it does not"),
        Arguments.of("not.npz", "this is no zip", "not.npz"),
        Arguments.of("not.npy", "this is no array", "not.npy"),
        Arguments.of("not.parquet", "this is no parquet file", "not.parquet"));
  }

  @ParameterizedTest
  @MethodSource("tables")
  void tableThatCannotBeRead(String name, String content, String message) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, content);
    failsWith(ExitCode.FAILED, message, "compress", file, "-o", folder.resolve("x.jetf"));
  }

  @Test
  void missingFileAndFolder() throws IOException {
    Path missing = folder.resolve("missing.npz");
    failsWith(ExitCode.FAILED, "there is no such file", "compress", missing);
    failsWith(
        ExitCode.FAILED, "there is no such file", "decompress", folder.resolve("missing.jetf"));
    failsWith(ExitCode.FAILED, "there is no such file", "inspect", folder.resolve("missing.jetf"));
    failsWith(ExitCode.FAILED, "there is no such file", "verify", folder.resolve("missing.jetf"));
    for (String command : List.of("compress", "inspect", "verify")) {
      failsWith(ExitCode.FAILED, "is a folder", command, folder);
    }
    failsWith(ExitCode.FAILED, "is a folder", "decompress", folder, "-o", folder.resolve("x.npz"));
    failsWith(
        ExitCode.FAILED, "there is no folder", "compress", jets, "-o", folder.resolve("no/x.jetf"));
  }

  @Test
  void unreadableFile() throws IOException {
    Assumptions.assumeFalse(
        "root".equals(System.getProperty("user.name")), "root may read everything");
    Files.setPosixFilePermissions(jets, Set.of(PosixFilePermission.OWNER_WRITE));
    failsWith(
        ExitCode.FAILED, "permission denied", "compress", jets, "-o", folder.resolve("x.jetf"));
  }

  @Test
  void unknownEndingAndPipesThatCannotBe() throws IOException {
    Path odd = Files.copy(jets, folder.resolve("jets.data"));
    failsWith(ExitCode.USAGE, "--from", "compress", odd, "-o", folder.resolve("x.jetf"));
    CommandRun.fine("compress", odd, "--from", "npz", "-o", folder.resolve("x.jetf"));
    failsWith(
        ExitCode.USAGE, "cannot be read from a pipe", "compress", "-", "--from", "npz", "-o", "-");
    failsWith(
        ExitCode.USAGE,
        "--to",
        "decompress",
        folder.resolve("x.jetf"),
        "-o",
        folder.resolve("x.data"));
    failsWith(ExitCode.USAGE, "there is no format", "compress", jets, "--from", "fits");
  }

  /** A name says what a file is: nothing is written under that of another kind. */
  @ParameterizedTest
  @ValueSource(strings = {"x.jetm", "x.npz", "X.ROOT", "x.parquet"})
  void compressedFileUnderTheNameOfAnotherKind(String name) throws IOException {
    failsWith(
        ExitCode.USAGE,
        ".jetf file: name it " + folder.resolve(name.substring(0, 1)) + ".jetf",
        "compress",
        jets,
        "-o",
        folder.resolve(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x.jetf", "x.npz", "x.csv"})
  void modelUnderTheNameOfAnotherKind(String name) throws IOException {
    failsWith(
        ExitCode.USAGE,
        ".jetm file: name it " + folder.resolve("x.jetm"),
        "train",
        jets,
        "-o",
        folder.resolve(name));
  }

  @Test
  void sameFileForInputAndOutput() throws IOException {
    byte[] before = Files.readAllBytes(jets);
    failsWith(ExitCode.USAGE, "the same file", "compress", jets, "-o", jets, "-f");
    Path link = Files.createSymbolicLink(folder.resolve("link.jetf"), jets);
    failsWith(ExitCode.USAGE, "the same file", "compress", jets, "-o", link, "-f");
    CommandRun.fine("compress", jets);
    Path jetf = folder.resolve("jets.jetf");
    failsWith(ExitCode.USAGE, "the same file", "decompress", jetf, "-o", jetf, "--to", "npz", "-f");
    failsWith(ExitCode.USAGE, "the same file", "compress", jetf);
    assertThat(jets).hasBinaryContent(before);
  }

  @Test
  void existingFilesStayWithoutForce() throws IOException {
    Path target = folder.resolve("jets.jetf");
    Files.writeString(target, "precious");
    failsWith(ExitCode.USAGE, "exists already", "compress", jets);
    assertThat(target).hasContent("precious");
    CommandRun.fine("compress", jets, "-f");
    assertThat(CommandRun.fine("verify", target).text()).contains("OK");
    failsWith(ExitCode.USAGE, "exists already", "decompress", target);
    CommandRun.fine("decompress", target, "-f");
  }

  @Test
  void noSpaceLeft() throws IOException {
    Path full = Path.of("/dev/full");
    Assumptions.assumeTrue(Files.exists(full), "there is no /dev/full");
    failsWith(ExitCode.FAILED, "No space left on device", "compress", jets, "-o", full);
    CommandRun.fine("compress", jets);
    Path jetf = folder.resolve("jets.jetf");
    failsWith(
        ExitCode.FAILED, "No space left on device", "decompress", jetf, "-o", full, "--to", "csv");
    failsWith(
        ExitCode.FAILED, "No space left on device", "decompress", jetf, "-o", full, "--to", "npy");
  }

  @Test
  void damagedFiles() throws IOException {
    CommandRun.fine("compress", jets);
    Path jetf = folder.resolve("jets.jetf");
    byte[] whole = Files.readAllBytes(jetf);
    Path bad = folder.resolve("bad.jetf");
    for (int length : new int[] {9, 30, whole.length / 2, whole.length - 1}) {
      Files.write(bad, java.util.Arrays.copyOf(whole, length));
      for (String command : List.of("inspect", "verify")) {
        failsWith(ExitCode.FAILED, "damaged at byte", command, bad);
      }
      failsWith(
          ExitCode.FAILED, "damaged at byte", "decompress", bad, "-o", folder.resolve("x.npz"));
    }
    byte[] newer = whole.clone();
    newer[8] = 9;
    Files.write(bad, newer);
    failsWith(ExitCode.FAILED, "use a newer one", "verify", bad);
    failsWith(ExitCode.USAGE, "the same file", "decompress", jets);
    Path csv = folder.resolve("x.csv");
    failsWith(ExitCode.USAGE, "--recover is for", "decompress", "--recover", jets, "-o", csv);
    failsWith(ExitCode.USAGE, "--shortest is for", "decompress", "--shortest", jets, "-o", csv);
    failsWith(ExitCode.USAGE, "did you mean pt", "decompress", jets, "--columns", "ptt", "-o", csv);
    Files.write(bad, new byte[0]);
    failsWith(ExitCode.FAILED, "bad.jetf: ", "verify", bad);
  }

  /** A name that is nearly that of a collection or column leads to it. */
  @ParameterizedTest
  @ValueSource(strings = {".npz", ".root", ".h5"})
  void nearNamesAreSuggested(String ending) throws IOException {
    Path events = Tables.write(Tables.events(20, 1), folder.resolve("events" + ending));
    CommandRun collection = CommandRun.of("compress", events, "--collection", "Jetz");
    assertThat(collection.err()).contains("did you mean jets").hasLineCount(1);
    CommandRun column = CommandRun.of("compress", events, "--columns", "jets.ptt");
    assertThat(column.err()).contains("did you mean ").contains("pt").hasLineCount(1);
    assertThat(collection.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(column.exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void namesInListsCanBeQuoted() throws IOException {
    Path csv = Files.writeString(folder.resolve("c.csv"), "\"pt, raw\",eta\n1.5,2\n2.5,3\n");
    Path jetf = folder.resolve("c.jetf");
    CommandRun.fine("compress", csv, "--precision", "\"pt, raw\"=abs:0.5,eta=exact");
    assertThat(
            CommandRun.fine(
                    "decompress", jetf, "--columns", "\"pt, raw\"", "-o", "-", "--to", "csv")
                .text())
        .startsWith("\"pt, raw\"\n");
    CommandRun.fine("compress", csv, "-f", "--columns", "eta,\"pt, raw\"");
    CommandRun.fine("verify", jetf, csv, "--columns", "\"pt, raw\",eta");
  }

  @Test
  void hostileNamesDoNotReachTheTerminal() throws IOException {
    Path file = folder.resolve("h.csv");
    Files.write(file, "pt,\u001b[31mred\n1,2\n".getBytes(StandardCharsets.UTF_8));
    CommandRun.fine("compress", file);
    CommandRun run = CommandRun.fine("inspect", folder.resolve("h.jetf"));
    assertThat(run.text()).contains("?[31mred").doesNotContain("\u001b");
    CommandRun failed = CommandRun.of("compress", "no\nsuch\u001b[31m.npz");
    assertThat(failed.err()).doesNotContain("\u001b").hasLineCount(1);
  }

  /** Runs a command that must fail with one line, and checks that it leaves no new file behind. */
  private void failsWith(int exitCode, String message, Object... arguments) throws IOException {
    List<String> before = Checkout.names(folder);
    CommandRun run = CommandRun.of(arguments);
    assertThat(run.err())
        .as("%s", List.of(arguments))
        .startsWith("jetfold: ")
        .contains(message)
        .hasLineCount(1);
    assertThat(run.exitCode()).as(run.err()).isEqualTo(exitCode);
    assertThat(run.out()).isEmpty();
    assertThat(Checkout.names(folder)).isEqualTo(before);
  }
}
