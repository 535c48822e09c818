package org.jetfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.EnergyUnit;
import org.jetfold.codec.table.Table;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compressed files as inputs: merged, cut, filtered, compressed once more, and read as tables. */
final class CompressedInputsTest {
  private static final String DITHERED = "pt=rel:0.004:dither,eta=abs:0.01:dither";

  @TempDir static Path folder;

  private static Path first;
  private static Path second;
  private static Path original;

  @BeforeAll
  static void compressTwo() throws IOException {
    Table table = Tables.events(400, 11);
    original = Tables.write(table, folder.resolve("all.npz"));
    first = compressed("first", table.slice(0, 250), "1");
    second = compressed("second", table.slice(250, 400), "2");
  }

  private static Path compressed(String name, Table table, String seed) throws IOException {
    Path plain = Tables.write(table, folder.resolve(name + ".npz"));
    Path file = folder.resolve(name + ".jetf");
    CommandRun.fine("compress", plain, "--precision", DITHERED, "--seed", seed, "-o", file);
    return file;
  }

  private static float[] pt(Path file) throws IOException {
    return ((ColumnValues.Floats) Tables.read(file, null).values(2)).values();
  }

  @Test
  void filesAreMergedWithoutAChange() throws IOException {
    Path merged = folder.resolve("merged.jetf");
    CommandRun run = CommandRun.fine("compress", first, second, "-o", merged);
    assertThat(run.err()).contains("400 events").contains("same bits");
    CommandRun.fine("verify", merged, original);
    Table whole = Table.joined(List.of(Tables.read(first, null), Tables.read(second, null)));
    assertThat(pt(merged)).isEqualTo(whole.floats("pt"));
  }

  @Test
  void eventsAreChosenAlikeByEveryCommand() throws IOException {
    Path merged = folder.resolve("to-choose.jetf");
    CommandRun.fine("compress", first, second, "-o", merged);
    Path cut = folder.resolve("cut.jetf");
    Path table = folder.resolve("cut.npz");
    String[] chosen = {"--events", "200:300", "--where", "pt > 50e3 and abs(eta) < 2"};
    CommandRun.fine("compress", merged, "-o", cut, chosen[0], chosen[1], chosen[2], chosen[3]);
    CommandRun.fine("decompress", merged, "-o", table, chosen[0], chosen[1], chosen[2], chosen[3]);
    assertThat(pt(cut)).isNotEmpty().isEqualTo(pt(table));
    Path numbers = folder.resolve("numbers.csv");
    CommandRun.fine("decompress", cut, "-o", numbers, "--columns", "number");
    int events = Files.readAllLines(numbers).size() - 1;
    CommandRun head =
        CommandRun.fine("head", merged, "-n", "1000", chosen[0], chosen[1], chosen[2], chosen[3]);
    assertThat(head.text().lines().filter(line -> line.contains("•")).count()).isEqualTo(events);
    CommandRun ofTable = CommandRun.fine("head", table, "-n", "1000", chosen[2], chosen[3]);
    assertThat(ofTable.text().lines().filter(line -> line.contains("•")).count()).isEqualTo(events);
  }

