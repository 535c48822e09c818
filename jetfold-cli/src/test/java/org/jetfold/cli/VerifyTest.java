package org.jetfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.EnergyUnit;
import org.jetfold.codec.table.Group;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code verify}: what it accepts, and what it finds. */
final class VerifyTest {
  @TempDir Path folder;

  private Path compressed(String csv, String... more) throws IOException {
    Path file = folder.resolve("t.csv");
    Files.writeString(file, csv);
    Object[] arguments = new Object[more.length + 4];
    arguments[0] = "compress";
    arguments[1] = file;
    arguments[2] = "-q";
    arguments[3] = "-f";
    System.arraycopy(more, 0, arguments, 4, more.length);
    CommandRun.fine(arguments);
    return folder.resolve("t.jetf");
  }

  private CommandRun against(Path jetf, String csv, Object... more) throws IOException {
    Path file = folder.resolve("other.csv");
    Files.writeString(file, csv);
    Object[] arguments = new Object[more.length + 3];
    arguments[0] = "verify";
    arguments[1] = jetf;
    arguments[2] = file;
    System.arraycopy(more, 0, arguments, 3, more.length);
    return CommandRun.of(arguments);
  }

  @Test
  void violationsAreCountedAndThePlaceIsNamed() throws IOException {
    Path jetf = compressed("pt,eta\n1.5,1\n2.5,1.25\n3.5,1.5\n", "--precision", "pt=abs:0.01");
    assertThat(against(jetf, "pt,eta\n1.5,1\n2.5,1.25\n3.5,1.5\n").exitCode()).isZero();
    CommandRun broken = against(jetf, "pt,eta\n1.5,1\n2.6,1.25\n3.7,1.5\n");
    assertThat(broken.exitCode()).isEqualTo(ExitCode.DIFFERENT);
    assertThat(broken.text()).contains("VIOLATED by 2 values");
    assertThat(broken.err())
        .contains("column pt violates abs:0.01 first at entry 1: 2.6 in the original");
    CommandRun exact = against(jetf, "pt,eta\n1.5,1\n2.5,1.2500001\n3.5,1.5\n");
    assertThat(exact.exitCode()).isEqualTo(ExitCode.DIFFERENT);
    assertThat(exact.err()).contains("column eta violates exact first at entry 1");
  }

  @Test
  void boundsOnWhatIsComputedAreChecked() throws IOException {
    Path jets = Tables.write(Tables.events(200, 1), folder.resolve("jets.npz"));
    Path jetf = folder.resolve("jets.jetf");
    CommandRun.fine("compress", jets, "-q", "--precision", "*=rel:0.01");
    CommandRun kept = CommandRun.of("verify", jetf, jets, "--guarantee", "HT=rel:0.01");
    assertThat(kept.exitCode()).as(kept.err()).isZero();
    assertThat(kept.text()).contains("HT", "rel:0.01");
    CommandRun missed =
        CommandRun.of(
            "verify",
            jetf,
            jets,
            "--derive",
            "double = 2*pt",
            "--guarantee",
            "double=rel:0.001,HT=rel:0.01");
    assertThat(missed.exitCode()).isEqualTo(ExitCode.DIFFERENT);
    assertThat(missed.text()).contains("MISSED by ");
    assertThat(missed.err()).contains("double misses rel:0.001 first at entry ");
    CommandRun quiet =
        CommandRun.of("verify", "-q", jetf, jets, "--guarantee", "mjj=rel:1e-5", "--jets", "jets");
    assertThat(quiet.exitCode()).isEqualTo(ExitCode.DIFFERENT);
    assertThat(quiet.text()).isEmpty();
    assertThat(quiet.err()).contains("mjj of jets misses rel:1e-5").hasLineCount(1);
    assertUsage("mjjj: did you mean mjj", "verify", jetf, jets, "--guarantee", "mjjj=rel:0.01");
    assertUsage("character 4", "verify", jetf, jets, "--guarantee", "a=abs:1", "--derive", "a=pt*");
    assertUsage("is not a bound", "verify", jetf, jets, "--guarantee", "mjj");
    assertUsage(
        "--jets: no collection",
        "verify",
        jetf,
        jets,
        "--guarantee",
        "HT=abs:1",
        "--jets",
        "muons");
    assertUsage("go with --guarantee", "verify", jetf, jets, "--jets", "jets");
    assertUsage("--guarantee needs", "verify", jetf, "--guarantee", "HT=abs:1");
  }

