package org.jetfold.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.ZipFile;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code compress --model} and {@code --learn}, and what reads their files. */
final class LearnedFilesTest {
  private static final String SQUARE = "square = pt^2";

  @TempDir Path folder;
  private Path table;
  private Path model;

  @BeforeEach
  void writeTable() throws IOException {
    table = folder.resolve("jets.npz");
    model = folder.resolve("models/jets.jetm");
    Files.createDirectory(folder.resolve("models"));
    Tables.write(Tables.events(300, 1), table);
  }

  private void train() {
    CommandRun.fine("train", table, "-o", model, "--precision", "*=bits:7", "--steps", "20", "-q");
  }

  @Test
  void aModelIsNamedAndWanted() throws IOException {
    train();
    Path jetf = folder.resolve("jets.jetf");
    CommandRun run = CommandRun.fine("compress", table, "--model", model, "-o", jetf);
    assertThat(run.err())
        .contains("the model's columns get the precision that it was trained for")
        .contains("bits:7")
        .contains("needs its model");

    CommandRun missing = CommandRun.of("verify", jetf, table);
    assertThat(missing.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(missing.err()).containsPattern("[0-9a-f]{64}").contains("--model");
    CommandRun.fine("verify", jetf, table, "--model", model);
    Files.copy(model, folder.resolve("beside.jetm"));
    CommandRun.fine("verify", jetf, table);
  }

  /** What a column costs alone grows along the model's order, and is known where the model is. */
  @Test
  void inspectShowsWhatTheOrderCosts() {
    CommandRun.fine(
        "train",
        table,
        "-o",
        model,
        "--precision",
        "*=bits:7",
        "--steps",
        "20",
        "-q",
        "--order",
        "phi,eta,pt");
    Path jetf = folder.resolve("jets.jetf");
    CommandRun.fine("compress", table, "--model", model, "-o", jetf, "-q");
    String text = CommandRun.fine("inspect", jetf, "--model", model).text();
    assertThat(alone(text, "jets.phi")).isEqualTo(bits(text, "jets.phi"));
    assertThat(alone(text, "jets.eta"))
        .isCloseTo(bits(text, "jets.phi") + bits(text, "jets.eta"), within(0.011));
    assertThat(alone(text, "jets.pt")).isGreaterThan(alone(text, "jets.eta"));
    assertThat(CommandRun.fine("inspect", jetf).text().lines())
        .anySatisfy(line -> assertThat(line).startsWith("jets.phi").contains(" ? "));
    assertThat(CommandRun.fine("inspect", "--json", jetf).text())
        .contains("\"kind\" : \"density\"")
        .contains("\"bytesAlone\" : null");
  }

  private static double bits(String text, String column) {
    return fromEnd(text, column, 4);
  }

  private static double alone(String text, String column) {
    return fromEnd(text, column, 3);
  }

  /** A number in a column's line; the last two words are its share. */
  private static double fromEnd(String text, String column, int words) {
    String line = text.lines().filter(l -> l.startsWith(column)).findFirst().orElseThrow();
    String[] parts = line.strip().split("\\s+", -1);
    return Double.parseDouble(parts[parts.length - words]);
  }

  @Test
  void anEmbeddedModelTravelsAlong() {
    train();
    Path jetf = folder.resolve("jets.jetf");
    CommandRun.fine("compress", table, "--model", model, "--embed-model", "-o", jetf, "-q");
    CommandRun.fine("verify", jetf, table);
  }

  /** Bounds on computed quantities hold whatever codes the columns, and wherever the model is. */
  @Test
  void guaranteesHoldWithModels() throws IOException {
    train();
    String bounds = "E=rel:0.003,HT=rel:0.002,square=rel:0.006";
    Path jetf = folder.resolve("jets.jetf");
    List<Object> common =
        List.of("compress", table, "-o", jetf, "-f", "--guarantee", bounds, "--derive", SQUARE);
    for (List<Object> how :
        List.<List<Object>>of(
            List.of("--model", model),
            List.of("--model", model, "--embed-model"),
            List.of("--learn", "--minutes", "0.02", "--precision", "*=bits:7"))) {
      List<Object> arguments = new ArrayList<>(common);
      arguments.addAll(how);
      CommandRun run = CommandRun.fine(arguments.toArray());
      assertThat(run.err())
          .as(how.toString())
          .containsPattern("[1-9][0-9]* events of 300 made exact");
      CommandRun verified = CommandRun.fine("verify", jetf, table, "--model", model);
      assertThat(verified.text()).contains("E", "HT", "square");
      assertThat(CommandRun.fine("inspect", jetf).text())
          .contains("guaranteed: E=rel:0.003", "guaranteed: square=rel:0.006");
      Path back = folder.resolve("back.npz");
      CommandRun.fine("decompress", jetf, "--model", model, "-o", back, "-f", "-q");
      CommandRun.fine("verify", jetf, back, "--model", model);
      try (ZipFile zip = new ZipFile(back.toFile())) {
        assertThat(zip.getComment())
            .contains("jetfold.precision: ", "jets.pt=bits:7")
            .contains("jetfold.guarantees: " + bounds + " (" + SQUARE + ")");
      }
    }
  }

  @Test
  void aPrecisionThatTheModelCannotServeIsRefused() {
    train();
    CommandRun run =
        CommandRun.of("compress", table, "--model", model, "--precision", "pt=rel:0.01,*=bits:7");
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("pt (rel:0.01, the model: bits:7)");
    assertThat(folder.resolve("jets.jetf")).doesNotExist();
  }

  @Test
  void anotherModelIsCalledAnother() throws IOException {
    train();
    Path jetf = folder.resolve("jets.jetf");
    CommandRun.fine("compress", table, "--model", model, "-o", jetf, "-q");
    Path other = folder.resolve("models/other.jetm");
    CommandRun.fine("train", table, "-o", other, "--precision", "*=bits:9", "--steps", "5", "-q");
    CommandRun run =
        CommandRun.of("decompress", jetf, "-o", folder.resolve("x.npz"), "--model", other);
    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains(other + " is another model (").contains("jets.jetf: needs");
    assertThat(folder.resolve("x.npz")).doesNotExist();
    byte[] bytes = Files.readAllBytes(other);
    bytes[bytes.length / 2] ^= 1;
    Files.write(other, bytes);
    assertThat(CommandRun.of("inspect", other).err()).contains("get a fresh copy");
  }

  @Test
  void valuesThatTheModelDoesNotKnowAreWarnedOf() throws IOException {
    train();
    Path foreign = folder.resolve("foreign.npz");
    float[] unknown = new float[4000];
    Arrays.fill(unknown, Float.NaN);
    ColumnValues column = new ColumnValues.Floats(unknown);
    Schema schema = Schema.events(List.of(), "jets", Tables.flat(0, 0).schema().columns());
    int[] offsets = IntStream.rangeClosed(0, 2000).map(event -> 2 * event).toArray();
    Tables.write(
        new Table(schema, 2000, List.of(offsets), List.of(column, column, column)), foreign);
    CommandRun run = CommandRun.fine("compress", foreign, "--model", model);
    assertThat(run.err()).contains("every column takes fewer bytes without the model");
  }

  /** Tables of the training take what they took there; others are told, column by column. */
  @Test
  void driftIsToldAndWarnedOf() throws IOException {
    Tables.write(Tables.events(1000, 1), table);
    train();
    Path jetf = folder.resolve("jets.jetf");
    CommandRun same = CommandRun.fine("compress", table, "--model", model, "-o", jetf);
    assertThat(same.err())
        .containsPattern("takes \\d+\\.\\d\\d bits per row for its columns, and took \\d+\\.\\d\\d")
        .doesNotContain("warning");
    Path other = Tables.write(jets(3000, 1e-3f), folder.resolve("other.npz"));
    CommandRun run =
        CommandRun.fine("compress", other, "--model", model, "-o", jetf, "-f", "--unit", "MeV");
    assertThat(run.err())
        .contains("fewer bytes without the model")
        .containsPattern("warning: .*more bits than at its training for jets.pt")
        .containsPattern("jets.pt +\\d\\d+\\.\\d\\d +\\d+\\.\\d\\d");
    assertThat(CommandRun.fine("inspect", jetf).text())
        .contains("coded without the model, in fewer bytes: jets.pt");
    assertThat(CommandRun.fine("inspect", jetf, "--json").text())
        .contains("\"segments\" : 1", "\"segmentsWithoutModel\" : 1");
    CommandRun.fine("verify", jetf, other, "--model", model);
  }

  /** Events as those of the training, with momenta so many times as large. */
  private static Table jets(int events, float factor) {
    Table jets = Tables.events(events, 7);
    float[] pt = jets.floats("pt").clone();
    for (int row = 0; row < pt.length; row++) {
      pt[row] *= factor;
    }
    List<ColumnValues> columns =
        IntStream.range(0, jets.schema().columns().size())
            .mapToObj(column ->
                jets.schema().columns().get(column).name().equals("pt")
                    ? new ColumnValues.Floats(pt)
                    : jets.values(column))
            .toList();
    return new Table(jets.schema(), events, List.of(jets.offsets(1)), columns);
  }

  /** As autoencoders do, a density model refuses energies in another unit than its training's. */
  @Test
  void energiesInAnotherUnitAreRefused() throws IOException {
    train();
    assertThat(CommandRun.fine("inspect", model).text()).contains("Energies are in MeV.");
    Path gev = Tables.write(jets(300, 1e-3f), folder.resolve("gev.npz"));
    Path jetf = folder.resolve("gev.jetf");
    CommandRun run = CommandRun.of("compress", gev, "--model", model, "-o", jetf, "-q");
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err())
        .contains("gev.npz: energies are in GeV by their median, but the model was trained on MeV");
    assertThat(jetf).doesNotExist();
    CommandRun said =
        CommandRun.of("compress", table, "--model", model, "-o", jetf, "-q", "--unit", "GeV");
    assertThat(said.err()).contains("energies are in GeV, but the model was trained on MeV");
    Path mixed = folder.resolve("mixed.jetm");
    assertThat(CommandRun.of("train", table, gev, "-o", mixed, "--steps", "5").err())
        .contains("energies in different units");
  }

