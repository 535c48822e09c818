package org.jetfold.tables.csv;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSink;
import org.jetfold.codec.table.ValueType;
import org.jetfold.tables.format.TableOutput;

/**
 * Writes a flat table as CSV: a line of names, then a line a row.
 *
 * <p>Floats take the shortest text that reads back as the same float of their own width, and always
 * have a point or an exponent, so that they are not taken for integers; {@code nan} (payloads are
 * lost), {@code inf} and {@code -inf}. Booleans are {@code true} and {@code false}.
 */
final class CsvTableSink implements TableSink {
  private static final int BUFFER = 1 << 16;

  private final Schema schema;
  private final TableOutput output;
  private final CsvWriter writer;
  private boolean begun;

  CsvTableSink(TableOutput output, Schema flat) throws IOException {
    this.schema = flat;
    this.output = output;
    writer =
        CsvWriter.builder()
            .lineDelimiter(LineDelimiter.LF)
            .quoteStrategy(new Headings())
            .bufferSize(BUFFER)
            .build(output.stream());
  }

  /**
   * Which fields are quoted beside those that must be: names that are numbers, because a first line
   * of nothing but bare numbers would be taken for a row, and names that a reader would not take as
   * they are, because of the spaces around them or a byte order mark.
   */
  private static final class Headings implements QuoteStrategy {
    @Override
    public boolean quoteValue(int line, int field, String value) {
      return line == 1
          && (CsvNumber.kind(value) != CsvNumber.Kind.TEXT
              || !value.equals(value.strip())
              || value.charAt(0) == '\uFEFF');
    }
  }

  @Override
  public void write(Table piece) throws IOException {
    int columns = schema.columns().size();
    String[] fields = new String[columns];
    try {
      begin();
      for (int row = 0; row < piece.rootEntries(); row++) {
        for (int column = 0; column < columns; column++) {
          fields[column] = text(piece.values(column), schema.columns().get(column).type(), row);
        }
        writer.writeRecord(fields);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Writes the names, once. */
  private void begin() {
    if (!begun) {
      writer.writeRecord(schema.columns().stream().map(Column::name).toList());
      begun = true;
    }
  }

  private static String text(ColumnValues values, ValueType type, int row) {
    return switch (values) {
      case ColumnValues.Floats(float[] floats) -> {
        float value = floats[row];
        yield Float.isFinite(value) ? Float.toString(value) : special(value);
      }
      case ColumnValues.Doubles(double[] doubles) -> {
        double value = doubles[row];
        yield Double.isFinite(value) ? Double.toString(value) : special(value);
      }
      case ColumnValues.Integers(long[] integers) -> {
        long value = integers[row];
        yield switch (type) {
          case BOOL -> Boolean.toString(value != 0);
          case UINT64 -> Long.toUnsignedString(value);
          default -> Long.toString(value);
        };
      }
    };
  }

  private static String special(double value) {
    return Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
  }

  @Override
  public void finish() throws IOException {
    try {
      begin();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    writer.flush();
    output.commit();
  }

  @Override
  public void close() throws IOException {
    // The writer is not closed: it would flush, and close a stream that may be standard output.
    output.close();
  }
}
