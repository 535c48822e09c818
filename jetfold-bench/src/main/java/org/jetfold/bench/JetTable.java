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
import org.jetfold.codec.table.Group;
import org.jetfold.codec.table.Schema;
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

  /** The same values as FLOAT64, as programs that compute in doubles store them. */
  public JetTable asDoubles() {
    Schema schema = new Schema(asDoubles(table.schema().root()));
    List<int[]> offsets = new ArrayList<>();
    for (int group = 1; group < schema.groups().size(); group++) {
      offsets.add(table.offsets(group));
    }
    List<ColumnValues> columns = new ArrayList<>();
    for (int column = 0; column < schema.columns().size(); column++) {
      columns.add(asDoubles(table.values(column)));
    }
    return new JetTable(new Table(schema, table.rootEntries(), offsets, columns));
  }

  private static Group asDoubles(Group group) {
    return new Group(
        group.name(),
        group.columns().stream().map(JetTable::asDoubles).toList(),
        group.lists().stream().map(JetTable::asDoubles).toList());
  }

  private static Column asDoubles(Column column) {
    ValueType type = column.type() == ValueType.FLOAT32 ? ValueType.FLOAT64 : column.type();
    return new Column(column.name(), type, column.unit(), column.integral(), column.eventKey());
  }

  private static ColumnValues asDoubles(ColumnValues values) {
    if (values instanceof ColumnValues.Floats(float[] floats)) {
      double[] doubles = new double[floats.length];
      for (int i = 0; i < floats.length; i++) {
        doubles[i] = floats[i];
      }
      return new ColumnValues.Doubles(doubles);
    }
    return values;
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
    return columns(ValueType.FLOAT32);
  }

  private List<Integer> columns(ValueType type) {
    List<Column> columns = table.schema().columns();
    return IntStream.range(0, columns.size())
        .filter(column -> columns.get(column).type() == type)
        .boxed()
        .toList();
  }

  /** One setting for all columns that may lose bits; the others exact. */
  public List<Precision> precisions(Precision precision) {
    List<Precision> all =
        new ArrayList<>(Collections.nCopies(table.schema().columns().size(), Precision.exact()));
    for (int column = 0; column < all.size(); column++) {
      if (table.schema().columns().get(column).mayLoseBits()) {
        all.set(column, precision);
      }
    }
    return all;
  }

  /** The bytes of the FLOAT64 columns, column by column, little-endian. */
  public byte[] doubleBytes() {
    List<Integer> columns = columns(ValueType.FLOAT64);
    ByteBuffer bytes =
        ByteBuffer.allocate(columns.size() * jets() * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int column : columns) {
      if (table.values(column) instanceof ColumnValues.Doubles(double[] values)) {
        for (double value : values) {
          bytes.putDouble(value);
        }
      }
    }
    return bytes.array();
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
