package org.jetfold.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jetfold.codec.Compressor;
import org.jetfold.codec.Decompressor;
import org.jetfold.codec.container.ByteSource;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jspecify.annotations.Nullable;

/**
 * Jetfold itself, with its static or a learned model; a whole file, every value checked and decoded
 * again while it is written.
 *
 * @param precisions one for each column
 * @param model null for the static model
 */
record JetfoldContender(
    String codec,
    String setting,
    List<Precision> precisions,
    Compressor.@Nullable ModelUse model,
    String note)
    implements Contender {

  @Override
  public Coded run(Table table) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    long start = ProcessorTime.now();
    try (Compressor compressor = new Compressor(1)) {
      compressor.compress(source(table), precisions, model, out, _ -> {});
    }
    double encoding = ProcessorTime.secondsSince(start);
    byte[] file = out.toByteArray();
    start = ProcessorTime.now();
    List<Table> pieces = new ArrayList<>();
    Compressor.ModelUse use = model;
    try (Decompressor decompressor =
            new Decompressor(
                ByteSource.of(file),
                1,
                hash ->
                    use != null && use.model().hash().equals(hash)
                        ? Optional.of(use.model())
                        : Optional.empty());
        TableSource source = decompressor.read()) {
      for (Table piece = source.next(1 << 15); piece != null; piece = source.next(1 << 15)) {
        pieces.add(piece);
      }
    }
    double decoding = ProcessorTime.secondsSince(start);
    return new Coded(file.length, Table.joined(pieces), encoding, decoding, note);
  }

  /** A table in memory as a source, in one piece. */
  static TableSource source(Table table) {
    return new TableSource() {
      private boolean given;

      @Override
      public Schema schema() {
        return table.schema();
      }

      @Override
      public @Nullable Table next(int rows) {
        Table piece = given ? null : table;
        given = true;
        return piece;
      }

      @Override
      public void close() {
        // Holds nothing but memory.
      }
    };
  }
}
