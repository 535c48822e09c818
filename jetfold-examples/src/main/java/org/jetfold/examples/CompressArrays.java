package org.jetfold.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jetfold.codec.Compression;
import org.jetfold.codec.Compressor;
import org.jetfold.codec.Decompressor;
import org.jetfold.codec.precision.PrecisionRules;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.ValueType;

/** Compresses two arrays to a file, and restores them: {@code CompressArrays jets.jetf}. */
public final class CompressArrays {
  public static void main(String[] args) throws IOException {
    Path file = Path.of(args[0]);
    ColumnValues pt = new ColumnValues.Floats(new float[] {310.25f, 87.5f, 44.125f});
    ColumnValues eta = new ColumnValues.Floats(new float[] {-0.5f, 1.75f, 2.125f});
    List<Column> columns =
        List.of(new Column("pt", ValueType.FLOAT32), new Column("eta", ValueType.FLOAT32));
    Schema schema = Schema.flat(columns);
    Table jets = new Table(schema, pt.size(), List.of(), List.of(pt, eta));
    Compression plan = Compression.of(schema, PrecisionRules.parse("pt=rel:0.004,eta=abs:0.001"));
    try (Compressor compressor = new Compressor(2)) {
      compressor.compress(TableSource.of(jets), plan, file);
    }
    try (Decompressor decompressor = new Decompressor(file, 2)) {
      Table restored = decompressor.readAll();
      System.out.println(Arrays.toString(restored.floats("pt")));
    }
  }
}
