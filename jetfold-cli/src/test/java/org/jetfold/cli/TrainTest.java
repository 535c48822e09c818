package org.jetfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.codec.Compressor;
import org.jetfold.codec.density.DensityModel;
import org.jetfold.codec.density.DensityModelFile;
import org.jetfold.codec.density.ModelColumn;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code jetfold train}, with few steps of training. */
final class TrainTest {
  @TempDir Path folder;
  private Path table;
  private Path model;

  @BeforeEach
  void writeTable() throws IOException {
    table = folder.resolve("jets.npz");
    model = folder.resolve("jets.jetm");
    Tables.write(Tables.events(300, 1), table);
  }

  @Test
  void modelIsWrittenAndItsFiguresShown() throws IOException {
    CommandRun run =
        CommandRun.fine("train", table, "-o", model, "--precision", "*=bits:7", "--steps", "20");
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains("3 columns, training on ")
        .contains(", validating on ")
        .contains("jets")
        .containsPattern(
            "jetfold:  50 %: \\d+\\.\\d\\d bits per jet \\(static \\d+\\.\\d\\d\\), 0:0\\d min"
                + " left")
        .containsPattern("column +precision +static +learned")
        .containsPattern("pt +bits:7 +\\d+\\.\\d\\d +\\d+\\.\\d\\d")
        .containsPattern("all +\\d+\\.\\d\\d +\\d+\\.\\d\\d")
        .contains("of the test set, which chose nothing; cumulative: ");
    assertThat(run.err().lines().filter(line -> line.contains(" min left"))).hasSize(10);
    DensityModel read = DensityModelFile.read(Files.readAllBytes(model));
    assertThat(read.description().columns())
        .extracting(ModelColumn::name)
        .containsExactly("pt", "eta", "phi");
    assertThat(read.description().producer()).isEqualTo(Compressor.PRODUCER);
    assertThat(read.description().events()).isTrue();
    assertThat(folder).isDirectoryNotContaining("glob:**.checkpoint");
  }

  @Test
  void presetIsTakenAndShownWherePrecisionIsMissing() throws IOException {
    CommandRun run =
        CommandRun.fine("train", table, "-o", model, "--steps", "5", "--order", "phi,eta");
    assertThat(run.err()).contains("the preset chose").contains("rel:0.004");
    assertThat(DensityModelFile.read(Files.readAllBytes(model)).description().columns())
        .extracting(column -> column.name() + " " + column.precision())
        .containsExactly("phi abs:0.001:dither", "eta abs:0.001:dither", "pt rel:0.004:dither");
  }

  /** In jets that fall by pt, pt comes first wherever it stands, and the user is told. */
  @Test
  void whatFallsWithinEventsIsMovedUp() throws IOException {
    StringBuilder lines = new StringBuilder("event,m,pt\n");
    for (int row = 0; row < 90; row++) {
      lines.append("%d,%d.5,%d.5\n".formatted(row / 3, row * 37 % 90, 1000 * (4 - row % 3) - row));
    }
    Path falling = Files.writeString(folder.resolve("falling.csv"), lines);
    CommandRun run =
        CommandRun.fine("train", falling, "--event-column", "event", "-o", model, "--steps", "5");
    assertThat(run.err())
        .contains("coded first, because their values are in order within events: pt");
    assertThat(DensityModelFile.read(Files.readAllBytes(model)).description().columns())
        .extracting(ModelColumn::name)
        .containsExactly("pt", "m");
    CommandRun.fine(
        "train",
        falling,
        "--event-column",
        "event",
        "-o",
        model,
        "-f",
        "--steps",
        "5",
        "--order",
        "m");
    assertThat(DensityModelFile.read(Files.readAllBytes(model)).description().columns())
        .extracting(ModelColumn::name)
        .containsExactly("m", "pt");
  }

