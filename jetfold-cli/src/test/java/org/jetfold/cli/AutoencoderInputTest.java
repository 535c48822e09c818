package org.jetfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jetfold.cli.console.ExitCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code train --codec autoencoder} says of networks and tables that do not go together. */
final class AutoencoderInputTest {
  @TempDir Path folder;
  private Path table;
  private Path model;

  @BeforeEach
  void writeTable() throws IOException {
    table = Tables.write(Tables.flat(400, 1), folder.resolve("jets.npz"));
    model = folder.resolve("ae.jetm");
  }

  private CommandRun train(Path input, String... options) {
    List<Object> arguments =
        new ArrayList<>(List.of("train", input, "--codec", "autoencoder", "-o", model, "-q"));
    arguments.addAll(List.of(options));
    return CommandRun.of(arguments.toArray());
  }

  private void failsWith(int exitCode, String message, CommandRun run) throws IOException {
    assertThat(run.err()).startsWith("jetfold: ").contains(message).hasLineCount(1);
    assertThat(run.exitCode()).as(run.err()).isEqualTo(exitCode);
    assertThat(Checkout.names(folder)).allMatch(name -> !name.startsWith("ae.jetm"));
  }

  @Tag("slow")
  @ParameterizedTest
  @CsvSource({
    "--preset tla-5d, '--preset must be one of ntuple-4d, tla-4d, tla-27d, ttbar-15d, was tla-5d'",
    "--preset tla-27d --latent 27, a network with 27 inputs must have between 1 and 26 latents; had"
        + " 27",
    "--preset tla-27d --latent 30, between 1 and 26 latents; had 30",
    "--preset tla-27d --latent 0, between 1 and 26 latents; had 0",
    "--layers 3-8-2-4-3, --layers 3-8-2-4-3 is not symmetric",
    "--layers 3-8-2-8-4, a whole network begins and ends with its 3 inputs",
    "--layers 8;3, a network with 3 inputs must have between 1 and 2 latents; had 3",
    "--layers 8;4, between 1 and 2 latents; had 4",
    "--layers 8;two, --layers must be widths; such as 200;200;20;3",
    "--layers 8;0;2, a layer of 0 units",
    "--layers 8;2 --latent 1, but --latent is 1",
    "--layers 8;2 --activation relu, --activation must be tanh or leaky-relu; was relu",
    "--layers 8;2 --normalization best, --normalization must be public; thesis; standard or auto;"
        + " was best",
    "--layers 8;2 --normalization public, --normalization public requires --preset",
    "--layers 8;2 --schedule published, --schedule published requires --preset",
    "--layers 8;2 --lr 0, --lr must be a rate above 0",
    "--layers 8;2 --lr 1e-3:0, a rate above 0",
    "--layers -8;2, was -8;2",
    "--layers 8;2 --batch 1, --batch must be at least 2; was 1",
    "--layers 8;2 --epochs 0, --epochs must be at least 1; was 0",
    "--layers 8;2 --weight-decay -1, --weight-decay must be at least 0; was -1.0",
    "--layers 8;2 --latent-noise NaN, --latent-noise must be at least 0; was NaN",
    "--layers 8;2 --rate -1, --rate must be at least 0; was -1.0",
    "--layers 8;2 --rate 1e-4 --prior abs:0.1, leave out --latent-noise and --prior",
    "--layers 8;2 --rate 1e-4 --latent-noise 0.1, leave out --latent-noise and --prior",
    "--layers 8;2 --prior exact, '--prior must be abs:d; rel:e or bits:m; was exact'",
    "--layers 8;2 --prior abs:0, '--prior: '",
    "--layers 8;2 --jets 0, --jets must be between 1 and 16; was 0",
    "--layers 8;2 --jets -1, --jets must be between 1 and 16; was -1",
    "--layers 8;2 --jets 17, --jets must be between 1 and 16; was 17",
    "--layers 8;2 --jets 2, 'the model takes 2 jets of an event together; but the table has no'",
    "--layers 8;2 --keep pt;eta;phi, 'all variables are kept; and none is left for the latents'",
    "--layers 8;2 --weights pt=-1, --weights pt must be at least 0; was -1.0",
    "--layers 8;2 --weights pt=NaN, --weights pt must be at least 0; was NaN",
    "--layers 8;2 --weights pt=Infinity, --weights pt must be at least 0; was Infinity",
    "--layers 8;2 --weights pt=0;eta=0;phi=0, the weights of the variables that are not kept add up"
        + " to 0",
    "--layers 8;1 --keep pt --weights eta=0;phi=0, give one of them a weight above 0",
    "--layers 8;2 --weights pt, '--weights must be VARIABLE=NUMBER; tune or tune:QUANTITY; was pt'",
    "--layers 8;2 --weights pt=x, --weights pt must be a number; was x",
    "--layers 8;2 --weights tune;pt=2, '; but not both'",
    "--layers 8;2 --weights tune, 'mjj is a quantity of events; and the table has no events'",
    "--layers 8;2 --weights tune:mjjj, 'no quantity is called mjjj: did you mean mjj'",
    "--layers 8;2 --keep m, has no variable m",
    "--layers 8;2 --weights m=2, has no variable m",
    "--latent 2, needs --preset or --layers"
  })
  void networksThatAreNotPossible(String options, String message) throws IOException {
    Path input = options.contains("tla-27d") ? wide() : table;
    failsWith(
        ExitCode.USAGE,
        message.replace(';', ','),
        train(input, options.replace(';', ',').split(" ", -1)));
  }

