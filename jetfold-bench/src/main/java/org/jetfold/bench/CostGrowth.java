package org.jetfold.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jetfold.codec.Compression;
import org.jetfold.codec.Compressor;
import org.jetfold.codec.Decompressor;
import org.jetfold.codec.file.ByteSource;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.ValueType;
import org.jetfold.study.picture.Chart;
import org.jetfold.study.picture.SvgPicture;

/**
 * How the cost of a value grows with the rows, the columns and the objects of an event: writes a
 * CSV table and a picture with three charts. The values are drawn at random, falling like a
 * spectrum of transverse momenta, and coded with {@code bits:7} on one thread, whose processor time
 * counts: the least of some rounds.
 *
 * <p>Arguments: the CSV file, the SVG file, the largest number of rows.
 */
public final class CostGrowth {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int VALUES = 2_000_000;
  private static final int LEAST_ROWS = 1_000;

  private final List<Measured> all = new ArrayList<>();

  private CostGrowth() {}

  /** What was measured: the values' number, and the time for each of them. */
  private record Measured(String axis, int at, long values, double compress, double decompress) {}

  /** Runs the measurement. */
  public static void main(String[] arguments) throws IOException {
    int mostRows = Integer.parseInt(arguments[2]);
    CostGrowth growth = new CostGrowth();
    growth.measure("objects an event", 3, events(VALUES, 3));
    growth.all.clear(); // compiled now
    for (int rows = LEAST_ROWS; rows <= mostRows && rows > 0; rows *= 10) {
      growth.measure("rows", rows, rows(rows, 1));
    }
    for (int columns : new int[] {1, 3, 10, 30, 100, 300, 1_000, 3_000}) {
      growth.measure("columns", columns, rows(Math.max(LEAST_ROWS, VALUES / columns), columns));
    }
    for (int objects : new int[] {1, 3, 10, 30, 100, 300, 1_000}) {
      growth.measure("objects an event", objects, events(VALUES, objects));
    }
    growth.write(Path.of(arguments[0]), Path.of(arguments[1]));
  }

  private static Table rows(int rows, int columns) {
    List<Column> named =
        IntStream.range(0, columns).mapToObj(i -> new Column("c" + i, ValueType.FLOAT32)).toList();
    List<ColumnValues> values = new ArrayList<>();
    for (int column = 0; column < columns; column++) {
      values.add(spectrum(rows, column));
    }
    return new Table(Schema.flat(named), rows, List.of(), values);
  }

  private static Table events(int objects, int each) {
    int[] offsets = IntStream.rangeClosed(0, objects / each).map(event -> event * each).toArray();
    Schema schema = Schema.events(List.of(), "jets", List.of(new Column("pt", ValueType.FLOAT32)));
    return new Table(
        schema,
        offsets.length - 1,
        List.of(offsets),
        List.of(spectrum(offsets[offsets.length - 1], 0)));
  }

  private static ColumnValues spectrum(int size, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) (20_000 / Math.pow(1 - random.nextDouble(), 0.25));
    }
    return new ColumnValues.Floats(values);
  }

  private void measure(String axis, int at, Table table) throws IOException {
    long values = (long) table.entries(table.schema().groups().size() - 1);
    values *= table.schema().columns().size();
    Compression compression =
        Compression.of(
            table.schema(),
            Collections.nCopies(table.schema().columns().size(), Precision.parse("bits:7")));
    long compress = Long.MAX_VALUE;
    long decompress = Long.MAX_VALUE;
    // Small tables often, since each is soon done; the largest twice.
    long rounds = Math.clamp(20L * VALUES / Math.max(values, 1), 2, 200);
    for (int round = 0; round < rounds; round++) {
      long start = THREADS.getCurrentThreadCpuTime();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (Compressor compressor = new Compressor(1)) {
        compressor.compress(TableSource.of(table), compression, out, entries -> {});
      }
      compress = Math.min(compress, THREADS.getCurrentThreadCpuTime() - start);
      ByteSource file = ByteSource.of(out.toByteArray());
      long middle = THREADS.getCurrentThreadCpuTime();
      try (Decompressor decompressor = new Decompressor(file, 1);
          TableSource source = decompressor.read()) {
        JetTable.rows(source);
      }
      decompress = Math.min(decompress, THREADS.getCurrentThreadCpuTime() - middle);
    }
    all.add(
        new Measured(axis, at, values, (double) compress / values, (double) decompress / values));
    System.err.println(all.getLast());
  }

  private void write(Path csv, Path svg) throws IOException {
    try (PrintStream out =
        new PrintStream(Files.newOutputStream(csv), false, StandardCharsets.UTF_8)) {
      out.println("axis,at,values,compress ns a value,decompress ns a value");
      for (Measured m : all) {
        out.printf(
            Locale.ROOT, "%s,%d,%d,%.2f,%.2f%n", m.axis, m.at, m.values, m.compress, m.decompress);
      }
    }
    List<Chart> charts = new ArrayList<>();
    for (String axis : List.of("rows", "columns", "objects an event")) {
      List<Measured> own = all.stream().filter(m -> m.axis.equals(axis)).toList();
      double[] at = own.stream().mapToDouble(m -> m.at).toArray();
      charts.add(
          new Chart(
              "The cost of a value",
              Chart.Axis.logarithmic(axis),
              Chart.Axis.logarithmic("ns a value"),
              List.of(
                  Chart.Series.markedLine(
                      "compress", at, own.stream().mapToDouble(m -> m.compress).toArray()),
                  Chart.Series.markedLine(
                      "decompress", at, own.stream().mapToDouble(m -> m.decompress).toArray()))));
    }
    Files.writeString(svg, SvgPicture.of(charts));
  }
}
