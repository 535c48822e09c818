package org.jetfold.cli.compare;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.ValueType;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.BasicArrayCache;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZInputStream;
import org.tukaani.xz.XZOutputStream;

/**
 * A general compressor, after float truncation or without loss. Each column's bytes are shuffled
 * (all first bytes, all second ones, …) and compressed by themselves; so are the lengths of lists.
 *
 * @param setting how it is called
 * @param bits to truncate each column to; null for no loss
 */
record GeneralContender(Method method, String setting, List<Precision.@Nullable Bits> bits)
    implements Contender {

  /** The compressors. */
  enum Method {
    ZSTD("zstd -19") {
      @Override
      byte[] compress(byte[] bytes) {
        return Zstd.compress(bytes, ZstdBaseline.LEVEL);
      }

      @Override
      byte[] decompress(byte[] compressed, int size) {
        return Zstd.decompress(compressed, size);
      }
    },
    XZ("xz -6") {
      @Override
      byte[] compress(byte[] bytes) throws IOException {
        LZMA2Options options = new LZMA2Options();
        // A dictionary is set up anew for each column: one larger than the column only takes time.
        options.setDictSize(
            Math.clamp(bytes.length, LZMA2Options.DICT_SIZE_MIN, options.getDictSize()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (XZOutputStream xz = new XZOutputStream(out, options, BasicArrayCache.getInstance())) {
          xz.write(bytes);
        }
        return out.toByteArray();
      }

      @Override
      byte[] decompress(byte[] compressed, int size) throws IOException {
        try (XZInputStream xz =
            new XZInputStream(
                new ByteArrayInputStream(compressed), BasicArrayCache.getInstance())) {
          return xz.readNBytes(size);
        }
      }
    };

    private final String text;

    Method(String text) {
      this.text = text;
    }

    abstract byte[] compress(byte[] bytes) throws IOException;

    abstract byte[] decompress(byte[] compressed, int size) throws IOException;
  }

  @Override
  public String codec() {
    boolean truncates = bits.stream().anyMatch(Objects::nonNull);
    return (truncates ? "truncation + " : "") + method.text;
  }

  /** A table's columns as they come back, and what each is compressed to. */
  private record Encoded(List<ColumnValues> values, List<byte[]> compressed) {}

  @Override
  public Coded run(Table table, double enough) throws IOException {
    ProcessorTime encoding = new ProcessorTime(enough);
    Encoded encoded;
    do {
      encoding.start();
      encoded = encoded(table);
      encoding.stop();
    } while (encoding.another());
    ProcessorTime decoding = new ProcessorTime(enough);
    do {
      decoding.start();
      decode(table, encoded.compressed());
      decoding.stop();
    } while (decoding.another());
    long size = 0;
    for (byte[] compressed : encoded.compressed()) {
      size += compressed.length;
    }
    List<int[]> offsets = new ArrayList<>();
    for (int group = 1; group < table.schema().groups().size(); group++) {
      offsets.add(table.offsets(group));
      size += method.compress(lengths(table.offsets(group))).length;
    }
    return new Coded(
        size,
        new Table(table.schema(), table.rootEntries(), offsets, encoded.values()),
        ComparisonErrors.rawBytes(table),
        encoding.seconds(),
        decoding.seconds(),
        "");
  }

  private Encoded encoded(Table table) throws IOException {
    List<ColumnValues> restored = new ArrayList<>();
    List<byte[]> compressed = new ArrayList<>();
    for (int column = 0; column < bits.size(); column++) {
      ValueType type = table.schema().columns().get(column).type();
      ColumnValues values = table.values(column);
      Precision.Bits kept = bits.get(column);
      if (kept != null) {
        values = ZstdBaseline.truncated(values, type, kept);
      }
      restored.add(values);
      compressed.add(method.compress(shuffled(ZstdBaseline.bytes(values, type), type.bytes())));
    }
    return new Encoded(restored, compressed);
  }

  /** What a reader would do; that the bytes come back is for the libraries' tests. */
  private void decode(Table table, List<byte[]> compressed) throws IOException {
    for (int column = 0; column < compressed.size(); column++) {
      int width = table.schema().columns().get(column).type().bytes();
      int size = table.values(column).size() * width;
      unshuffled(method.decompress(compressed.get(column), size), width);
    }
  }

  /** The lengths of lists as 32-bit integers, shuffled. */
  static byte[] lengths(int[] offsets) {
    long[] lengths = new long[offsets.length - 1];
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = (long) offsets[i + 1] - offsets[i];
    }
    return shuffled(
        ZstdBaseline.bytes(new ColumnValues.Integers(lengths), ValueType.INT32), Integer.BYTES);
  }

  private static byte[] shuffled(byte[] bytes, int width) {
    byte[] shuffled = new byte[bytes.length];
    int count = bytes.length / width;
    for (int i = 0; i < bytes.length; i++) {
      shuffled[i % width * count + i / width] = bytes[i];
    }
    return shuffled;
  }

  private static byte[] unshuffled(byte[] shuffled, int width) {
    byte[] bytes = new byte[shuffled.length];
    int count = bytes.length / width;
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = shuffled[i % width * count + i / width];
    }
    return bytes;
  }
}
