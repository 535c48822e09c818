package org.jetfold.spark;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.jetfold.codec.Compression;
import org.jetfold.codec.Compressor;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.precision.PrecisionRules;
import org.jetfold.codec.table.TableSource;
import org.jetfold.tables.TableFiles;

/**
 * Jetfold files beside Spark's own Parquet with zstd, of the same values, in one process: bytes,
 * and processor times of writing, of scanning two columns and of scanning all. Both take turns; the
 * median counts. Values are those that the preset for jets restores without dither.
 *
 * <p>Arguments: a table of jets in events, an empty folder, the number of tasks at a time, the
 * number of copies of the table, the number of rounds. Prints lines of CSV.
 */
public final class SparkBenchmark {
  private final SparkSession spark;
  private final Path folder;
  private final int rounds;
  private final String precision;

  private SparkBenchmark(SparkSession spark, Path folder, int rounds, String precision) {
    this.spark = spark;
    this.folder = folder;
    this.rounds = rounds;
    this.precision = precision;
  }

  /** Measures. */
  public static void main(String[] arguments) throws IOException {
    Path table = Path.of(arguments[0]);
    Path folder = Files.createDirectories(Path.of(arguments[1]));
    int slots = Integer.parseInt(arguments[2]);
    int copies = Integer.parseInt(arguments[3]);
    String precision = copied(table, folder, copies);
    try (SparkSession spark =
        SparkSession.builder()
            .master("local[" + slots + "]")
            .appName("benchmark")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.parquet.compression.codec", "zstd")
            .getOrCreate()) {
      SparkBenchmark benchmark =
          new SparkBenchmark(spark, folder, Integer.parseInt(arguments[4]), precision);
      PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
      benchmark
          .measure()
          .forEach(line -> out.printf("%s,%d,%d,%s%n", table.getFileName(), slots, copies, line));
    }
  }

  /** Compresses the table, and copies the file; returns the precision. */
  private static String copied(Path table, Path folder, int copies) throws IOException {
    Path source = Files.createDirectories(folder.resolve("source"));
    Path first = source.resolve("0.jetf");
    List<Precision> precisions;
    try (TableSource jets = TableFiles.open(table);
        Compressor compressor = new Compressor(2)) {
      List<Precision> dithered = PrecisionRules.jets().resolve(jets.schema()).columns();
      precisions =
          dithered.stream().map(p -> Precision.parse(p.toString().replace(":dither", ""))).toList();
      compressor.compress(jets, Compression.of(jets.schema(), precisions), first);
      List<String> rules = new ArrayList<>();
      for (int column = 0; column < precisions.size(); column++) {
        rules.add(
            "\"%s\"=%s"
                .formatted(jets.schema().columns().get(column).name(), precisions.get(column)));
      }
      for (int copy = 1; copy < copies; copy++) {
        Files.copy(first, source.resolve(copy + ".jetf"));
      }
      return String.join(",", rules);
    }
  }

  private List<String> measure() throws IOException {
    Dataset<Row> restored = load("jetfold", "source");
    List<String> lines = new ArrayList<>();
    double[] parquet = new double[rounds];
    double[] jetfold = new double[rounds];
    for (int round = 0; round <= rounds; round++) {
      // The first round warms up.
      int at = Math.max(0, round - 1);
      parquet[at] = seconds(() -> write(restored, "parquet", "parquet"));
      jetfold[at] = seconds(() -> write(restored, "jetfold", "jetfold"));
    }
    lines.add(line("bytes", bytes("parquet"), bytes("jetfold")));
    lines.add(line("write, processor s", median(parquet), median(jetfold)));
    lines.add(scans("scan of two columns, processor s", "jets_pt", "jets_eta"));
    lines.add(scans("scan of all columns, processor s"));
    return lines;
  }

  private String scans(String what, String... columns) {
    double[] parquet = new double[rounds];
    double[] jetfold = new double[rounds];
    for (int round = 0; round <= rounds; round++) {
      // The first round warms up.
      int at = Math.max(0, round - 1);
      parquet[at] = seconds(() -> scan(load("parquet", "parquet"), columns));
      jetfold[at] = seconds(() -> scan(load("jetfold", "jetfold"), columns));
    }
    return line(what, median(parquet), median(jetfold));
  }

  private Dataset<Row> load(String format, String name) {
    return spark.read().format(format).load(folder.resolve(name).toString());
  }

  private static void scan(Dataset<Row> frame, String... columns) {
    Dataset<Row> wanted =
        columns.length == 0
            ? frame
            : frame.select(columns[0], Arrays.copyOfRange(columns, 1, columns.length));
    wanted.write().format("noop").mode(SaveMode.Overwrite).save();
  }

  private void write(Dataset<Row> frame, String format, String name) {
    frame
        .write()
        .format(format)
        .mode(SaveMode.Overwrite)
        .option("precision", precision)
        .save(folder.resolve(name).toString());
  }

  private double bytes(String name) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(name))) {
      long sum = 0;
      for (Path file : files.toList()) {
        sum += file.getFileName().toString().startsWith("part-") ? Files.size(file) : 0;
      }
      return sum;
    }
  }

  /** Processor time of all threads, which a busy machine does not lengthen much. */
  private static double seconds(Runnable work) {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long start = system.getProcessCpuTime();
    work.run();
    return (system.getProcessCpuTime() - start) * 1e-9;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static String line(String what, double parquet, double jetfold) {
    String form = what.equals("bytes") ? "\"%s\",%.0f,%.0f,%.3f" : "\"%s\",%.2f,%.2f,%.3f";
    return String.format(Locale.ROOT, form, what, parquet, jetfold, jetfold / parquet);
  }
}
