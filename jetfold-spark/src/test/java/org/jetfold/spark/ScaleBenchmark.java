package org.jetfold.spark;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.jetfold.codec.Decompressor;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSink;
import org.jetfold.codec.table.TableSource;
import org.jetfold.spark.program.JetfoldJob;
import org.jetfold.tables.TableFiles;
import org.jetfold.tables.format.SinkOptions;
import scala.jdk.javaapi.CollectionConverters;

/**
 * How the programs and scans grow with data and with task slots: files of one part of a table, 1, 4
 * and 16 of them, are compressed with the preset for jets, read and evaluated. At the end, 4 files
 * are evaluated once more beside 16 that have a quarter of the events each.
 *
 * <p>Arguments: a table of jets in events, an empty folder, the number of tasks at a time, the
 * events of a file. Prints lines of CSV.
 */
public final class ScaleBenchmark {
  private static final int[] COPIES = {1, 4, 16};
  private static final int FILES_FOR_ONE = 4;
  private static final int MERGING_ROUNDS = 2;
  private static final List<String> WANTED = List.of("pt", "eta", "jets_pt", "jets_eta");

  private final SparkSession spark;
  private final Path folder;
  private final int slots;
  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  /** A file of a table's first events. */
  private record Part(Path file, long jets) {}

  private ScaleBenchmark(SparkSession spark, Path folder, int slots) {
    this.spark = spark;
    this.folder = folder;
    this.slots = slots;
  }

  /** Measures. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[1]));
    int slots = Integer.parseInt(arguments[2]);
    try (SparkSession spark =
        SparkSession.builder()
            .master("local[" + slots + "]")
            .appName("benchmark")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .getOrCreate()) {
      ScaleBenchmark benchmark = new ScaleBenchmark(spark, folder, slots);
      Path table = Path.of(arguments[0]);
      int events = Integer.parseInt(arguments[3]);
      Part part = benchmark.part(table, events);
      // Once for nothing: what runs first pays for starting.
      benchmark.measure(part, 1, false);
      for (int copies : COPIES) {
        benchmark.measure(part, copies, true);
      }
      benchmark.measureMerging(part, benchmark.part(table, events / FILES_FOR_ONE));
      benchmark.tellAmplification();
      benchmark.tellMemory();
    }
  }

  /** The first events of a table as a ROOT file. */
  private Part part(Path table, int events) throws IOException {
    Path part = folder.resolve("part" + events + ".root");
    try (TableSource source = TableFiles.open(table)) {
      Table first = source.readAll().slice(0, events);
      try (TableSink sink =
          TableFiles.create(
              part.toString(), null, first.schema(), new SinkOptions(true, _ -> {}))) {
        sink.write(first);
        sink.finish();
      }
      return new Part(part, first.entries(first.schema().groups().size() - 1));
    }
  }

  private void measure(Part part, int copies, boolean counts) throws IOException {
    String input = copied(part, copies, "in" + copies);
    String target = folder.resolve("out" + copies).toString();
    long jets = copies * part.jets;
    List<String> compress = List.of("compress", input, target, "--precision", "jets");
    tell(counts, copies, jets, "compress", () -> run(compress, "--overwrite"));
    tell(counts, copies, jets, "scan of two columns", () -> scan(target, "jets_pt", "jets_eta"));
    tell(counts, copies, jets, "scan of all columns", () -> scan(target, "*"));
    tell(counts, copies, jets, "evaluate", () -> evaluate(input, target));
  }

  private String copied(Part part, int copies, String name) throws IOException {
    Path input = Files.createDirectories(folder.resolve(name));
    for (int copy = 0; copy < copies; copy++) {
      Path file = input.resolve("run%02d.root".formatted(copy));
      if (!Files.exists(file)) {
        Files.copy(part.file, file);
      }
    }
    return input.toString();
  }