  @Test
  void columnsThatAreNoAzimuthsAreWarnedOf() {
    String[] options = {"--layers", "8,2", "--jets", "2", "--azimuths", "eta,phi"};
    assertThat(train(table, options).err())
        .contains("warning: ", "the values of eta (-4.")
        .doesNotContain("phi (");
    options[5] = "phi";
    assertThat(train(table, options).err()).doesNotContain("warning");
  }

  /** Jets with the 27 variables. */
  private Path wide() {
    return Checkout.sample();
  }

  @Test
  void tablesWithNothingForANetwork() throws IOException {
    Path csv = folder.resolve("nan.csv");
    Files.writeString(csv, "pt,eta\n" + "NaN,NaN\n".repeat(20));
    failsWith(ExitCode.USAGE, "has no numbers for a network", train(csv, "--layers", "8,1"));
    Path single = folder.resolve("single.csv");
    Files.writeString(single, "pt\n" + "1.5\n2.5\n".repeat(20));
    failsWith(ExitCode.USAGE, "needs at least two columns", train(single, "--layers", "8,1"));
  }

  @Test
  void missingVariablesAreNamedWithNearOnes() throws IOException {
    Path csv = folder.resolve("jets.csv");
    Files.writeString(csv, "pt,etaa,phi,mass\n50000.5,1.5,2.5,3000\n60000,0,1,4000.5\n");
    failsWith(ExitCode.USAGE, "lacks m, eta", train(csv, "--preset", "tla-4d"));
    failsWith(ExitCode.USAGE, "eta: did you mean etaa", train(csv, "--preset", "tla-4d"));
  }

  @Test
  void divergingTrainingSaysWhenAndWhatToLower() throws IOException {
    CommandRun run = train(table, "--layers", "8,2", "--lr", "1e9", "--epochs", "3");
    failsWith(ExitCode.FAILED, "jets.npz: training diverged in epoch ", run);
    assertThat(run.err()).contains(": lower it with --lr");
  }

  @Test
  void aTrainingThatLearnsNothingIsWarnedOf() {
    CommandRun run = train(table, "--layers", "64,64,1", "--lr", "1e-9", "--epochs", "1");
    assertThat(run.exitCode()).isZero();
    assertThat(run.err())
        .contains("warning: ", "jets.npz: the loss is ", "lower the learning rate with --lr")
        .hasLineCount(1);
    assertThat(model).exists();
  }

  @Test
  void integersAreNamedWithWhatToDo() throws IOException {
    Path csv = folder.resolve("jets.csv");
    Files.writeString(csv, "pt,eta,phi,m\n50000.5,1.5,2.5,3000\n60000.5,0.5,1.5,4000\n");
    failsWith(
        ExitCode.USAGE,
        "has integers in column m, and an autoencoder takes floats: store the column as float32",
        train(csv, "--preset", "tla-4d"));
  }

  @Test
  void unitsAndKeptVariablesAreShown() {
    CommandRun run =
        CommandRun.fine(
            "train",
            table,
            "--codec",
            "autoencoder",
            "-o",
            model,
            "--layers",
            "8,1",
            "--keep",
            "pt",
            "--epochs",
            "2");
    assertThat(run.err())
        .containsPattern("energies are in MeV, by the median of pt, [0-9]{5}\n")
        .containsPattern("(?m)^ +pt +kept *$")
        .containsPattern("(?m)^ +eta +[0-9]");
  }

  /** HT is the sum of pT, so pT alone has another weight. */
  @Test
  void weightsOfTheLossMayBeThoseOfAQuantity() throws IOException {
    Path events = Tables.write(Tables.events(400, 2), folder.resolve("events.npz"));
    for (String wanted : List.of("tune", "tune:HT")) {
      CommandRun run =
          CommandRun.fine(
              "train",
              events,
              "--codec",
              "autoencoder",
              "-o",
              model,
              "-f",
              "--layers",
              "8,2",
              "--weights",
              wanted,
              "--epochs",
              "1",
              "--columns",
              "pt,eta,phi");
      assertThat(run.err())
          .containsPattern(
              wanted.equals("tune")
                  ? "weights of the loss for mjj: pt=[0-9.]+,eta=[0-9.]+,phi=[0-9.]+\n"
                  : "weights of the loss for HT: pt=1,eta=1,phi=1\n");
    }
  }

  @Test
  void aNetworkMayBeWrittenWhole() {
    assertThat(train(table, "--layers", "3-8-2-8-3", "--epochs", "1").exitCode()).isZero();
    assertThat(CommandRun.fine("inspect", model).text()).contains("3-8-2-8-3, tanh");
  }
}
