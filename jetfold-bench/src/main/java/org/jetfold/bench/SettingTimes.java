package org.jetfold.bench;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jetfold.codec.Compression;
import org.jetfold.codec.Compressor;
import org.jetfold.codec.Decompressor;
import org.jetfold.codec.file.ByteSource;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.TableSource;

/**
 * Prints, as CSV, how long the static codec takes with each of several settings, as multiples of
 * the time of zstd level 3 on the same bytes of floats, all in one process and on one thread.
 * Rounds go through all settings, so that whatever slows the machine down meets all of them. The
 * processor time of the thread counts, and of each piece of work the least of the rounds.
 *
 * <p>Arguments: the number of rounds, the settings with commas between them (a setting that starts
 * with {@code double/} is that of the values as FLOAT64), the tables' files.
 */
public final class SettingTimes {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final String DOUBLES = "double/";

  private SettingTimes() {}

  /** Runs the measurement. */
  public static void main(String[] arguments) throws IOException {
    int rounds = Integer.parseInt(arguments[0]);
    String[] settings = arguments[1].split(",", -1);
    System.out.println(
        "data,setting,bytes,zstd -3 bytes,compress,compress without decoding,decompress,"
            + "zstd -3 ns a value,zstd -3 back ns a value");
    for (String file : Arrays.asList(arguments).subList(2, arguments.length)) {
      JetTable floats = JetTable.read(file);
      List<Measured> all = new ArrayList<>();
      for (String setting : settings) {
        boolean doubles = setting.startsWith(DOUBLES);
        all.add(
            new Measured(
                setting,
                doubles ? floats.asDoubles() : floats,
                doubles ? Double.BYTES : Float.BYTES));
      }
      for (int round = 0; round < rounds; round++) {
        for (Measured measured : all) {
          measured.run();
        }
      }
      for (Measured measured : all) {
        measured.print(file.substring(file.lastIndexOf('/') + 1));
      }
    }
  }

  /** The work itself. */
  private interface Work {
    Object run() throws IOException;
  }

  /** A table with one setting. */
  private static final class Measured {
    private final String setting;
    private final JetTable table;
    private final Compression compression;
    private final byte[] plain;
    private final byte[] zstd;
    private final byte[] jetfold;
    private final long values;
    private final long[] least = new long[5];

    Measured(String setting, JetTable table, int valueBytes) throws IOException {
      this.setting = setting;
      this.table = table;
      String precision = setting.replace(DOUBLES, "");
      compression =
          Compression.of(table.table().schema(), table.precisions(Precision.parse(precision)));
      plain =
          valueBytes == Double.BYTES ? table.doubleBytes() : table.floatBytes(Precision.exact());
      values = plain.length / valueBytes;
      zstd = Zstd.compress(plain, 3);
      try (Compressor compressor = new Compressor(1)) {
        jetfold = compressed(compressor);
      }
      Arrays.fill(least, Long.MAX_VALUE);
    }

    void run() throws IOException {
      try (Compressor verifying = new Compressor(1);
          Compressor withoutDecoding = Compressor.withoutDecoding(1)) {
        time(0, () -> Zstd.compress(plain, 3));
        time(1, () -> Zstd.decompress(zstd, plain.length));
        time(2, () -> compressed(verifying));
        time(3, () -> compressed(withoutDecoding));
        time(4, this::decompressed);
      }
    }

    private void time(int work, Work done) throws IOException {
      long start = THREADS.getCurrentThreadCpuTime();
      done.run();
      least[work] = Math.min(least[work], THREADS.getCurrentThreadCpuTime() - start);
    }

    private byte[] compressed(Compressor compressor) throws IOException {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      compressor.compress(table.source(), compression, out, entries -> {});
      return out.toByteArray();
    }

    private Integer decompressed() throws IOException {
      try (Decompressor decompressor = new Decompressor(ByteSource.of(jetfold), 1);
          TableSource source = decompressor.read()) {
        return JetTable.rows(source);
      }
    }

    void print(String data) {
      System.out.printf(
          Locale.ROOT,
          "%s,%s,%d,%d,%.2f,%.2f,%.2f,%.2f,%.2f%n",
          data,
          setting,
          jetfold.length,
          zstd.length,
          (double) least[2] / least[0],
          (double) least[3] / least[0],
          (double) least[4] / least[1],
          (double) least[0] / values,
          (double) least[1] / values);
    }
  }
}