  /** About the same jets in more files: what an evaluation pays for files, not for values. */
  private void measureMerging(Part part, Part smaller) throws IOException {
    int files = COPIES[1];
    String input = copied(smaller, files * FILES_FOR_ONE, "small");
    String target = folder.resolve("outsmall").toString();
    run(List.of("compress", input, target, "--precision", "jets"), "--overwrite");
    String largeInput = folder.resolve("in" + files).toString();
    String largeTarget = folder.resolve("out" + files).toString();
    for (int round = 0; round < MERGING_ROUNDS; round++) {
      long jets = files * part.jets;
      tell(true, files, jets, "evaluate again", () -> evaluate(largeInput, largeTarget));
      int more = files * FILES_FOR_ONE;
      tell(true, more, more * smaller.jets, "evaluate smaller", () -> evaluate(input, target));
    }
  }

  private static void evaluate(String originals, String restored) {
    run(List.of("evaluate", originals, restored), "--jets", "jets");
  }

  private static void run(List<String> program, String... more) {
    List<String> arguments = new ArrayList<>(program);
    arguments.addAll(List.of(more));
    int exitCode =
        JetfoldJob.run(
            new PrintWriter(Writer.nullWriter()),
            new PrintWriter(System.err, true, StandardCharsets.UTF_8),
            arguments.toArray(String[]::new));
    if (exitCode > 1) {
      throw new IllegalStateException("exit code " + exitCode);
    }
  }

  private void scan(String files, String... columns) {
    spark
        .read()
        .format("jetfold")
        .load(files)
        .selectExpr(columns)
        .write()
        .format("noop")
        .mode(SaveMode.Overwrite)
        .save();
  }

  private void tell(boolean counts, int files, long jets, String what, Runnable work) {
    long start = System.nanoTime();
    long started = processorTime();
    work.run();
    double seconds = (System.nanoTime() - start) * 1e-9;
    double processor = (processorTime() - started) * 1e-9;
    if (counts) {
      out.printf(
          Locale.ROOT,
          "%d,%d,%d,%s,%.2f,%.2f,%.0f%n",
          slots,
          files,
          jets,
          what,
          seconds,
          processor,
          jets / processor);
    }
  }

  /** Nanoseconds of all threads of the process, which a busy machine does not lengthen much. */
  private static long processorTime() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  /** What a query of two columns reads, beside what they take in the files. */
  private void tellAmplification() throws IOException {
    spark.conf().set("spark.sql.adaptive.enabled", "false");
    Path files = folder.resolve("out4");
    Dataset<Row> query =
        spark
            .read()
            .format("jetfold")
            .load(files.toString())
            .selectExpr("sum(size(jets_pt)) + sum(size(jets_eta))");
    query.collect();
    long read =
        CollectionConverters.asJava(query.queryExecution().executedPlan().collectLeaves()).stream()
            .filter(plan -> plan.metrics().contains("jetfoldBytesRead"))
            .mapToLong(plan -> plan.metrics().apply("jetfoldBytesRead").value())
            .sum();
    long needed = 0;
    long all = 0;
    long blocks = 0;
    try (DirectoryStream<Path> made = Files.newDirectoryStream(files, "*.jetf")) {
      for (Path file : made) {
        try (Decompressor decompressor = new Decompressor(file, 1)) {
          List<Column> columns = decompressor.header().schema().columns();
          long[] sizes = decompressor.streamSizes();
          int lists = decompressor.header().schema().groups().size() - 1;
          needed += LongStream.of(sizes).limit(lists).sum();
          for (int column = 0; column < columns.size(); column++) {
            String name = columns.get(column).name();
            needed += WANTED.contains(name) ? sizes[lists + column] : 0;
          }
          all += decompressor.size();
          blocks += decompressor.blocks().size();
        }
      }
    }
    out.printf(
        Locale.ROOT,
        "%d,4,,bytes of all columns; of two; read for two; a block,%d;%d;%d;%d,,%n",
        slots,
        all,
        needed,
        read,
        all / blocks);
  }

  /** The most that was ever held: of all tasks, the driver and Spark together. */
  private void tellMemory() {
    long peak =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getName().contains("Tenured") || pool.getName().contains("Old"))
            .map(MemoryPoolMXBean::getPeakUsage)
            .mapToLong(usage -> usage.getUsed())
            .sum();
    out.printf(
        Locale.ROOT,
        "%d,,,old generation at most in MB,%.0f,,%n",
        slots,
        peak / (double) (1 << 20));
  }
}