  @Test
  void boundsThatAFileHoldsAreCheckedAndShown() throws IOException {
    Path jets = Tables.write(Tables.events(400, 1), folder.resolve("jets.npz"));
    Path jetf = folder.resolve("jets.jetf");
    String[] bounds = {"--guarantee", "HT=rel:0.002,double=rel:0.009", "--derive", "double=2*pt"};
    CommandRun.fine("compress", jets, "-q", "--precision", "*=rel:0.01");
    assertThat(
            CommandRun.of("verify", jetf, jets, bounds[0], bounds[1], bounds[2], bounds[3])
                .exitCode())
        .isEqualTo(ExitCode.DIFFERENT);
    CommandRun compressed =
        CommandRun.fine(
            "compress",
            jets,
            "-f",
            "--precision",
            "*=rel:0.01",
            bounds[0],
            bounds[1],
            bounds[2],
            bounds[3]);
    assertThat(compressed.err())
        .containsPattern(
            "events of 400 made exact, so that HT=rel:0.002 of jets, double=rel:0.009");
    CommandRun verified = CommandRun.fine("verify", jetf, jets);
    assertThat(verified.text())
        .contains("HT", "rel:0.002", "double")
        .contains("; what is computed is, too: HT=rel:0.002 of jets, double=rel:0.009")
        .doesNotContain("MISSED");
    assertThat(CommandRun.fine("inspect", jetf).text())
        .contains("guaranteed: HT=rel:0.002", "double=rel:0.009, where it is 2*pt", "exact events");
    assertThat(CommandRun.fine("inspect", "--json", jetf).text())
        .contains("\"quantity\" : \"double\"", "\"expression\" : \"2*pt\"")
        .contains("\"collection\" : \"jets\"", "\"collection\" : null");
    Path other = Tables.write(Tables.events(400, 2), folder.resolve("other.npz"));
    assertThat(CommandRun.of("verify", jetf, other).exitCode()).isEqualTo(ExitCode.DIFFERENT);
    assertUsage("mjjj: did you mean mjj", "compress", jets, "-f", "--guarantee", "mjjj=rel:0.01");
    assertUsage("is a column", "compress", jets, "-f", "--guarantee", "pt=rel:0.01");
    assertUsage(
        "character 4", "compress", jets, "-f", "--guarantee", "a=abs:1", "--derive", "a=pt*");
    assertUsage("go with --guarantee", "compress", jets, "-f", "--jets", "jets");
  }

