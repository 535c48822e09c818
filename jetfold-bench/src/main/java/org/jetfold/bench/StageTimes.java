package org.jetfold.bench;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jetfold.codec.Compressor;
import org.jetfold.codec.Decompressor;
import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.ByteWriter;
import org.jetfold.codec.container.ByteSource;
import org.jetfold.codec.entropy.Distribution;
import org.jetfold.codec.entropy.DistributionWriter;
import org.jetfold.codec.entropy.FittedDistribution;
import org.jetfold.codec.entropy.StreamBuffers;
import org.jetfold.codec.entropy.StreamDecoder;
import org.jetfold.codec.entropy.StreamEncoder;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.quantize.BoundCheck;
import org.jetfold.codec.quantize.ErrorExtremes;
import org.jetfold.codec.quantize.Quantizer;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.ValueType;

/**
 * Prints, as CSV, how many nanoseconds a value each stage of the static codec takes on one thread,
 * beside the whole of it and zstd level 3: the least of some rounds, in each of which everything is
 * timed once.
 *
 * <p>Stages work on the float columns alone, block by block, with arrays made beforehand. Their sum
 * is what the whole would take if it did nothing else.
 *
 * <p>Arguments: the number of rounds, the setting, the tables' files.
 */
public final class StageTimes {
  private static final int BLOCK = 1 << 15;

  private final JetTable table;
  private final Precision precision;
  private final List<float[]> columns = new ArrayList<>();
  private final Map<String, Double> least = new LinkedHashMap<>();
  private final long values;

  /** One timed piece of work. */
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
    least.forEach((stage, nanoseconds) ->
        System.out.printf(
            Locale.ROOT, "%s,%s,%s,%.2f%n", data, precision, stage, nanoseconds / values));
  }

  private void time(String stage, Work work) throws IOException {
    long start = System.nanoTime();
    work.run();
    least.merge(stage, (double) (System.nanoTime() - start), Math::min);
  }

  private void measureAll(int rounds) throws IOException {
    byte[] floatBytes = table.floatBytes(Precision.exact());
    byte[] zstdBytes = Zstd.compress(floatBytes, 3);
    List<Precision> precisions = table.precisions(precision);
    try (Compressor verifying = new Compressor(1);
        Compressor withoutDecoding = Compressor.withoutDecoding(1)) {
      byte[] jetfoldBytes = compressed(verifying, precisions);
      Stages stages = new Stages();
      for (int round = 0; round < rounds; round++) {
        stages.run();
        time("whole: compress", () -> compressed(verifying, precisions));
        time("whole: compress without decoding", () -> compressed(withoutDecoding, precisions));
        time("zstd -3: compress", () -> Zstd.compress(floatBytes, 3));
        time("whole: decompress", () -> decompress(jetfoldBytes));
        time("zstd -3: decompress", () -> Zstd.decompress(zstdBytes, floatBytes.length));
      }
    }
  }

  private byte[] compressed(Compressor compressor, List<Precision> precisions) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    compressor.compress(table.source(), precisions, out, entries -> {});
    return out.toByteArray();
  }

  private static void decompress(byte[] bytes) throws IOException {
    try (Decompressor decompressor = new Decompressor(ByteSource.of(bytes), 1);
        TableSource source = decompressor.read()) {
      Table piece = source.next(1);
      while (piece != null) {
        piece = source.next(1);
      }
    }
  }

  /** The stages of one column after the other, block by block. */
  private final class Stages {
    private final Quantizer quantizer = Quantizer.of(precision, ValueType.FLOAT32);
    private final BoundCheck check = BoundCheck.of(precision, ValueType.FLOAT32);
    private final long[] symbols = new long[BLOCK];
    private final long[] decoded = new long[BLOCK];
    private final float[] restored = new float[BLOCK];
    private final ByteWriter bytes = new ByteWriter(16 * BLOCK);
    private final StreamBuffers buffers = new StreamBuffers();
    private final double[] nanoseconds = new double[6];

    void run() {
      Arrays.fill(nanoseconds, 0);
      for (float[] column : columns) {
        runColumn(column);
      }
      String[] names = {"quantize", "fit", "encode", "decode", "restore", "check"};
      for (int stage = 0; stage < names.length; stage++) {
        least.merge(names[stage], nanoseconds[stage], Math::min);
      }
    }

    private void runColumn(float[] column) {
      long[] all = new long[column.length];
      quantizer.quantize(column, 0, column.length, all);
      long start = System.nanoTime();
      FittedDistribution fitted = 
          FittedDistribution.of(all, new int[] {0}, Map.of(), other -> new long[0]);
      nanoseconds[1] += System.nanoTime() - start;
      Distribution distribution = new DistributionWriter().write(fitted);
      StreamEncoder encoder = new StreamEncoder(distribution);
      StreamDecoder decoder = new StreamDecoder(distribution);
      for (int from = 0; from < column.length; from += BLOCK) {
        int count = Math.min(BLOCK, column.length - from);
        long t0 = System.nanoTime();
        quantizer.quantize(column, from, count, symbols);
        long t1 = System.nanoTime();
        bytes.clear();
        encoder.encode(symbols, 0, count, null, bytes, buffers);
        long t2 = System.nanoTime();
        decoder.decode(
            new ByteReader(bytes.array(), 0, bytes.size(), 0), decoded, count, null, buffers);
        long t3 = System.nanoTime();
        quantizer.restore(decoded, count, restored, 0);
        long t4 = System.nanoTime();
        int violation = check.firstViolation(column, from, restored, 0, count, new ErrorExtremes());
        long t5 = System.nanoTime();
        if (violation >= 0) {
          throw new IllegalStateException("a value broke its bound");
        }
        nanoseconds[0] += t1 - t0;
        nanoseconds[2] += t2 - t1;
        nanoseconds[3] += t3 - t2;
        nanoseconds[4] += t4 - t3;
        nanoseconds[5] += t5 - t4;
      }
    }
  }
}
