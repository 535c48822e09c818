package org.jetfold.bench;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
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
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZInputStream;
import org.tukaani.xz.XZOutputStream;

/**
 * Prints, as CSV, what other compressors make of the same values within the same bounds: bits a
 * jet, and the processor time of one thread for each value. Those that lose nothing are given the
 * values that Jetfold restores; zfp, which bounds an absolute error itself, is given the values as
 * they are. Jetfold's file holds the events and checksums, too, the others hold the float columns
 * alone. Rounds go through all of them, and the least time of each counts.
 *
 * <p>Arguments: the number of rounds, the settings with commas between them, the tables' files.
 */
public final class PeerComparison {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int XZ_LEVEL = 6;
  private static final int PAGE = 1 << 16;
  private static final int PAGE_LEVEL = 5;

  private PeerComparison() {}

  /** Runs the comparison. */
  public static void main(String[] arguments) throws IOException {
    int rounds = Integer.parseInt(arguments[0]);
    System.out.println(
        "data,setting,compressor,bytes,bits a jet,compress ns a value,decompress ns a value");
    for (String file : Arrays.asList(arguments).subList(2, arguments.length)) {
      JetTable table = JetTable.read(file);
      for (String setting : arguments[1].split(",", -1)) {
        compare(file.substring(file.lastIndexOf('/') + 1), table, setting, rounds);
      }
    }
  }

  private static void compare(String data, JetTable table, String setting, int rounds)
      throws IOException {
    Precision precision = Precision.parse(setting);
    byte[] rounded = table.floatBytes(precision);
    int columns = table.floatColumns().size();
    try (DuckDbPeer parquet = new DuckDbPeer(rounded, columns)) {
      List<Measured> all = new ArrayList<>();
      for (Peer peer : peers(table, precision, rounded)) {
        all.add(new Measured(peer));
      }
      all.add(new Measured(parquet));
      for (int round = 0; round < rounds; round++) {
        for (Measured measured : all) {
          measured.run();
        }
      }
      for (Measured measured : all) {
        System.out.printf(
            Locale.ROOT,
            "%s,%s,\"%s\",%d,%.2f,%.2f,%.2f%n",
            data,
            setting,
            measured.peer.name(),
            measured.bytes,
            8.0 * measured.bytes / table.jets(),
            (double) measured.compress / columns / table.jets(),
            (double) measured.decompress / columns / table.jets());
      }
    }
  }

  private static List<Peer> peers(JetTable table, Precision precision, byte[] rounded)
      throws IOException {
    List<Peer> peers = new ArrayList<>();
    peers.add(jetfold(table, precision));
    for (int level : new int[] {3, 19}) {
      peers.add(
          Peer.ofBytes(
              "zstd -" + level, rounded, bytes -> Zstd.compress(bytes, level), Zstd::decompress));
    }
    peers.add(Peer.ofBytes("xz -" + XZ_LEVEL, rounded, PeerComparison::xz, PeerComparison::unxz));
    peers.add(
        Peer.ofBytes(
            "split bytes, zstd (an RNTuple's pages)",
            rounded,
            SplitPages::compress,
            SplitPages::decompress));
    BloscLibrary blosc = BloscLibrary.find();
    if (blosc == null) {
      System.err.println("Blosc is left out: this system has no libblosc.so.1");
    } else {
      peers.add(
          Peer.ofBytes("Blosc, bits shuffled, zstd", rounded, blosc::compress, blosc::decompress));
    }
    return peers;
  }

  /** Pages of values whose lowest bytes come first, then the second ones, each page by zstd. */
  private static final class SplitPages {
    static byte[] compress(byte[] bytes) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      for (int start = 0; start < bytes.length; start += PAGE) {
        int size = Math.min(PAGE, bytes.length - start);
        byte[] page = new byte[size];
        int values = size / Float.BYTES;
        for (int value = 0; value < values; value++) {
          for (int b = 0; b < Float.BYTES; b++) {
            page[b * values + value] = bytes[start + value * Float.BYTES + b];
          }
        }
        byte[] coded = Zstd.compress(page, PAGE_LEVEL);
        out.write(coded.length >>> 16);
        out.write(coded.length >>> 8);
        out.write(coded.length);
        out.writeBytes(coded);
      }
      return out.toByteArray();
    }

    static byte[] decompress(byte[] coded, int length) {
      byte[] bytes = new byte[length];
      int at = 0;
      for (int start = 0; start < length; start += PAGE) {
        int size = Math.min(PAGE, length - start);
        int codedSize =
            ((coded[at] & 255) << 16) | ((coded[at + 1] & 255) << 8) | (coded[at + 2] & 255);
        byte[] page = Zstd.decompress(Arrays.copyOfRange(coded, at + 3, at + 3 + codedSize), size);
        at += 3 + codedSize;
        int values = size / Float.BYTES;
        for (int value = 0; value < values; value++) {
          for (int b = 0; b < Float.BYTES; b++) {
            bytes[start + value * Float.BYTES + b] = page[b * values + value];
          }
        }
      }
      return bytes;
    }
  }

  private static byte[] xz(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (XZOutputStream xz = new XZOutputStream(out, new LZMA2Options(XZ_LEVEL))) {
      xz.write(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] unxz(byte[] bytes, int length) throws IOException {
    try (XZInputStream in = new XZInputStream(new ByteArrayInputStream(bytes))) {
      return in.readNBytes(length);
    }
  }

  private static Peer jetfold(JetTable table, Precision precision) {
    Compression compression = Compression.of(table.table().schema(), table.precisions(precision));
    return new Peer() {
      private byte[] file = new byte[0];

      @Override
      public String name() {
        return "Jetfold, static";
      }

      @Override
      public long compress() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Compressor compressor = new Compressor(1)) {
          compressor.compress(table.source(), compression, out, entries -> {});
        }
        file = out.toByteArray();
        return file.length;
      }

      @Override
      public void decompress() throws IOException {
        try (Decompressor decompressor = new Decompressor(ByteSource.of(file), 1);
            TableSource source = decompressor.read()) {
          JetTable.rows(source);
        }
      }
    };
  }

  /** A peer and its least times. */
  private static final class Measured {
    private final Peer peer;
    private long bytes;
    private long compress = Long.MAX_VALUE;
    private long decompress = Long.MAX_VALUE;

    Measured(Peer peer) {
      this.peer = peer;
    }

    void run() throws IOException {
      long start = THREADS.getCurrentThreadCpuTime();
      bytes = peer.compress();
      long middle = THREADS.getCurrentThreadCpuTime();
      peer.decompress();
      long end = THREADS.getCurrentThreadCpuTime();
      compress = Math.min(compress, middle - start);
      decompress = Math.min(decompress, end - middle);
    }
  }
}
