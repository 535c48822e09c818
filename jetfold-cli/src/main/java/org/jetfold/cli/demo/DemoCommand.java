package org.jetfold.cli.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.jetfold.cli.console.ExitCode;
import org.jetfold.cli.console.Streams;
import org.jetfold.cli.file.CompressedInput;
import org.jetfold.cli.file.ModelFiles;
import org.jetfold.cli.file.OutputFile;
import org.jetfold.cli.option.Progress;
import org.jetfold.cli.option.QuietOption;
import org.jetfold.codec.Compression;
import org.jetfold.codec.Compressor;
import org.jetfold.codec.comparison.PrecisionCheck;
import org.jetfold.codec.comparison.PrecisionCheck.CheckedColumn;
import org.jetfold.codec.density.DensityModel;
import org.jetfold.codec.model.ModelUse;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.precision.PrecisionChoice;
import org.jetfold.codec.precision.PrecisionRules;
import org.jetfold.codec.table.Projection;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSink;
import org.jetfold.codec.table.TableSource;
import org.jetfold.study.file.FileReport;
import org.jetfold.tables.TableFiles;
import org.jetfold.tables.format.SinkOptions;
import org.jetfold.tables.format.SourceOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code jetfold demo}. */
@Command(
    name = "demo",
    description = {
      "Compresses simulated jets that come with Jetfold, restores them, and compares every value.",
      "It prints the precision, largest error and size of each column. Beside it are the sizes that"
          + " zstd reaches, lossless and after truncating floats to the fewest bits that keep the"
          + " same bound."
    })
public final class DemoCommand implements Callable<Integer> {
  private static final int THREADS = Runtime.getRuntime().availableProcessors();

  private final Streams streams;

  public DemoCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws IOException {
    Path sample = Sample.table();
    DensityModel model = (DensityModel) ModelFiles.read(Sample.model().toString());
    Path folder = Files.createTempDirectory("jetfold-demo-");
    Path compressed = folder.resolve("jets.jetf");
    Path learned = folder.resolve("learned.jetf");
    Path restored = folder.resolve("jets.npz");
    try {
      DemoTable table = measure(sample, model, compressed, learned, restored);
      streams
          .out()
          .write((table.text(streams.outIsTerminal()) + "\n").getBytes(StandardCharsets.UTF_8));
      return table.right() ? ExitCode.OK : ExitCode.DIFFERENT;
    } finally {
      Files.deleteIfExists(compressed);
      Files.deleteIfExists(learned);
      Files.deleteIfExists(restored);
      Files.deleteIfExists(folder);
    }
  }

  private DemoTable measure(
      Path sample, DensityModel model, Path compressed, Path learned, Path restored)
      throws IOException {
    try (Progress progress =
        Progress.start(streams, new QuietOption(), "demo", steps(sample), "step")) {
      AtomicLong done = new AtomicLong();
      Runnable step = () -> progress.accept(done.incrementAndGet());
      PrecisionChoice choice = compress(sample, null, compressed);
      step.run();
      compress(sample, ModelUse.of(model), learned);
      step.run();
      List<CheckedColumn> findings = new ArrayList<>();
      FileReport report = check(sample, compressed, restored, choice, findings);
      step.run();
      FileReport ofModel = check(sample, learned, restored, choice, findings);
      step.run();
      return new DemoTable(report, ofModel, findings, wholeTable(sample), model.size(), step);
    }
  }

  /** Two files are written and checked, and the columns compressed in other ways. */
  private long steps(Path sample) throws IOException {
    try (TableSource source = open(sample)) {
      return 4L + source.schema().columns().size();
    }
  }

  /** Verifies a file, decompresses it, compares every value, and adds the errors found. */
  private FileReport check(
      Path sample,
      Path compressed,
      Path restored,
      PrecisionChoice choice,
      List<CheckedColumn> findings)
      throws IOException {
    List<String> models = List.of(Sample.model().toString());
    try (CompressedInput in =
        CompressedInput.open(compressed.toString(), THREADS, models, streams)) {
      in.verify();
      decompress(in, restored);
      try (TableSource before = open(sample);
          TableSource after = open(restored)) {
        findings.addAll(PrecisionCheck.of(before, after, choice.columns(), _ -> {}).columns());
      }
      return in.report();
    }
  }

  private TableSource open(Path file) throws IOException {
    return TableFiles.open(file.toString(), null, new SourceOptions(streams::warn));
  }

  private Table wholeTable(Path file) throws IOException {
    try (TableSource source = open(file)) {
      return source.readAll();
    }
  }

  private PrecisionChoice compress(Path sample, @Nullable ModelUse use, Path compressed)
      throws IOException {
    try (TableSource source = open(sample);
        OutputFile out = OutputFile.create(compressed.toString(), false, streams);
        Compressor compressor = new Compressor(THREADS)) {
      // The sample's model was trained for the preset's bounds without dither.
      List<Precision> bounds =
          Compression.of(source.schema(), PrecisionRules.jets()).askedPrecisions().stream()
              .map(Precision::promise)
              .toList();
      Compression jets = Compression.of(source.schema(), bounds);
      Compression plan = use == null ? jets : jets.with(use);
      compressor.compress(source, plan, out.stream(), _ -> {});
      out.commit();
      return plan.precisions();
    }
  }

  private void decompress(CompressedInput in, Path restored) throws IOException {
    SinkOptions options = new SinkOptions(true, streams::warn);
    try (TableSource source = in.read(Projection.all(in.schema()));
        TableSink sink = TableFiles.create(restored.toString(), null, source.schema(), options)) {
      source.forEachPiece(sink::write);
      sink.finish();
    }
  }
}
