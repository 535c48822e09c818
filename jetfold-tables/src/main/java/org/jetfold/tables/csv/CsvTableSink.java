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
import org.jetfold.tables.format.SinkOptions;
import org.jetfold.tables.format.TableOutput;
import org.jetfold.tables.format.TableUsageException;

/**
 * Writes a flat table as CSV: a line of names, then a line a row.
 *
 * <p>Floats take the shortest text that reads back as the same float of their own width, and always
 * have a point or an exponent, so that they are not taken for integers; {@code nan} (payloads are
 * lost), {@code inf} and {@code -inf}. Booleans are {@code true} and {@code false}.
 */
final class CsvTableSink implements TableSink {
  private static final int BUFFER = 1 << 16;

  /** What a formula begins with in spreadsheets. */
  private static final String FORMULA = "=+-@\t\r";

  private final Schema schema;
  private final TableOutput output;
  private final CsvWriter writer;
  private boolean begun;

  /**
   * Starts to write; the sink owns the output.
   *
   * @throws TableUsageException where the table has names or columns that could not be read again
   */
  CsvTableSink(TableOutput output, Schema flat, SinkOptions options) throws IOException {
    checkNames(output.name(), flat, options);
    this.schema = flat;
    this.output = output;
    writer =
        CsvWriter.builder()
            .lineDelimiter(LineDelimiter.LF)
            .quoteStrategy(new Headings())
            .bufferSize(BUFFER)
            .build(output.stream());
  }

  /** Formulas are an attack on who opens the file in a spreadsheet; the table is not at fault. */
  private static void checkNames(String file, Schema flat, SinkOptions options) {
    if (flat.columns().size() > CsvRows.MAX_FIELDS) {
      throw new TableUsageException(
          "%s: a CSV file has at most %d columns, and the table has %d"
              .formatted(file, CsvRows.MAX_FIELDS, flat.columns().size()));
    }
    long characters = 0;
    for (Column column : flat.columns()) {
      String name = column.name();
      characters += name.length();
      if (name.length() > CsvRows.MAX_NAME || characters > CsvRows.MAX_ROW) {
        throw new TableUsageException(
            "%s: the names of columns are too long for CSV: one has at most %d characters, and all together %d"
                .formatted(file, CsvRows.MAX_NAME, CsvRows.MAX_ROW));
      }
      if (FORMULA.indexOf(name.charAt(0)) >= 0) {
        options.warn(
            "%s: a spreadsheet takes the name of column %s for a formula: rename it before you open the file in one"
                .formatted(file, name));
      }
    }
  }

  /**
   * Which fields are quoted beside those that must be: names that are numbers, because a first line
   * of nothing but bare numbers would be taken for a row, and names that a reader would not take as
   * they are, because of the spaces around them, a byte order mark or a sign of a comment.
   */
  private static final class Headings implements QuoteStrategy {
    @Override
    public boolean quoteValue(int line, int field, String value) {
      return line == 1
          && (CsvNumber.kind(value) != CsvNumber.Kind.TEXT
              || !value.equals(value.strip())
              || value.charAt(0) == '\uFEFF'
              || value.startsWith(CsvProfile.COMMENT));
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
