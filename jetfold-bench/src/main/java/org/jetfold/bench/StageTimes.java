package org.jetfold.bench;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jetfold.codec.Compression;
import org.jetfold.codec.Compressor;
import org.jetfold.codec.Decompressor;
import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.ByteWriter;
import org.jetfold.codec.entropy.Distribution;
import org.jetfold.codec.entropy.FittedDistribution;
import org.jetfold.codec.entropy.StreamBuffers;
import org.jetfold.codec.entropy.StreamDecoder;
import org.jetfold.codec.entropy.StreamEncoder;
import org.jetfold.codec.file.ByteSource;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.quantize.BoundCheck;
import org.jetfold.codec.quantize.ErrorExtremes;
import org.jetfold.codec.quantize.Quantizer;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.ValueType;

/**
 * Prints, as CSV, how many nanoseconds a value each stage of the static codec takes on one thread,
 * beside the whole of it and zstd level 3. Times are those that the thread spends on the processor,
 * since other programs may want it too; what the garbage collector's threads take is not in them.
 * Of each piece of work the least of some rounds counts.
 *
 * <p>A piece of work of a stage is a block of a float column (of fit, the column), coded without
 * reference to another, with arrays made beforehand; a piece of the whole is a table. So the sum of
 * the stages is what the whole would take if it did nothing else and were never disturbed.
 *
 * <p>Arguments: the number of rounds, the setting, the tables' files.
 */
public final class StageTimes {
  private static final int BLOCK = 1 << 15;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final JetTable table;
  private final Precision precision;
  private final List<float[]> columns = new ArrayList<>();
  private final Map<Piece, Long> least = new LinkedHashMap<>();
  private final long values;

  /** Which work was timed: of the whole, or from a value of a column on. */
  private record Piece(String stage, int column, int from) {}

  /** The work itself. */
  private interface Work {
    void run() throws IOException;
  }

  private StageTimes(JetTable table, Precision precision) {
    this.table = table;
    this.precision = precision;
    for (int column : table.floatColumns()) {
      if (table.table().values(column) instanceof ColumnValues.Floats(float[] floats)) {
        columns.add(floats);
      }
    }
    values = columns.stream().mapToLong(column -> column.length).sum();
  }

  /** Runs the measurement. */
  public static void main(String[] arguments) throws IOException {
    int rounds = Integer.parseInt(arguments[0]);
    System.out.println("data,setting,stage,ns a value");
    for (String file : Arrays.asList(arguments).subList(2, arguments.length)) {
      StageTimes times = new StageTimes(JetTable.read(file), Precision.parse(arguments[1]));
      times.measureAll(rounds);
      times.print(file.substring(file.lastIndexOf('/') + 1));
    }
  }

  private void print(String data) {
    Map<String, Double> sums = new LinkedHashMap<>();
    least.forEach((piece, time) -> sums.merge(piece.stage(), (double) time, Double::sum));
    sums.forEach((stage, time) ->
        System.out.printf(Locale.ROOT, "%s,%s,%s,%.2f%n", data, precision, stage, time / values));
  }

  private void time(String stage, int column, int from, Work work) throws IOException {
    long start = THREADS.getCurrentThreadCpuTime();
    work.run();
    long time = THREADS.getCurrentThreadCpuTime() - start;
    least.merge(new Piece(stage, column, from), time, Math::min);
  }

  private void time(String stage, Work work) throws IOException {
    time(stage, 0, 0, work);
  }

  private void measureAll(int rounds) throws IOException {
    byte[] floatBytes = table.floatBytes(Precision.exact());
    byte[] zstdBytes = Zstd.compress(floatBytes, 3);
    List<Precision> precisions = table.precisions(precision);
    Stages stages = new Stages();
    try (Compressor verifying = new Compressor(1);
        Compressor withoutDecoding = Compressor.withoutDecoding(1)) {
      byte[] jetfoldBytes = compressed(verifying, precisions);
      for (int round = 0; round < rounds; round++) {
        for (int column = 0; column < columns.size(); column++) {
          stages.run(column);
        }
        zstdByColumn(floatBytes);
        time("whole: compress", () -> compressed(verifying, precisions));
        time("whole: compress without decoding", () -> compressed(withoutDecoding, precisions));
        time("whole: zstd -3", () -> Zstd.compress(floatBytes, 3));
        time("whole: decompress", () -> decompress(jetfoldBytes));
        time("whole: zstd -3; back", () -> Zstd.decompress(zstdBytes, floatBytes.length));
      }
    }
  }

  private void zstdByColumn(byte[] floatBytes) throws IOException {
    int length = floatBytes.length / columns.size();
    for (int column = 0; column < columns.size(); column++) {
      byte[] bytes = Arrays.copyOfRange(floatBytes, column * length, (column + 1) * length);
      time("zstd -3 on a column", column, 0, () -> Zstd.compress(bytes, 3));
      byte[] compressed = Zstd.compress(bytes, 3);
      time("zstd -3 on a column; back", column, 0, () -> Zstd.decompress(compressed, length));
    }
  }

  private byte[] compressed(Compressor compressor, List<Precision> precisions) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    compressor.compress(
        table.source(), Compression.of(table.table().schema(), precisions), out, entries -> {});
    return out.toByteArray();
  }

  private static void decompress(byte[] bytes) throws IOException {
    try (Decompressor decompressor = new Decompressor(ByteSource.of(bytes), 1);
        TableSource source = decompressor.read()) {
      JetTable.rows(source);
    }
  }

  /** The stages of a column, block by block. */
  private final class Stages {
    private final Quantizer quantizer = Quantizer.of(precision, ValueType.FLOAT32);
    private final BoundCheck check = BoundCheck.of(precision, ValueType.FLOAT32);
    private final long[] symbols = new long[BLOCK];
    private final long[] decoded = new long[BLOCK];
    private final float[] restored = new float[BLOCK];
    private final ByteWriter bytes = new ByteWriter(16 * BLOCK);
    private final StreamBuffers buffers = new StreamBuffers();

    void run(int number) throws IOException {
      float[] column = columns.get(number);
      long[] all = new long[column.length];
      quantizer.quantize(column, 0, column.length, all);
      List<Distribution> made = new ArrayList<>();
      time(
          "fit",
          number,
          0,
          () ->
              made.add(
                  FittedDistribution.of(all, new int[] {0}, Map.of(), other -> new long[0])
                      .distribution()));
      StreamEncoder encoder = new StreamEncoder(made.getFirst());
      StreamDecoder decoder = new StreamDecoder(made.getFirst());
      for (int from = 0; from < column.length; from += BLOCK) {
        int start = from;
        int count = Math.min(BLOCK, column.length - from);
        time("quantize", number, from, () -> quantizer.quantize(column, start, count, symbols));
        bytes.clear();
        time("encode", number, from, () -> encoder.encode(symbols, 0, count, null, bytes, buffers));
        ByteReader in = new ByteReader(bytes.array(), 0, bytes.size(), 0);
        time("decode", number, from, () -> decoder.decode(in, decoded, count, null, buffers));
        time("restore", number, from, () -> quantizer.restore(decoded, count, restored, 0));
        ErrorExtremes extremes = new ErrorExtremes();
        time(
            "check",
            number,
            from,
            () -> check.firstViolation(column, start, restored, 0, count, extremes));
        if (extremes.violations() > 0) {
          throw new IllegalStateException("a value broke its bound");
        }
      }
    }
  }
}
