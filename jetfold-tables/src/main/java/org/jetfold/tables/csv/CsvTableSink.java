package org.jetfold.tables.csv;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jetfold.codec.container.AtomicFile;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSink;
import org.jetfold.codec.table.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * Writes a flat table as CSV: a line of names, then a line a row.
 *
 * <p>Floats take the shortest text that reads back as the same float of their own width, and always
 * have a point or an exponent, so that they are not taken for integers; {@code nan} (payloads are
 * lost), {@code inf} and {@code -inf}. Booleans are {@code true} and {@code false}.
 */
public final class CsvTableSink implements TableSink {
  private static final int FLUSH = 1 << 16;

  private final Schema schema;
  private final @Nullable AtomicFile file;
  private final OutputStream out;
  private final StringBuilder text = new StringBuilder();

  private CsvTableSink(Schema flat, @Nullable AtomicFile file, OutputStream out) {
    this.schema = flat;
    this.file = file;
    this.out = out;
    List<Column> columns = flat.columns();
    for (int i = 0; i < columns.size(); i++) {
      text.append(i == 0 ? "" : ",").append(heading(columns.get(i).name()));
    }
    text.append('\n');
  }

  /** Writes to a file; the sink owns it. */
  public static CsvTableSink to(AtomicFile file, Schema flat) throws IOException {
    try {
      return new CsvTableSink(flat, file, file.stream());
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /** Writes to a stream, which stays open. */
  public static CsvTableSink to(OutputStream out, Schema flat) {
    return new CsvTableSink(flat, null, out);
  }

  /**
   * Names that are numbers are quoted too: a first line of nothing but bare numbers would be taken
   * for a row.
   */
  private static String heading(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    boolean bare =
        CsvNumber.kind(bytes, 0, bytes.length) == CsvNumber.Kind.TEXT
            && name.equals(name.strip())
            && name.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return bare ? name : '"' + name.replace("\"", "\"\"") + '"';
  }

  @Override
  public void write(Table piece) throws IOException {
    int columns = schema.columns().size();
    for (int row = 0; row < piece.rootEntries(); row++) {
      for (int column = 0; column < columns; column++) {
        if (column > 0) {
          text.append(',');
        }
        append(piece.values(column), schema.columns().get(column).type(), row);
      }
      text.append('\n');
      if (text.length() >= FLUSH) {
        flush();
      }
    }
  }

  private void append(ColumnValues values, ValueType type, int row) {
    switch (values) {
      case ColumnValues.Floats(float[] floats) -> {
        float value = floats[row];
        if (Float.isFinite(value)) {
          text.append(value);
        } else {
          text.append(special(value));
        }
      }
      case ColumnValues.Doubles(double[] doubles) -> {
        double value = doubles[row];
        if (Double.isFinite(value)) {
          text.append(value);
        } else {
          text.append(special(value));
        }
      }
      case ColumnValues.Integers(long[] integers) -> {
        long value = integers[row];
        switch (type) {
          case BOOL -> text.append(value != 0);
          case UINT64 -> text.append(Long.toUnsignedString(value));
          default -> text.append(value);
        }
      }
    }
  }

  private static String special(double value) {
    return Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
  }

  private void flush() throws IOException {
    out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    text.setLength(0);
  }

  @Override
  public void finish() throws IOException {
    flush();
    out.flush();
    if (file != null) {
      file.commit();
    }
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }
}
