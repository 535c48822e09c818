package org.jetfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Group;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.ValueType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models of several collections: {@code train -o FOLDER}, {@code --model}s and {@code --learn}. */
final class CollectionModelsTest {
  private static final int EVENTS = 1500;
  private static final int OF_EVENT = 2;

  @TempDir Path folder;
  private Path table;

  @BeforeEach
  void writeTable() throws IOException {
    table = Tables.write(leptons(), folder.resolve("leptons.npz"));
  }

  /**
   * Electrons and muons with the same names of columns, the last of which is nearly the mean of the
   * others; no taus; and one value of the event that nothing tells anything of.
   */
  private static Table leptons() {
    SplittableRandom random = new SplittableRandom(1);
    List<Column> columns =
        Stream.of("a", "b", "c", "mean").map(name -> new Column(name, ValueType.FLOAT32)).toList();
    List<ColumnValues> values = new ArrayList<>();
    float[] weights = new float[EVENTS];
    for (int event = 0; event < EVENTS; event++) {
      weights[event] = (float) random.nextDouble(1, 2);
    }
    values.add(new ColumnValues.Floats(weights));
    for (int collection = 0; collection < 2; collection++) {
      float[][] drawn = new float[4][EVENTS * OF_EVENT];
      for (int row = 0; row < EVENTS * OF_EVENT; row++) {
        double sum = 0;
        for (int column = 0; column < 3; column++) {
          drawn[column][row] = (float) (1.5 + 0.1 * random.nextGaussian());
          sum += drawn[column][row];
        }
        drawn[3][row] = (float) (sum / 3 + 0.003 * random.nextGaussian());
      }
      Stream.of(drawn).map(ColumnValues.Floats::new).forEach(values::add);
    }
    Schema schema =
        new Schema(
            new Group(
                "",
                List.of(new Column("weight", ValueType.FLOAT32)),
                List.of(
                    new Group("Electrons", columns, List.of()),
                    new Group("Muons", columns, List.of()),
                    new Group("Taus", columns, List.of()))));
    int[] offsets = IntStream.rangeClosed(0, EVENTS).map(event -> OF_EVENT * event).toArray();
    for (int column = 0; column < columns.size(); column++) {
      values.add(new ColumnValues.Floats(new float[0]));
    }
    return new Table(schema, EVENTS, List.of(offsets, offsets, new int[EVENTS + 1]), values);
  }

  private Path models() {
    return folder.resolve("models");
  }

  private CommandRun train(Object... more) {
    List<Object> arguments =
        new ArrayList<>(
            List.of("train", table, "-o", models() + "/", "--precision", "*=bits:9", "-T", "1"));
    arguments.addAll(List.of("--minutes", "9", "--steps", "300"));
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments.toArray());
  }

  @Tag("slow")
  @Test
  void eachCollectionThatSavesSomethingGetsAModel() throws IOException {
    CommandRun run = train();
    assertThat(run.exitCode()).isZero();
    assertThat(run.err())
        .containsPattern("collection +columns +rows +static +learned +model +trained +result")
        .containsPattern("Electrons +4 +3,000 rows .* saves \\d+")
        .containsPattern("Muons +4 +3,000 rows .* saves \\d+")
        .containsPattern("Taus +4 +0 rows +no rows")
        .containsPattern("event values +1 .* one column, which no other tells anything of");
    try (Stream<Path> files = Files.list(models())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("Electrons.jetm", "Muons.jetm");
    }
    Path plain = folder.resolve("plain.jetf");
    CommandRun.fine("compress", table, "--precision", "*=bits:9", "-q", "-o", plain);
    Path jetf = folder.resolve("leptons.jetf");
    CommandRun learned =
        CommandRun.fine(
            "compress", table, "--precision", "*=bits:9", "--model", models(), "-o", jetf);
    assertThat(learned.err())
        .containsPattern("needs its model .*Electrons.jetm")
        .containsPattern("needs its model .*Muons.jetm")
        .containsPattern("the model of Electrons takes \\d");
    assertThat(Files.size(jetf)).isLessThan(Files.size(plain));
    CommandRun.fine("verify", jetf, table, "--model", models());
    Path electrons = models().resolve("Electrons.jetm");
    CommandRun.fine(
        "decompress",
        jetf,
        "--columns",
        "Electrons.*",
        "--model",
        electrons,
        "-o",
        folder.resolve("electrons.npz"));
    CommandRun missing = CommandRun.of("verify", jetf, table, "--model", electrons);
    assertThat(missing.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(CommandRun.fine("inspect", jetf, "--model", models()).text())
        .contains("Electrons.jetm", "Muons.jetm")
        .doesNotContain(" ? ");

    CommandRun again = train();
    assertThat(again.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(again.err()).contains("exists already: -f replaces it, --resume keeps");
    Files.delete(electrons);
    byte[] muons = Files.readAllBytes(models().resolve("Muons.jetm"));
    assertThat(train("--resume").exitCode()).isZero();
    assertThat(electrons).exists();
    assertThat(models().resolve("Muons.jetm")).hasBinaryContent(muons);

    CommandRun twice =
        CommandRun.of(
            "compress", table, "--model", models(), "--model", electrons, "-o", jetf, "-f");
    assertThat(twice.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(twice.err()).contains("two models code column Electrons_a: use one model for each");
  }

  @Tag("slow")
  @Test
  void learningTriesEachCollection() throws IOException {
    Path plain = folder.resolve("plain.jetf");
    CommandRun.fine("compress", table, "--precision", "*=bits:9", "-q", "-o", plain);
    Path jetf = folder.resolve("learned.jetf");
    CommandRun run =
        CommandRun.fine(
            "compress",
            table,
            "--precision",
            "*=bits:9",
            "--learn",
            "--minutes",
            "0.1",
            "-T",
            "1",
            "-o",
            jetf);
    assertThat(run.err())
        .containsPattern("1 of 2: a short training on 4 columns of Electrons")
        .containsPattern("Electrons +4 +3,000 rows .* (saves \\d+|left out)")
        .containsPattern("event values +1 .* one column");
    assertThat(Files.size(jetf)).isLessThanOrEqualTo(Files.size(plain));
    CommandRun.fine("verify", jetf, table);
    CommandRun.fine("compress", jetf, "--events", "0:700", "-o", folder.resolve("some.jetf"));
    CommandRun.fine("inspect", folder.resolve("some.jetf"));
  }

  @Test
  void aFolderIsForDensityModels() throws IOException {
    CommandRun run =
        CommandRun.of(
            "train", table, "-o", models() + "/", "--codec", "autoencoder", "--layers", "8,1");
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("is a folder, for density models of all collections");
    Files.createDirectories(models());
    CommandRun none = CommandRun.of("compress", table, "--model", models());
    assertThat(none.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(none.err()).contains("the folder has no model (.jetm)");
  }
}
