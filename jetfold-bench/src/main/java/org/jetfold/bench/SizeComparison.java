package org.jetfold.bench;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import org.jetfold.codec.Compression;
import org.jetfold.codec.Compressor;
import org.jetfold.codec.precision.Precision;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/**
 * Prints, as CSV, the bits per jet that Jetfold and general compressors take for the same tables:
 * whole {@code .jetf} files with event structure and all overheads, against the float32 columns'
 * bytes alone for the others.
 *
 * <p>Arguments: the tables' files.
 */
public final class SizeComparison {
  private static final String[] SETTINGS = {"exact", "bits:7", "rel:0.00390625"};

  private SizeComparison() {}

  /** Runs the comparison. */
  public static void main(String[] files) throws IOException {
    System.out.println(
        "data,jets,columns,setting,raw,zstd -19,zstd -19 shuffled,xz -9,xz -9 shuffled,jetfold");
    for (String file : files) {
      JetTable table = JetTable.read(file);
      for (String setting : SETTINGS) {
        printRow(file.substring(file.lastIndexOf('/') + 1), table, Precision.parse(setting));
      }
    }
  }

  private static void printRow(String name, JetTable table, Precision precision)
      throws IOException {
    byte[] plain = table.floatBytes(precision);
    byte[] shuffled = table.shuffledBytes(precision);
    System.out.printf(
        Locale.ROOT,
        "%s,%d,%d,%s,%s,%s,%s,%s,%s,%s%n",
        name,
        table.jets(),
        table.floatColumns().size(),
        precision,
        bits(plain.length, table),
        bits(Zstd.compress(plain, 19).length, table),
        bits(Zstd.compress(shuffled, 19).length, table),
        bits(xz(plain), table),
        bits(xz(shuffled), table),
        bits(jetfold(table, precision), table));
  }

  private static String bits(long bytes, JetTable table) {
    return String.format(Locale.ROOT, "%.2f", 8.0 * bytes / table.jets());
  }

  private static long xz(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (XZOutputStream xz = new XZOutputStream(out, new LZMA2Options(9))) {
      xz.write(bytes);
    }
    return out.size();
  }

  private static long jetfold(JetTable table, Precision precision) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Compressor compressor = new Compressor(1)) {
      return compressor
          .compress(
              table.source(),
              Compression.of(table.table().schema(), table.precisions(precision)),
              out,
              entries -> {})
          .bytes();
    }
  }
}
