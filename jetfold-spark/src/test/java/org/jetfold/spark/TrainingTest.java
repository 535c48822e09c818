package org.jetfold.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.jetfold.codec.Decompressor;
import org.jetfold.codec.table.Table;
import org.jetfold.spark.file.InputFile;
import org.jetfold.spark.file.InputSettings;
import org.jetfold.spark.train.ClusterSample;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models are trained on events that are drawn on the cluster. */
class TrainingTest {
  private static final int FILES = 12;
  private static final int EVENTS = 3_000;
  private static final InputSettings ALL = new InputSettings(null, null, List.of(), List.of());

  @TempDir private Path folder;
  private SparkSession spark;

  @BeforeEach
  void start() throws IOException {
    spark = LocalSpark.session();
    for (int i = 0; i < FILES; i++) {
      EventTables.write(
          EventTables.table(i, (long) i * EVENTS, EVENTS),
          "exact",
          folder.resolve("in%02d.jetf".formatted(i)));
    }
  }

  private List<InputFile> files() throws IOException {
    List<InputFile> files = new ArrayList<>();
    for (int i = 0; i < FILES; i++) {
      Path file = folder.resolve("in%02d.jetf".formatted(i));
      files.add(new InputFile(file.toUri().toString(), Files.size(file)));
    }
    return files;
  }

  private Table sample(long seed, long values) throws IOException {
    return ClusterSample.of(spark.sparkContext(), files(), ALL, List.of(), seed, values);
  }

  private static long values(Table table) {
    long values = 0;
    for (int column = 0; column < table.schema().columns().size(); column++) {
      values += table.entries(table.schema().groupOf(column));
    }
    return values;
  }

  @Test
  void wholeEventsAreDrawnFromAllFiles() throws IOException {
    Table all = sample(1, Long.MAX_VALUE);
    assertThat(all.rootEntries()).isEqualTo(FILES * EVENTS);

    long most = values(all) / 5;
    Table some = sample(1, most);
    long[] numbers = some.longs("number");

    assertThat(values(some)).isBetween(most / 3, most);
    assertThat(numbers).isSorted().doesNotHaveDuplicates();
    assertThat(Arrays.stream(numbers).map(number -> number / EVENTS).distinct()).hasSize(FILES);
    int[] chosen = Arrays.stream(numbers).mapToInt(Math::toIntExact).toArray();
    Table expected = all.select(chosen);
    assertThat(some.offsets(1)).isEqualTo(expected.offsets(1));
    assertThat(some.offsets(2)).isEqualTo(expected.offsets(2));
    assertThat(some.doubles("weight")).isEqualTo(expected.doubles("weight"));
    assertThat(sample(1, most).longs("number")).isEqualTo(numbers);
    assertThat(sample(2, most).longs("number")).isNotEqualTo(numbers);
  }

  @Test
  @Tag("slow")
  void modelMakesFilesSmaller() throws IOException {
    Path model = folder.resolve("jets.jetm");
    Path drawn = folder.resolve("drawn.jetf");

    Programs ran =
        Programs.run(
            "train",
            folder.resolve("in*.jetf").toString(),
            "-o",
            model.toString(),
            "--sample",
            drawn.toString(),
            "--precision",
            "pt=rel:0.01,eta=abs:0.01",
            "--columns",
            "pt,eta",
            "--hidden",
            "8",
            "--steps",
            "60",
            "--values",
            "40000",
            "--unit",
            "GeV");

    assertThat(ran.err()).isEmpty();
    assertThat(ran.out()).contains("events drawn from 12 files").contains("SHA-256");
    try (Decompressor decompressor = new Decompressor(drawn, 1)) {
      assertThat(values(decompressor.readAll())).isBetween(13_000L, 40_000L);
    }
    Path target = folder.resolve("out");
    assertThat(
            Programs.run(
                "compress",
                folder.resolve("in00.jetf").toString(),
                target.toString(),
                "--model",
                model.toString()))
        .returns("", Programs::err);
    assertThat(target.resolve("in00.jetf")).isNotEmptyFile();
  }

  @Test
  void wrongUsageIsRefused() {
    assertThat(Programs.run("train", folder.toString()))
        .returns(2, Programs::exitCode)
        .satisfies(ran -> assertThat(ran.err()).contains("-o names the model's file"));
    assertThat(Programs.run("train", folder.toString(), "-o", "x.jetm", "--minutes", "0"))
        .returns(2, Programs::exitCode)
        .satisfies(ran -> assertThat(ran.err()).contains("--minutes must be above 0"));
    assertThat(Programs.run("train", folder.toString(), "--sample", folder + "/in00.jetf"))
        .returns(2, Programs::exitCode)
        .satisfies(ran -> assertThat(ran.err()).contains("exists already"));
  }
}
