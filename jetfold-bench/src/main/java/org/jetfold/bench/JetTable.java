package org.jetfold.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.quantize.Quantizer;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.ValueType;
import org.jetfold.tables.TableFiles;
import org.jetfold.tables.format.SourceOptions;

/** A whole table in memory, and its float columns as the bytes that other compressors are given. */
public final class JetTable {
  private final Table table;

  private JetTable(Table table) {
    this.table = table;
  }

  /** Reads a file that {@link TableFiles} can read. */
  public static JetTable read(String file) throws IOException {
    try (TableSource source = TableFiles.open(file, null, new SourceOptions(warning -> {}))) {
      return new JetTable(source.readAll());
    }
  }

  /** Reads a source to its end, in the pieces that it likes best, and counts its root entries. */
  public static int rows(TableSource source) throws IOException {
    int rows = 0;
    Table piece = source.next(1);
    while (piece != null) {
      rows += piece.rootEntries();
      piece = source.next(1);
    }
    return rows;
  }

  /** The table. */
  public Table table() {
    return table;
  }

  /** The table as a source that gives it in one piece. */
  public TableSource source() {
    return TableSource.of(table);
  }

  /** The number of jets: entries of the innermost group, or rows. */
  public int jets() {
    return table.entries(table.schema().groups().size() - 1);
  }

  /** The numbers of the FLOAT32 columns. */
  public List<Integer> floatColumns() {
    List<Column> columns = table.schema().columns();
    return IntStream.range(0, columns.size())
        .filter(column -> columns.get(column).type() == ValueType.FLOAT32)
        .boxed()
        .toList();
  }

  /** One setting for all columns that may lose bits; the others exact. */
  public List<Precision> precisions(Precision precision) {
    List<Precision> all =
        new ArrayList<>(Collections.nCopies(table.schema().columns().size(), Precision.exact()));
    for (int column : floatColumns()) {
      if (table.schema().columns().get(column).mayLoseBits()) {
        all.set(column, precision);
      }
    }
    return all;
  }

  /** The FLOAT32 columns after a precision setting, column by column, little-endian. */
  public byte[] floatBytes(Precision precision) {
    List<Integer> columns = floatColumns();
    ByteBuffer bytes =
        ByteBuffer.allocate(columns.size() * jets() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    Quantizer quantizer = Quantizer.of(precision, ValueType.FLOAT32);
    for (int column : columns) {
      if (table.values(column) instanceof ColumnValues.Floats(float[] values)) {
        long[] symbols = new long[values.length];
        float[] restored = new float[values.length];
        quantizer.quantize(values, 0, values.length, symbols);
        quantizer.restore(symbols, values.length, restored, 0);
        for (float value : restored) {
          bytes.putInt(Float.floatToRawIntBits(value));
        }
      }
    }
    return bytes.array();
  }

  /**
   * {@link #floatBytes} byte-shuffled: of each column first all lowest bytes, then all second ones,
   * and so on, which helps compressors that see bytes only.
   */
  public byte[] shuffledBytes(Precision precision) {
    byte[] bytes = floatBytes(precision);
    byte[] shuffled = new byte[bytes.length];
    int jets = jets();
    int columnBytes = jets * Float.BYTES;
    for (int at = 0; at < bytes.length; at++) {
      int column = at / columnBytes;
      int inColumn = at % columnBytes;
      shuffled[column * columnBytes + (inColumn & 3) * jets + (inColumn >> 2)] = bytes[at];
    }
    return shuffled;
  }
}
