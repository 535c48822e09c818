package org.jetfold.tables.parquet;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSink;
import org.jetfold.codec.table.TableSource;
import org.jetfold.tables.format.LayoutOfFirstFile;
import org.jetfold.tables.format.SinkOptions;
import org.jetfold.tables.format.SourceOptions;
import org.jetfold.tables.format.TableFormat;
import org.jetfold.tables.format.TableInput;
import org.jetfold.tables.format.TableOutput;
import org.jetfold.tables.rows.FlatRows;
import org.jetfold.tables.rows.FlatSink;
import org.jspecify.annotations.Nullable;

/** Apache Parquet. */
public final class ParquetFormat implements TableFormat {
  @Override
  public String name() {
    return "Parquet";
  }

  @Override
  public List<String> endings() {
    return List.of(".parquet");
  }

  @Override
  public boolean isPacked() {
    return true;
  }

  @Override
  public boolean choosesPacking() {
    return true;
  }

  @Override
  public long[] columnBytes(Table piece, SinkOptions options) throws IOException {
    TableOutput output = TableOutput.stream("the trial", OutputStream.nullOutputStream());
    try (TableSink sink = create(output, piece.schema(), options)) {
      sink.write(piece);
      sink.finish();
      return ParquetCopy.columnBytes(output.path(), piece.schema().columns().size());
    }
  }

  @Override
  public TableSource open(
      TableInput input, SourceOptions options, @Nullable LayoutOfFirstFile first)
      throws IOException {
    return ParquetFile.open(input.file(), input.name(), options, first);
  }

  @Override
  public TableSink create(TableOutput output, Schema schema, SinkOptions options)
      throws IOException {
    return FlatRows.wereRows(schema)
        ? FlatSink.of(
            output.name(),
            name(),
            schema,
            options,
            flat -> new ParquetTableSink(output, flat, options))
        : new ParquetEventSink(output, schema, options);
  }
}
