package org.jetfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jetfold.cli.console.ExitCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** {@code jetfold scan}: its table, its picture, and that what is there is not trained again. */
final class ScanTest {
  private static final String HEAD =
      "layers,latents,lr,weight_decay,minutes,seed,epochs,seconds,mse";

  @TempDir Path folder;
  private Path jets;
  private Path table;

  @BeforeEach
  void writeJets() throws IOException {
    jets = Tables.write(Tables.flat(400, 1), folder.resolve("jets.npz"));
    table = folder.resolve("scan.csv");
  }

  private CommandRun scan(String... options) {
    List<Object> arguments = new ArrayList<>(List.of("scan", jets, "-o", table));
    arguments.addAll(List.of("--minutes", "0.005", "-T", "1"));
    arguments.addAll(List.of(options));
    return CommandRun.of(arguments.toArray());
  }

  private static final String[] FOUR = {"--layers", "8", "--latent", "1..2", "--lr", "1e-2,1e-3"};

  @Tag("slow")
  @Test
  void tableAndPictureHaveEachCombination() throws Exception {
    assertThat(scan(FOUR).exitCode()).isZero();
    List<String> all = Files.readAllLines(table);
    List<String> lines = all.subList(all.indexOf(HEAD), all.size());
    assertThat(all.subList(0, all.indexOf(HEAD)))
        .startsWith(
            "# method: 4",
            "# preset: none",
            "# normalization: standard",
            "# schedule: one-cycle",
            "# epochs: default",
            "# unit: MeV",
            "# columns: pt eta phi",
            "# azimuths: phi",
            "# jets: 400")
        .last()
        .asString()
        .matches("# data: [0-9a-f]{16}");
    assertThat(lines.subList(1, lines.size()))
        .extracting(line -> line.substring(0, line.indexOf(",default")))
        .containsExactly("8,1,1e-2", "8,1,1e-3", "8,2,1e-2", "8,2,1e-3");
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      assertThat(cells).hasSize(9);
      assertThat(Double.parseDouble(cells[6])).as("epochs").isPositive();
      assertThat(Double.parseDouble(cells[8])).as("loss").isBetween(1e-9, 100.0);
    }
    Document picture =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(folder.resolve("scan.svg").toFile());
    assertThat(picture.getElementsByTagName("circle").getLength()).isEqualTo(4);
    // A line a series: here the learning rates. Less loss is further down.
    List<String> curves = new ArrayList<>();
    NodeList paths = picture.getElementsByTagName("path");
    for (int i = 0; i < paths.getLength(); i++) {
      String path = ((Element) paths.item(i)).getAttribute("d");
      if (path.contains("L")) {
        curves.add(path);
      }
    }
    assertThat(curves).hasSize(2);
    String[] ends = curves.getFirst().split("L", -1);
    double[] drop = {height(ends[1]) - height(ends[0]), loss(lines.get(1)) - loss(lines.get(3))};
    assertThat(Math.signum(drop[0])).isEqualTo(Math.signum(drop[1]));
  }

  private static double height(String point) {
    return Double.parseDouble(point.split(" ", -1)[1]);
  }

  private static double loss(String line) {
    return Double.parseDouble(line.substring(line.lastIndexOf(',') + 1));
  }

  @Tag("slow")
  @Test
  void whatIsThereIsNotTrainedAgain() throws IOException {
    assertThat(scan(FOUR).exitCode()).isZero();
    List<String> whole = Files.readAllLines(table);
    CommandRun again = scan(FOUR);
    assertThat(again.exitCode()).isZero();
    assertThat(again.err())
        .contains("4 of 4 trainings are in the table already")
        .doesNotContain("1 of 4");
    assertThat(Files.readAllLines(table)).isEqualTo(whole);
    assertThat(scan(with("-q", FOUR)).err()).isEmpty();

    int last = whole.size() - 1;
    Files.write(table, whole.subList(0, last));
    CommandRun rest = scan(FOUR);
    assertThat(rest.err())
        .contains("3 of 4 trainings are in the table already", "4 of 4: 8,2,1e-3")
        .doesNotContain("3 of 4: ");
    List<String> resumed = Files.readAllLines(table);
    assertThat(resumed.subList(0, last)).isEqualTo(whole.subList(0, last));
    assertThat(resumed).hasSize(last + 1);

    // Another time for each training is another training.
    CommandRun longer = scan("--layers", "8", "--latent", "1", "--lr", "1e-2", "--seed", "2");
    assertThat(longer.err()).contains("1 of 1");
    assertThat(Files.readAllLines(table)).hasSize(last + 2);
  }

  private static String[] with(String option, String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    all.add(option);
    return all.toArray(String[]::new);
  }

  private static final String[] ONE = {"--layers", "8", "--latent", "1"};

  @Tag("slow")
  @Test
  void lossesOfOtherDataAndSettingsAreNotMixed() throws IOException {
    assertThat(scan(ONE).exitCode()).isZero();
    String before = Files.readString(table);
    refused("normalization standard, now auto", with("--normalization=auto", ONE));
    refused("unit MeV, now GeV", with("--unit=GeV", ONE));
    refused("epochs default, now 2", with("--epochs=2", ONE));
    refused("columns pt eta phi, now pt eta", with("--columns=pt,eta", ONE));
    Path first = jets;
    jets = Tables.write(Tables.flat(300, 1), folder.resolve("fewer.npz"));
    refused("jets 400, now 300", ONE);
    jets = Tables.write(Tables.flat(400, 2), folder.resolve("others.npz"));
    refused("has trainings with other data or settings (data ", ONE);
    assertThat(table).hasContent(before);

    // The same jets under another name are the same jets.
    jets = Files.copy(first, folder.resolve("copy.npz"));
    assertThat(scan(with("-q", ONE)).err()).isEmpty();
    assertThat(table).hasContent(before);

    Files.writeString(table, before.substring(before.indexOf(HEAD)));
    refused("does not say which data its trainings had", ONE);
    assertThat(scan(with("-f", ONE)).exitCode()).isZero();
    assertThat(table).content().startsWith("# method: ");
  }

  private void refused(String message, String... options) {
    CommandRun run = scan(with("-q", options));
    assertThat(run.err())
        .contains("scan.csv: ", message, ": name another output with -o, or replace it with -f")
        .hasLineCount(1);
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void everythingIsCheckedBeforeTheFirstTraining() throws IOException {
    failsAtOnce(
        "a network with 3 inputs must have between 1 and 2 latents, had 3",
        "--layers",
        "8",
        "--latent",
        "2..3");
    failsAtOnce("a layer of 0 units", "--layers", "8;8,0", "--latent", "2");
    failsAtOnce("--weight-decay must be at least 0, was -1.0", with("--weight-decay=0,-1", ONE));
    failsAtOnce("a rate above 0", with("--lr=1e-3,0", ONE));
    failsAtOnce(
        "--lr must have one rate for each training, such as 1e-3,1e-2, was 1e-3:10",
        with("--lr=1e-3:10,1e-4:5", ONE));
    failsAtOnce("--epochs must be at least 1, was 0", with("--epochs=0", ONE));
    failsAtOnce("--unit must be MeV or GeV, was TeV", with("--unit=TeV", ONE));
    failsAtOnce(
        "--schedule published requires --preset, and excludes --lr",
        with("--schedule=published", ONE));
    Files.writeString(folder.resolve("scan.svg"), "mine");
    failsAtOnce("scan.svg: exists already", ONE);
    table = folder.resolve("no").resolve("scan.csv");
    failsAtOnce("no/scan.csv: cannot be written: there is no folder", ONE);
    for (String other : List.of("scan", "scan.svg", "scan.txt")) {
      table = folder.resolve(other);
      failsAtOnce("-o must end in .csv, was " + table, ONE);
    }
    table = Path.of("-");
    failsAtOnce("-o must name a file", ONE);
  }

  private void failsAtOnce(String message, String... options) throws IOException {
    List<String> before = Checkout.names(folder);
    CommandRun run = scan(with("-q", options));
    assertThat(run.err()).contains(message).hasLineCount(1);
    assertThat(run.exitCode()).isNotZero();
    assertThat(Checkout.names(folder)).isEqualTo(before);
  }

  @Test
  void aTrainingThatDivergesDoesNotEndTheScan() throws IOException {
    CommandRun run = scan("--layers", "8", "--latent", "1,2", "--lr", "1e9,1e-2");
    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).contains("training diverged");
    List<String> lines = Files.readAllLines(table);
    assertThat(lines.subList(lines.indexOf(HEAD), lines.size())).hasSize(5);
    assertThat(lines.stream().filter(line -> line.endsWith(",,NaN"))).hasSize(2);
    assertThat(Files.readString(folder.resolve("scan.svg"))).containsOnlyOnce("class=\"line\"");
  }

  @Test
  void whatIsNoScanIsLeftAlone() throws IOException {
    Files.writeString(table, "precious\n");
    CommandRun run = scan(FOUR);
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err())
        .contains("scan.csv: exists, and is not the table of a scan")
        .hasLineCount(1);
    assertThat(table).hasContent("precious");

    byte[] binary = Files.readAllBytes(jets);
    Files.write(table, binary);
    run = scan(FOUR);
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err())
        .contains("scan.csv: exists, and is not the table of a scan")
        .hasLineCount(1);
    assertThat(table).hasBinaryContent(binary);

    Files.writeString(table, "# preset: none\n" + HEAD + "\n8,1,torn\n");
    run = scan(FOUR);
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("has an invalid line (8,1,torn)").hasLineCount(1);
    Files.writeString(table, "# preset: none\n" + HEAD + "\n8,one,1e-2,default,1,1,,,NaN\n");
    assertThat(scan(FOUR).err()).contains("has an invalid line (8,one,").hasLineCount(1);
  }

  @Test
  void latentsThatAreNotNumbers() {
    for (String latents : List.of("2..1", "0", "1..2..0", "some", "1..2..3..4", "")) {
      CommandRun run = scan("--layers", "8", "--latent", latents);
      assertThat(run.exitCode()).as(latents).isEqualTo(ExitCode.USAGE);
      assertThat(run.err())
          .contains("--latent must be numbers such as 8..20, 8..20..2 or 8,10,14, was " + latents)
          .hasLineCount(1);
    }
    assertThat(scan("--latent", "1").err()).contains("a scan needs --preset or --layers");
    assertThat(scan("--layers", "8", "--latent", "3", "-q").err())
        .contains("a network with 3 inputs must have between 1 and 2 latents, had 3")
        .hasLineCount(1);
    assertThat(table).doesNotExist();
  }
}