  /** The column of the weights is no variable, also where not all columns are read. */
  @Test
  void rowsHaveWeights() throws IOException {
    StringBuilder lines = new StringBuilder("pt,m,w\n");
    for (int row = 0; row < 200; row++) {
      lines.append("%d.5,%d.25,%d\n".formatted(1 + row * 37 % 200, row * 11 % 90, row % 4));
    }
    Path weighted = Files.writeString(folder.resolve("weighted.csv"), lines);
    Object[] command = {"train", weighted, "-o", model, "--steps", "5", "-f", "--weight", "w"};
    for (String columns : new String[] {"", "pt,m"}) {
      CommandRun.fine(columns.isEmpty() ? command : with(command, "--columns", columns));
      assertThat(DensityModelFile.read(Files.readAllBytes(model)).description().columns())
          .extracting(ModelColumn::name)
          .containsExactly("pt", "m");
    }
    CommandRun run = CommandRun.of("train", weighted, "-o", model, "-f", "--weight", "weight");
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("--weight: the table has no column called weight");
  }

  private static Object[] with(Object[] arguments, Object... more) {
    Object[] all = Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return all;
  }

  @Test
  void seedMakesModelsTheSame() throws IOException {
    Path other = folder.resolve("other.jetm");
    for (Path path : new Path[] {model, other}) {
      CommandRun run =
          CommandRun.fine(
              "train", table, "-o", path, "--steps", "5", "--seed", "7", "-T", "1", "-q");
      assertThat(run.err()).isEmpty();
    }
    assertThat(model).hasSameBinaryContentAs(other);
  }

  @ParameterizedTest
  @CsvSource({
    "--minutes 0, '--minutes must be above 0 and at most 10080, was 0'",
    "--minutes -1, 'at most 10080, was -1'",
    "--hidden -1, '--hidden must be between 0 and 4096, was -1'",
    "--resume, --resume requires a checkpoint",
    "--order pt;mass, names mass",
    "--precision pt=bits:99, bits:99",
    "--epochs 3, --epochs requires --codec autoencoder",
    "--keep pt, --keep requires --codec autoencoder",
    "--no-batch-norm, --batch-norm requires --codec autoencoder",
    "--codec autoencoder --layers 8;1 --hidden 4, --order and --hidden require a density model",
    "--codec autoencoder --layers 8;1 --order pt, --order and --hidden require a density model",
  })
  void usageErrors(String options, String expected) {
    String[] split = options.replace(';', ',').split(" ", -1);
    Object[] arguments = new Object[4 + split.length];
    arguments[0] = "train";
    arguments[1] = table;
    arguments[2] = "-o";
    arguments[3] = model;
    System.arraycopy(split, 0, arguments, 4, split.length);
    CommandRun run = CommandRun.of(arguments);
    assertThat(run.err().lines().toList().getLast()).contains(expected);
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(model).doesNotExist();
  }

  @Test
  void whatIsThereIsKept() throws IOException {
    Files.writeString(model, "mine");
    CommandRun run = CommandRun.of("train", table, "-o", model, "--steps", "1");
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("exists already");
    assertThat(model).hasContent("mine");

    Files.delete(model);
    Path checkpoint = folder.resolve("jets.jetm.checkpoint");
    Files.writeString(checkpoint, "of another run");
    run = CommandRun.of("train", table, "-o", model, "--steps", "1");
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("--resume").contains("-f").hasLineCount(1);
    run = CommandRun.of("train", table, "-o", model, "--steps", "1", "--resume");
    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains("is not a checkpoint");
    CommandRun.fine("train", table, "-o", model, "--steps", "1", "-f");
    assertThat(checkpoint).doesNotExist();
  }

  @Test
  void tooLittleDataIsSaid() throws IOException {
    Path single = folder.resolve("single.csv");
    Files.writeString(single, "pt,eta\n1.5,2.5\n");
    CommandRun run = CommandRun.of("train", single, "-o", model, "--precision", "*=bits:7");
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err().lines().toList().getLast())
        .isEqualTo(
            "jetfold: %s: has only one row: training needs at least two, one for training and one for validation"
                .formatted(single));
  }
}
