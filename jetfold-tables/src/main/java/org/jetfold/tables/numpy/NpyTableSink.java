package org.jetfold.tables.numpy;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSink;
import org.jetfold.codec.table.ValueType;
import org.jetfold.tables.format.TableOutput;
import org.jetfold.tables.rows.ArraySpool;

/**
 * Writes a flat table as a structured 1-D array: a field a column. The rows wait in a temporary
 * file, because their number comes first.
 */
final class NpyTableSink implements TableSink {
  private final List<Column> columns;
  private final List<ValueType> types;
  private final ArraySpool spool;
  private final TableOutput output;
  private long rows;

  NpyTableSink(TableOutput output, Schema flat) throws IOException {
    this.output = output;
    columns = flat.columns();
    types = columns.stream().map(Column::type).toList();
    spool = new ArraySpool(output.temporaryFolder(), 1);
  }

  @Override
  public void write(Table piece) throws IOException {
    List<ColumnValues> values =
        java.util.stream.IntStream.range(0, columns.size()).mapToObj(piece::values).toList();
    spool.append(0, types, values);
    rows += piece.rootEntries();
  }

  @Override
  public void finish() throws IOException {
    OutputStream out = output.stream();
    out.write(NpyHeader.bytes(NpyText.fields(columns), "(" + rows + ",)"));
    spool.copyTo(0, out);
    output.commit();
  }

  @Override
  public void close() throws IOException {
    try {
      spool.close();
    } finally {
      output.close();
    }
  }
}
