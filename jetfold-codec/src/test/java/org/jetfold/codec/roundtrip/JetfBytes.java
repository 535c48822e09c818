package org.jetfold.codec.roundtrip;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jetfold.codec.Compression;
import org.jetfold.codec.Compressor;
import org.jetfold.codec.Decompressor;
import org.jetfold.codec.file.ByteSource;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.Projection;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;

/** Compressed tables in memory. */
public final class JetfBytes {
  private JetfBytes() {}

  /** A table's file, written by one thread. */
  public static byte[] of(Table table, List<Precision> precisions) throws IOException {
    return of(new PiecedSource(table), precisions, 1);
  }

  /** A source's file. */
  public static byte[] of(TableSource source, List<Precision> precisions, int threads)
      throws IOException {
    return of(source, Compression.of(source.schema(), precisions), threads);
  }

  /** A source's file by a plan. */
  public static byte[] of(TableSource source, Compression plan, int threads) throws IOException {
    try (Compressor compressor = new Compressor(threads)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      long bytes = compressor.compress(source, plan, out, entries -> {}).bytes();
      if (bytes != out.size()) {
        throw new AssertionError("wrote " + out.size() + " bytes, but says " + bytes);
      }
      return out.toByteArray();
    }
  }

  /** The blocks of a file, all columns. */
  public static List<Table> blocks(byte[] file) throws IOException {
    try (Decompressor decompressor = new Decompressor(ByteSource.of(file), 1)) {
      return blocks(decompressor, Projection.all(decompressor.header().schema()));
    }
  }

  /** The blocks of a file, some columns. */
  public static List<Table> blocks(Decompressor decompressor, Projection projection)
      throws IOException {
    List<Table> blocks = new ArrayList<>();
    try (TableSource source = decompressor.read(projection)) {
      for (Table block = source.next(1); block != null; block = source.next(1)) {
        blocks.add(block);
      }
    }
    return blocks;
  }

  /** Checks a file from its first byte to its last. */
  public static void verify(byte[] file) throws IOException {
    try (Decompressor decompressor = new Decompressor(ByteSource.of(file), 1)) {
      decompressor.verify();
    }
  }
}
