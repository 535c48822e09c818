package org.jetfold.study.bumphunt;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jetfold.codec.Compressor;
import org.jetfold.codec.Decompressor;
import org.jetfold.codec.file.ByteSource;
import org.jetfold.codec.model.LearnedModel;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.UnreadableTableException;
import org.jspecify.annotations.Nullable;

/** Compresses tables in memory and restores them, as {@code compress} and {@code decompress} do. */
public final class RoundTrip {
  private static final int ROWS = 1 << 15;

  private final int threads;
  private final Coding coding;
  private final @Nullable LearnedModel model;

  /** How a table is compressed. */
  public interface Coding {
    /** Compresses a table. */
    void compress(Compressor compressor, TableSource table, OutputStream out) throws IOException;
  }

  /**
   * A way there and back.
   *
   * @param model the learned model that {@code coding} uses; null for none
   */
  public RoundTrip(int threads, Coding coding, @Nullable LearnedModel model) {
    this.threads = threads;
    this.coding = coding;
    this.model = model;
  }

  /**
   * A restored table.
   *
   * @param table the table, as it comes back
   * @param bytes how large it was when compressed
   */
  public record Restored(Table table, long bytes) {}

  /** There and back. */
  public Restored of(Table table) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Compressor compressor = new Compressor(threads)) {
      coding.compress(compressor, new Whole(table), out);
    }
    byte[] bytes = out.toByteArray();
    try (Decompressor decompressor =
            new Decompressor(new Bytes(bytes), threads, _ -> Optional.ofNullable(model));
        TableSource restored = decompressor.read()) {
      return new Restored(whole(restored), bytes.length);
    }
  }

  /**
   * Reads a table to its end.
   *
   * @throws IOException also where it has no rows
   */
  public static Table whole(TableSource source) throws IOException {
    List<Table> pieces = new ArrayList<>();
    for (Table piece = source.next(ROWS); piece != null; piece = source.next(ROWS)) {
      pieces.add(piece);
    }
    if (pieces.isEmpty()) {
      throw new UnreadableTableException("the table has no rows");
    }
    return Table.joined(pieces);
  }

  private static final class Whole implements TableSource {
    private final Table table;
    private boolean read;

    Whole(Table table) {
      this.table = table;
    }

    @Override
    public Schema schema() {
      return table.schema();
    }

    @Override
    public @Nullable Table next(int rows) {
      Table next = read ? null : table;
      read = true;
      return next;
    }

    @Override
    public void close() {
      // Holds nothing but memory.
    }
  }

  private record Bytes(byte[] bytes) implements ByteSource {
    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public byte[] read(long position, int length) throws EOFException {
      if (position < 0 || length < 0 || length > bytes.length - position) {
        throw new EOFException("the file ends before byte " + (position + length));
      }
      return Arrays.copyOfRange(bytes, (int) position, (int) position + length);
    }

    @Override
    public void close() {
      // Holds nothing but memory.
    }
  }
}
