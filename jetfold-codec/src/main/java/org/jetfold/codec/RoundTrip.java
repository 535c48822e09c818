package org.jetfold.codec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jetfold.codec.file.ByteSource;
import org.jetfold.codec.model.LearnedModel;
import org.jetfold.codec.model.ModelSource;
import org.jetfold.codec.model.ModelUse;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;

/**
 * A table that was compressed and restored in memory.
 *
 * @param table the table, as it comes back
 * @param bytes how large the file was
 */
public record RoundTrip(Table table, long bytes) {
  /**
   * Compresses a table to a file in memory, every value checked, and restores it.
   *
   * @param threads that work on it, at least one
   */
  public static RoundTrip of(Table table, Compression compression, int threads) throws IOException {
    byte[] file = compress(table, compression, threads);
    return new RoundTrip(restore(file, compression, threads), file.length);
  }

  /** The first half: the bytes of a file. */
  public static byte[] compress(Table table, Compression compression, int threads)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Compressor compressor = new Compressor(threads)) {
      compressor.compress(TableSource.of(table), compression, out, unused -> {});
    }
    return out.toByteArray();
  }

  /** The second half: the table of a file that this compression made. */
  public static Table restore(byte[] file, Compression compression, int threads)
      throws IOException {
    try (Decompressor decompressor =
        new Decompressor(ByteSource.of(file), threads, ModelSource.of(models(compression)))) {
      return decompressor.readAll();
    }
  }

  private static LearnedModel[] models(Compression compression) {
    return compression.modelUses().stream().map(ModelUse::model).toArray(LearnedModel[]::new);
  }
}