  @Test
  void headPrintsTheFirstEvents() {
    CommandRun run = CommandRun.fine("head", first, "-n", "2", "--columns", "number,pt");
    assertThat(run.text().lines().findFirst().orElseThrow()).contains("event").contains("jets.pt");
    assertThat(CommandRun.fine("head", first, "--events", "100:").text()).contains("100");
    assertThat(CommandRun.of("head", first, "-n", "0").exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void boundsAddUpAndAreShown() {
    Path coarser = folder.resolve("coarser.jetf");
    CommandRun run =
        CommandRun.fine("compress", first, "--precision", "pt=rel:0.01", "-o", coarser);
    assertThat(run.err()).contains("jets.pt rel:0.01 after rel:0.004, together rel:0.01404");
    assertThat(CommandRun.fine("inspect", coarser).text())
        .contains("jets.pt: compressed before (rel:0.004): together within rel:0.01404");
    CommandRun.fine("verify", coarser, folder.resolve("first.npz"));
    assertThat(CommandRun.fine("verify", coarser, folder.resolve("first.npz")).text())
        .contains("rel:0.01 after rel:0.004");
    Path mixed = folder.resolve("mixed.jetf");
    CommandRun other = CommandRun.fine("compress", first, "--precision", "pt=abs:500", "-o", mixed);
    assertThat(other.err()).contains("together rel:0.004 + abs:500");
    CommandRun.fine("verify", mixed, folder.resolve("first.npz"));
  }

  @Test
  void whatCannotBeIsRefusedByName() throws IOException {
    Path out = folder.resolve("refused.jetf");
    Path other = folder.resolve("other.jetf");
    CommandRun.fine(
        "compress", folder.resolve("second.npz"), "--precision", "pt=rel:0.01", "-o", other);
    Path flat = Tables.write(Tables.flat(10, 1), folder.resolve("flat.npz"));
    Path flatFile = folder.resolve("flat.jetf");
    CommandRun.fine("compress", flat, "-o", flatFile);
    usage("column jets.pt has precision rel:0.01, and rel:0.004:dither", first, other, "-o", out);
    usage("cannot be one table with", first, flatFile, "-o", out);
    usage("is not compressed, and others are", first, flat, "-o", out);
    usage("finer precision than the file holds", first, "--precision", "pt=rel:0.001", "-o", out);
    usage("jets.pt (exact, it holds", first, "--precision", "pt=exact", "-o", out);
    usage(
        "character 5: expected a number, a name or (, found the end",
        first,
        "--where",
        "pt >",
        "-o",
        out);
    usage("expected a comparison", first, "--where", "pt", "-o", out);
    usage("no column is called px: ", first, "--where", "px > 1", "-o", out);
    usage("--events must be FROM:TO", first, "--events", "7", "-o", out);
    usage("ends before it begins", first, "--events", "7:3", "-o", out);
    usage("choose from compressed files", flat, "--events", "1:3", "-o", out);
    usage("--guarantee is for original tables", first, "--guarantee", "HT=rel:0.1", "-o", out);
    usage("column pt of type float32", first, flatFile, "-o", out);
    assertThat(out).doesNotExist();
    byte[] damaged = Files.readAllBytes(second);
    damaged[damaged.length / 2] ^= 1;
    Path broken = Files.write(folder.resolve("broken.jetf"), damaged);
    CommandRun run = CommandRun.of("compress", first, broken, "-o", out);
    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains("broken.jetf: damaged at byte").doesNotContain("first.jetf");
  }

  /** A file of no events is described as such, by every command that meets it. */
  @Test
  void selectionsWithoutEvents() {
    Path none = folder.resolve("none.jetf");
    CommandRun made = CommandRun.fine("compress", first, "--where", "pt < 0", "-o", none);
    assertThat(made.err()).contains("no event is chosen").doesNotContain("same bits");
    assertThat(CommandRun.fine("inspect", none).text())
        .contains("for the columns alone: there are no values")
        .doesNotContain("not dithered", "ratio");
    assertThat(CommandRun.fine("verify", none).text()).contains("OK, 0 events, 0 jets");
  }

  /** Blocks that can only be copied as a whole: the request is wrong, not the file. */
  @Test
  void whatCannotBeCutSaysWhatToDo() throws IOException {
    Path bounded = folder.resolve("bounded.jetf");
    Path out = folder.resolve("of-bounded.jetf");
    CommandRun.fine(
        "compress",
        folder.resolve("first.npz"),
        "--precision",
        "pt=rel:0.01",
        "--guarantee",
        "HT=rel:0.004",
        "-o",
        bounded);
    usage("again ('jetfold decompress' has --events", bounded, "--where", "pt>50e3", "-o", out);
    usage("restore those events, and compress them", bounded, "--events", "3:9", "-o", out);
    Path model = RandomAutoencoder.write(folder.resolve("cut.jetm"), EnergyUnit.MEV);
    Path flat = Tables.write(Tables.flat(100, 1), folder.resolve("to-cut.npz"));
    Path measured = folder.resolve("measured.jetf");
    CommandRun.fine("compress", flat, "--model", model, "-o", measured);
    usage("an autoencoder codes columns", measured, "--events", "3:9", "-o", out);
    assertThat(out).doesNotExist();
    CommandRun.fine("compress", bounded, "--events", "0:250", "-o", out);
  }

  private static void usage(String message, Object... arguments) {
    Object[] all = new Object[arguments.length + 1];
    all[0] = "compress";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    CommandRun run = CommandRun.of(all);
    assertThat(run.err()).contains(message).hasLineCount(1);
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
  }

  /** The model is beside the files, where it is found. */
  @Test
  void filesOfAModelAreMergedAndCut() throws IOException {
    Path model = folder.resolve("jets.jetm");
    String[] files = new String[2];
    CommandRun.fine(
        "train", original, "-o", model, "--precision", "*=bits:6", "--steps", "200", "-q");
    for (int i = 0; i < files.length; i++) {
      Path plain = folder.resolve(i == 0 ? "first.npz" : "second.npz");
      files[i] = folder.resolve("of-model-" + i + ".jetf").toString();
      CommandRun.fine("compress", plain, "--model", model, "-o", files[i]);
    }
    Path merged = folder.resolve("of-model.jetf");
    CommandRun.fine("compress", files[0], files[1], "-o", merged);
    Path whole = folder.resolve("of-model.npz");
    CommandRun.fine("decompress", merged, "-o", whole);
    Path cut = folder.resolve("of-model-cut.jetf");
    Path asTable = folder.resolve("of-model-cut.npz");
    CommandRun.fine("compress", merged, "--events", "200:300", "-o", cut);
    CommandRun.fine("decompress", merged, "--events", "200:300", "-o", asTable);
    float[] expected = Tables.read(whole, null).slice(200, 300).floats("pt");
    assertThat(pt(asTable)).isEqualTo(expected);
    CommandRun.fine("decompress", cut, "-o", asTable, "-f");
    assertThat(pt(asTable)).isEqualTo(expected);
    Path coarser = folder.resolve("of-model-coarser.jetf");
    CommandRun run = CommandRun.fine("compress", merged, "--precision", "*=bits:4", "-o", coarser);
    assertThat(run.err()).contains("jets.pt bits:4 after rel:0.0078125");
    CommandRun.fine("verify", coarser, original);
  }

  /** What was compressed before is coded by a model, within both bounds together. */
  @Test
  void compressedFilesAreCodedByAModel() {
    Path fine = folder.resolve("fine.jetf");
    Path model = folder.resolve("of-fine.jetm");
    Path learned = folder.resolve("learned.jetf");
    CommandRun.fine("compress", original, "--precision", "rel:0.0001", "-o", fine);
    CommandRun.fine(
        "train", original, "-o", model, "--precision", "*=bits:6", "--steps", "200", "-q");
    CommandRun run = CommandRun.fine("compress", fine, "--model", model, "-o", learned);
    assertThat(run.err()).contains("jets.pt bits:6 after rel:1e-4, together rel:0.00791329");
    assertThat(CommandRun.fine("inspect", learned).text()).contains("coded with the learned model");
    assertThat(CommandRun.fine("verify", learned, original).text())
        .contains("bits:6 after rel:1e-4");
  }

  @Test
  void otherCommandsReadCompressedFilesAndSayWhatWasLost() {
    CommandRun run = CommandRun.fine("evaluate", first, first);
    assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(CommandRun.fine("list", first).text()).contains("pt");
    CommandRun study =
        CommandRun.of("study", "double-quantization", first, "--column", "pt", "--bits", "7");
    assertThat(study.err()).contains("were compressed before").contains("jets.pt rel:0.004");
    assertThat(study.exitCode()).isEqualTo(ExitCode.OK);
  }
}