  /** What comes through a pipe is read once: the summary says what that leaves out. */
  @Test
  void summarySaysWhatIsNotChecked() throws IOException {
    Path jetf =
        compressed(
            "event,pt,eta\n1,3.5,1\n1,2.5,2\n2,7.5,1\n",
            "--event-column",
            "event",
            "--precision",
            "pt=rel:0.01",
            "--guarantee",
            "HT=rel:0.004");
    CommandRun run =
        CommandRun.withInput(
            Files.readAllBytes(folder.resolve("t.csv")),
            "verify",
            "-q",
            jetf,
            "-",
            "--from",
            "csv",
            "--event-column",
            "event");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.text()).contains("OK, every value", "; not checked: HT=rel:0.004 of ");
  }

  /** What is wrong with a quantity, its definition or the jets names the option that says it. */
  @Test
  void optionsOfQuantitiesAreNamed() throws IOException {
    Path both = Tables.write(twoCollections(), folder.resolve("both.npz"));
    String[] unclear = {"--guarantee", "HT=rel:0.01"};
    assertUsage("name one of jets, muons with --jets", "compress", both, unclear[0], unclear[1]);
    String[] wrong = {"--guarantee", "a=rel:0.01", "--derive", "a = ptt*2"};
    assertUsage("--derive: ", "compress", both, wrong[0], wrong[1], wrong[2], wrong[3]);
    assertUsage("--guarantee: no quantity is", "compress", both, "--guarantee", "HTT=rel:0.1");
    assertUsage("--derive: ", "evaluate", both, both, "--derive", "a = ptt*2");
    assertUsage("--derive: ", "tune", both, "--target", "a.rms<1", "--derive", "a = (");
    assertUsage("--jets: ", "tune", both, "--target", "HT.rms<1", "--jets", "taus");
    CommandRun made =
        CommandRun.fine(
            "compress",
            both,
            "--precision",
            "*pt=rel:0.01",
            "--jets",
            "muons",
            unclear[0],
            unclear[1]);
    assertThat(made.err()).contains("HT=rel:0.01 of muons");
    assertThat(CommandRun.fine("inspect", folder.resolve("both.jetf")).text())
        .contains("guaranteed: HT=rel:0.01 of muons");
  }

  private static Table twoCollections() {
    Table one = Tables.events(30, 1);
    Table other = Tables.events(30, 2);
    Group jets = one.schema().groups().getLast();
    Group root =
        new Group(
            "",
            one.schema().root().columns(),
            List.of(jets, new Group("muons", jets.columns(), List.of())));
    List<ColumnValues> values = new ArrayList<>();
    for (int column = 0; column < one.schema().columns().size(); column++) {
      values.add(one.values(column));
    }
    for (int column = 2; column < other.schema().columns().size(); column++) {
      values.add(other.values(column));
    }
    return new Table(new Schema(root), 30, List.of(one.offsets(1), other.offsets(1)), values);
  }

  private static void assertUsage(String message, Object... arguments) {
    CommandRun run = CommandRun.of(arguments);
    assertThat(run.err()).contains(message);
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void anotherTableIsNamedAsSuch() throws IOException {
    Path jetf = compressed("pt,eta\n1.5,1.5\n2.5,1.25\n");
    assertDifferent(
        against(jetf, "pt,phi\n1.5,1.5\n2.5,1.25\n"), "the restored table has no column phi");
    assertDifferent(against(jetf, "pt\n1.5\n2.5\n"), "the original has no column eta");
    assertDifferent(
        against(jetf, "pt,eta\n1.5,1.5\n"),
        "the original ends after 1 row, the restored table has more");
    assertDifferent(
        against(jetf, "pt,eta\n1.5,1.5\n2.5,1.25\n3.5,1\n"),
        "the restored table ends after 2 rows, the original has more");
    assertDifferent(against(jetf, "pt,eta\n1.5,1\n2.5,2\n"), "column eta has type");
    assertDifferent(
        against(jetf, "pt,eta\n1.5,1.5\n2.5,1.25\n", "--event-column", "pt"),
        "the original has events, the restored table has none");
    Path events = compressed("pt,eta\n1.5,1.5\n2.5,1.25\n", "--event-column", "pt");
    assertDifferent(
        against(events, "pt2,eta\n1.5,1.5\n2.5,1.25\n"),
        "the original has none: name the column that marks them with --event-column");
  }

  @Test
  void columnsAndEventsAreThoseOfTheFile() throws IOException {
    Path flat = compressed("pt,eta,m\n1.5,1,3\n2.5,1.25,4\n", "--columns", "m,pt");
    CommandRun run = against(flat, "pt,eta,m\n1.5,7,3\n2.5,8,4\n");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).contains("compared with those columns of the original");
    assertThat(against(flat, "pt,eta,m\n1.5,7,3\n2.5,8,5\n").exitCode())
        .isEqualTo(ExitCode.DIFFERENT);
    Path events = compressed("event,pt\n1,1.5\n1,2.5\n2,3.5\n", "--event-column", "event");
    assertThat(against(events, "event,pt\n1,1.5\n1,2.5\n2,3.5\n").exitCode()).isZero();
  }

  @Test
  void severalFilesAreCheckedOneByOne() throws IOException {
    Path one = compressed("pt\n1.5\n");
    Path other = Files.copy(one, folder.resolve("other.jetf"));
    byte[] bytes = Files.readAllBytes(one);
    bytes[bytes.length / 2] ^= 1;
    Path bad = Files.write(folder.resolve("bad.jetf"), bytes);
    CommandRun run = CommandRun.of("verify", one, bad, other);
    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.text()).contains("t.jetf: OK").contains("other.jetf: OK");
    assertThat(run.err()).contains("bad.jetf: damaged").hasLineCount(1);
    assertThat(CommandRun.of("verify", one, other, folder.resolve("t.csv")).exitCode())
        .isEqualTo(ExitCode.USAGE);
  }

  /** Where there is nothing to compare with, a table of any format is read to its end. */
  @Test
  void tablesAlone() throws IOException {
    Path whole = Tables.write(Tables.events(50, 1), folder.resolve("jets.npz"));
    assertThat(CommandRun.fine("verify", whole).text())
        .contains("jets.npz: can be read, 50 events");
    byte[] bytes = Files.readAllBytes(whole);
    bytes[bytes.length / 2] ^= 1;
    Files.write(whole, bytes);
    assertThat(CommandRun.of("verify", whole).exitCode()).isEqualTo(ExitCode.FAILED);
  }

  /** An RNTuple calls jets.pt jets_pt: whichever of both was compressed, it is the same table. */
  @Test
  void dotsInNamesAreUnderscoresInRootFiles() throws IOException {
    Path jets = Tables.write(Tables.events(50, 1), folder.resolve("jets.npz"));
    Path jetf = folder.resolve("jets.jetf");
    Path root = folder.resolve("back.root");
    CommandRun.fine("compress", jets, "-q");
    CommandRun.fine("decompress", jetf, "-o", root);
    assertThat(CommandRun.fine("verify", jetf, root).text()).contains("OK, every value");
    CommandRun.fine("compress", root, "-q");
    CommandRun.fine("verify", folder.resolve("back.jetf"), jets);
  }

  @Test
  void eventsMustHaveTheSameJets() throws IOException {
    Path jetf = compressed("event,pt\n1,1.5\n1,2.5\n2,3.5\n2,4.5\n", "--event-column", "event");
    assertDifferent(
        against(jetf, "event,pt\n1,1.5\n2,2.5\n2,3.5\n2,4.5\n", "--event-column", "event"),
        "event 0 has different numbers of jets: 1 in the original, 2 in the restored table");
  }

  private static void assertDifferent(CommandRun run, String difference) {
    assertThat(run.err())
        .contains("other.csv is not its original: ")
        .contains(difference)
        .hasLineCount(1);
    assertThat(run.exitCode()).isEqualTo(ExitCode.DIFFERENT);
  }

  @Test
  void whatAnAutoencoderRestoresIsSaidToBeMeasured() throws IOException {
    Path model = RandomAutoencoder.write(folder.resolve("a.jetm"), EnergyUnit.MEV);
    Path jets = Tables.write(Tables.flat(50, 1), folder.resolve("jets.npz"));
    Path jetf = folder.resolve("jets.jetf");
    CommandRun.fine("compress", jets, "--model", model, "-o", jetf, "-q");
    assertThat(CommandRun.fine("verify", jetf).text())
        .contains("jets.jetf: OK, ", "restores is measured, not guaranteed: 'jetfold inspect'");
    assertThat(CommandRun.fine("verify", jetf, jets).text())
        .contains("jets.npz; the errors of 3 columns are measured, not guaranteed")
        .doesNotContain("within its precision");
    CommandRun.fine(
        "compress",
        jets,
        "--model",
        model,
        "--bounded",
        "--precision",
        "*=bits:7",
        "-o",
        jetf,
        "-q",
        "-f");
    assertThat(CommandRun.fine("verify", jetf).text()).contains("OK").doesNotContain("measured");
  }

  @Test
  void onlyOneInputCanBeStandardInput() {
    CommandRun run = CommandRun.of("verify", "-", "-");
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
  }
}
