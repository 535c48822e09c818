package org.jetfold.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.jetfold.codec.Compression;
import org.jetfold.codec.Compressor;
import org.jetfold.codec.Decompressor;
import org.jetfold.codec.ModelFile;
import org.jetfold.codec.model.ModelSource;
import org.jetfold.codec.precision.PrecisionRules;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSink;
import org.jetfold.codec.table.TableSource;
import org.jetfold.root.JaggedColumn;
import org.jetfold.root.ValueType;
import org.jetfold.root.write.NtupleField;
import org.jetfold.root.write.NtupleWriter;
import org.jetfold.tables.TableFiles;
import org.jetfold.tables.format.SinkOptions;
import org.jetfold.tables.format.SourceOptions;
import org.jetfold.train.LibTorch;
import org.jetfold.train.LibTorchException;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs every example, and looks at what it prints and writes. */
final class ExamplesTest {
  private static final int SAMPLE_JETS = 19_277;

  @TempDir private Path folder;

  private interface Program {
    void main(String[] args) throws Exception;
  }

  /** What a program prints on standard output. */
  private static List<String> run(Program program, Object... args) throws Exception {
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
      System.setOut(out);
      program.main(List.of(args).stream().map(Object::toString).toArray(String[]::new));
    } finally {
      System.setOut(before);
    }
    return printed.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private static Path sample() {
    return Path.of(System.getProperty("jetfold.root"), "samples", "jets.npz");
  }

  /** The sample as a file of Jetfold's. */
  private Path compressedSample() throws IOException {
    Path file = folder.resolve("sample.jetf");
    SourceOptions options = new SourceOptions(System.err::println);
    try (TableSource source = TableFiles.open(sample().toString(), null, options);
        Compressor compressor = new Compressor(2)) {
      compressor.compress(source, Compression.of(source.schema(), PrecisionRules.jets()), file);
    }
    return file;
  }

  private static Table restored(Path file) throws IOException {
    try (Decompressor decompressor = new Decompressor(file, 1)) {
      return decompressor.readAll();
    }
  }

  @Test
  void compressArrays() throws Exception {
    Path file = folder.resolve("arrays.jetf");
    List<String> printed = run(CompressArrays::main, file);
    float[] original = {310.25f, 87.5f, 44.125f};
    assertThat(printed).hasSize(1);
    String[] values = printed.getFirst().replaceAll("[\\[\\] ]", "").split(",");
    assertThat(values).hasSize(original.length);
    for (int i = 0; i < original.length; i++) {
      double error = Math.abs(Double.parseDouble(values[i]) - original[i]);
      assertThat(error).isLessThanOrEqualTo(0.004 * original[i]);
    }
    assertThat(restored(file).schema().columns()).extracting("name").containsExactly("pt", "eta");
  }

  @Test
  void readColumns() throws Exception {
    assertThat(run(ReadColumns::main, compressedSample(), 0, "eta", "jets.pt"))
        .containsExactly("1 of 1 blocks", "eta: " + SAMPLE_JETS, "jets.pt: " + SAMPLE_JETS);
  }

  @Test
  void readSplits() throws Exception {
    Path file = folder.resolve("rows.jetf");
    int rows = 100_000;
    float[] noise = new float[rows];
    Random random = new Random(1);
    for (int row = 0; row < rows; row++) {
      noise[row] = random.nextFloat();
    }
    Schema schema =
        Schema.flat(List.of(new Column("x", org.jetfold.codec.table.ValueType.FLOAT32)));
    Table table = new Table(schema, rows, List.of(), List.of(new ColumnValues.Floats(noise)));
    try (Compressor compressor = new Compressor(1)) {
      compressor.compress(
          TableSource.of(table), Compression.of(schema, PrecisionRules.parse("x=exact")), file);
    }
    List<String> printed = run(ReadSplits::main, file, "x");
    assertThat(printed).hasSizeGreaterThan(1).allMatch(line -> line.endsWith(" values"));
    assertThat(printed.stream().mapToInt(line -> Integer.parseInt(line.split(" ", 2)[0])).sum())
        .isEqualTo(rows);
  }

  @Test
  void compressEvents() throws Exception {
    Path file = folder.resolve("events.jetf");
    List<String> printed = run(CompressEvents::main, file);
    assertThat(printed).containsExactly(Files.size(file) + " bytes");
    Table events = restored(file);
    assertThat(events.offsets(1)).containsExactly(0, 2, 3);
    assertThat(events.floats("pt")[2]).isBetween(44.125f * 0.996f, 44.125f * 1.004f);
    assertThat(events.floats("eta")[1]).isBetween(1.749f, 1.751f);
  }

  @Test
  @Tag("slow")
  void trainModel() throws Exception {
    assumeLibTorch();
    Path model = folder.resolve("trained.jetm");
    Path file = folder.resolve("learned.jetf");
    Path some = folder.resolve("some.npz");
    writeSomeOfTheSample(some);
    assertThat(run(TrainModel::main, some, 0.03, model, file)).containsExactly("500 events");
    try (Decompressor decompressor =
        new Decompressor(file, 1, ModelSource.of(ModelFile.read(model)))) {
      SourceOptions options = new SourceOptions(System.err::println);
      try (TableSource original = TableFiles.open(some.toString(), null, options)) {
        assertThat(decompressor.check(original, _ -> {}).passed()).isTrue();
      }
      assertThat(decompressor.header().columns()).anyMatch(column -> column.coding() > 0);
    }
  }

  private static void writeSomeOfTheSample(Path file) throws IOException {
    try (TableSource source =
        TableFiles.open(sample().toString(), null, new SourceOptions(Assertions::fail))) {
      Table some = source.readAll().slice(0, 500);
      try (TableSink sink =
          TableFiles.create(
              file.toString(), null, some.schema(), new SinkOptions(true, Assertions::fail))) {
        sink.write(some);
        sink.finish();
      }
    }
  }

  private static void assumeLibTorch() {
    try {
      LibTorch.start();
    } catch (LibTorchException e) {
      abort(e.getMessage());
    }
  }

  @Test
  void readRootBranch() throws Exception {
    Path file = folder.resolve("events.root");
    List<NtupleField> fields = List.of(new NtupleField("Jet_pt", ValueType.FLOAT32, 1));
    try (NtupleWriter writer = new NtupleWriter(file, "events.root", "Events", fields)) {
      writer.write(
          List.of(
              new JaggedColumn(
                  0,
                  3,
                  new org.jetfold.root.ColumnValues.Floats(new float[] {310.25f, 87.5f, 44.125f}),
                  List.of(new int[] {0, 2, 2, 3}))));
      writer.finish();
    }
    assertThat(run(ReadRootBranch::main, file, "Events", "Jet_pt"))
        .containsExactly("event 0: 310.25", "event 0: 87.5", "event 2: 44.125");
  }

  @Test
  void checkFileThatIsWithinItsPrecisions() throws Exception {
    List<String> printed = run(CheckFile::main, compressedSample(), sample());
    assertThat(printed)
        .contains("jets.pt: 0 of " + SAMPLE_JETS)
        .endsWith("within the precisions")
        .hasSize(30);
  }

  @Test
  void checkFileOfAnotherTable() throws Exception {
    Path other = folder.resolve("other.jetf");
    run(CompressArrays::main, other);
    assertThat(run(CheckFile::main, other, sample())).endsWith("not within the precisions");
  }
}
