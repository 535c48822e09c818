package org.jetfold.cli.compare;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jetfold.codec.Compressor;
import org.jetfold.codec.Decompressor;
import org.jetfold.codec.file.ByteSource;
import org.jetfold.codec.model.LearnedModel;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jspecify.annotations.Nullable;

/**
 * Jetfold itself, with its static or a learned model; a whole file, every value checked and decoded
 * again while it is written.
 *
 * @param way how a table is compressed
 * @param model null for the static model
 */
record JetfoldContender(
    String codec, String setting, Way way, @Nullable LearnedModel model, String note)
    implements Contender {
  /** Compresses a table. */
  interface Way {
    void compress(Compressor compressor, TableSource table, OutputStream out) throws IOException;
  }

  /**
   * The static model, or a density model.
   *
   * @param precisions one for each column
   * @param use null for the static model
   */
  static JetfoldContender of(
      String codec,
      String setting,
      List<Precision> precisions,
      Compressor.@Nullable ModelUse use,
      String note) {
    return new JetfoldContender(
        codec,
        setting,
        (compressor, table, out) -> compressor.compress(table, precisions, use, out, _ -> {}),
        use == null ? null : use.model(),
        note);
  }

  @Override
  public Coded run(Table table, double enough) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ProcessorTime encoding = new ProcessorTime(enough);
    do {
      out.reset();
      encoding.start();
      // One thread of work is this one.
      try (Compressor compressor = new Compressor(1)) {
        way.compress(compressor, source(table), out);
      }
      encoding.stop();
    } while (encoding.another());
    byte[] file = out.toByteArray();
    ProcessorTime decoding = new ProcessorTime(enough);
    List<Table> pieces;
    do {
      decoding.start();
      pieces = decoded(file);
      decoding.stop();
    } while (decoding.another());
    return new Coded(
        file.length,
        Table.joined(pieces),
        ComparisonErrors.rawBytes(table),
        encoding.seconds(),
        decoding.seconds(),
        note);
  }

  private List<Table> decoded(byte[] file) throws IOException {
    List<Table> pieces = new ArrayList<>();
    try (Decompressor decompressor =
            new Decompressor(
                ByteSource.of(file),
                1,
                hash ->
                    model != null && model.hash().equals(hash)
                        ? Optional.of(model)
                        : Optional.empty());
        TableSource source = decompressor.read()) {
      for (Table piece = source.next(1 << 15); piece != null; piece = source.next(1 << 15)) {
        pieces.add(piece);
      }
    }
    return pieces;
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
