package org.jetfold.tables.numpy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import org.jetfold.codec.file.AtomicFile;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSink;
import org.jetfold.codec.table.ValueType;
import org.jetfold.tables.rows.ArraySpool;
import org.jspecify.annotations.Nullable;

/** Writes a flat table as a structured 1-D array: a field a column. */
public final class NpyTableSink implements TableSink {
  private final List<Column> columns;
  private final List<ValueType> types;
  private final ArraySpool spool;
  private final @Nullable AtomicFile file;
  private final OutputStream out;
  private long rows;

  private NpyTableSink(Schema flat, Path spoolFolder, @Nullable AtomicFile file, OutputStream out)
      throws IOException {
    this.columns = flat.columns();
    types = columns.stream().map(Column::type).toList();
    this.file = file;
    this.out = out;
    spool = new ArraySpool(spoolFolder, 1);
  }

  /** Writes to a file; the sink owns it. */
  public static NpyTableSink to(AtomicFile file, Schema flat) throws IOException {
    try {
      return new NpyTableSink(flat, file.folder(), file, file.stream());
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /**
   * Writes to a stream, which stays open, by way of a temporary file, because the number of rows
   * comes first.
   */
  public static NpyTableSink to(OutputStream out, Schema flat) throws IOException {
    return new NpyTableSink(flat, Path.of(System.getProperty("java.io.tmpdir", ".")), null, out);
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
    out.write(NpyHeader.bytes(NpyText.fields(columns), "(" + rows + ",)"));
    spool.copyTo(0, out);
    out.flush();
    if (file != null) {
      file.commit();
    }
  }

  @Override
  public void close() throws IOException {
    try {
      spool.close();
    } finally {
      if (file != null) {
        file.close();
      }
    }
  }
}