  /** A model goes on from another on other data: in another unit here, and with a new precision. */
  @Test
  void aTrainingStartsWithAModel() throws IOException {
    train();
    Path gev = Tables.write(jets(300, 1e-3f), folder.resolve("gev.npz"));
    Path tuned = folder.resolve("tuned.jetm");
    CommandRun.fine("train", gev, "--start", model, "-o", tuned, "--steps", "5", "-q");
    String text = CommandRun.fine("inspect", tuned).text();
    assertThat(text).contains("bits:7").contains("Energies are in GeV.");
    Path jetf = folder.resolve("gev.jetf");
    CommandRun.fine("compress", gev, "--model", tuned, "-o", jetf, "-q");
    CommandRun.fine("verify", jetf, gev, "--model", tuned);
    CommandRun.fine(
        "train",
        gev,
        "--start",
        model,
        "-o",
        tuned,
        "--steps",
        "5",
        "-q",
        "-f",
        "--precision",
        "*=bits:9");
    assertThat(CommandRun.fine("inspect", tuned).text()).contains("bits:9");

    Path flat = Tables.write(Tables.flat(300, 1), folder.resolve("flat.npz"));
    assertThat(CommandRun.of("train", flat, "--start", model, "-o", tuned, "-f").err())
        .contains("has no events");
    Path other = Files.writeString(folder.resolve("other.csv"), "pt,eta\n1.5,2.5\n2.5,3.5\n");
    assertThat(CommandRun.of("train", other, "--start", model, "-o", tuned, "-f").err())
        .contains("the table lacks phi");
    CommandRun hidden =
        CommandRun.of("train", gev, "--start", model, "-o", tuned, "-f", "--hidden", "4");
    assertThat(hidden.err()).contains("--start takes columns and network from its model");
    assertThat(hidden.exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void learningLooksFirstWhetherItsFileCanBeWritten() throws IOException {
    Path there = folder.resolve("there.jetf");
    Files.writeString(there, "mine");
    CommandRun run = CommandRun.of("compress", table, "--learn", "-o", there);
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("exists already").doesNotContain("training on ");
    assertThat(there).hasContent("mine");
  }

  @Tag("slow")
  @Test
  void learningCodesTheColumnsInTheOrderThatIsAsked() throws IOException {
    Path larger = folder.resolve("larger.npz");
    Tables.write(Tables.events(3000, 2), larger);
    Path jetf = folder.resolve("larger.jetf");
    CommandRun.fine(
        "compress",
        larger,
        "--precision",
        "*=bits:7",
        "--learn",
        "--minutes",
        "0.05",
        "--order",
        "jets.phi",
        "-o",
        jetf,
        "-q");
    String text = CommandRun.fine("inspect", jetf).text();
    assertThat(alone(text, "jets.phi")).isEqualTo(bits(text, "jets.phi"));
    assertThat(CommandRun.of("compress", larger, "--order", "phi").err()).contains("for --learn");
    for (String order : List.of("mass", "phi,phi")) {
      CommandRun wrong = CommandRun.of("compress", larger, "--learn", "--order", order, "-f");
      assertThat(wrong.err()).contains("the order names " + order.split(",", 2)[0]);
      assertThat(wrong.exitCode()).isEqualTo(ExitCode.USAGE);
    }
  }

  /** Both a model that pays and one that does not: one file on standard output, and a whole one. */
  @Tag("slow")
  @Test
  void learningWritesOneFileToStandardOutput() throws IOException {
    Path larger = folder.resolve("larger.npz");
    Tables.write(Tables.events(3000, 2), larger);
    for (Path each : new Path[] {table, larger}) {
      Path plain = folder.resolve("plain.jetf");
      CommandRun.fine("compress", each, "--precision", "*=bits:7", "-o", plain, "-q", "-f");
      CommandRun run =
          CommandRun.fine(
              "compress",
              each,
              "--precision",
              "*=bits:7",
              "--learn",
              "--minutes",
              "0.02",
              "-o",
              "-");
      Path piped = folder.resolve("piped.jetf");
      Files.write(piped, run.out());
      CommandRun.fine("verify", piped, each);
      assertThat(run.err()).containsPattern("\\d+ %: .* bits per jet .* left");
      assertThat(run.out().length).isLessThanOrEqualTo((int) Files.size(plain));
      if (run.err().contains("the model would make the file larger; written without it")) {
        assertThat(piped).hasSameBinaryContentAs(plain);
      }
    }
  }

  @Tag("slow")
  @Test
  void slowArithmeticIsSaidOnce() throws IOException, InterruptedException {
    train();
    Path jetf = folder.resolve("jets.jetf");
    Path errors = folder.resolve("errors.txt");
    ChildProcess compress = new ChildProcess().options("-XX:-UseFMA").errors(errors);
    assertThat(compress.run("compress", table, "--model", model, "--embed-model", "-o", jetf, "-q"))
        .isZero();
    assertThat(Files.readString(errors)).contains("no fused multiply-add").hasLineCount(1);
    ChildProcess verify = new ChildProcess().options("-XX:-UseFMA").errors(errors);
    assertThat(verify.run("verify", jetf, table, "-q")).isZero();
    assertThat(Files.readString(errors)).contains("no fused multiply-add").hasLineCount(1);
  }
}
