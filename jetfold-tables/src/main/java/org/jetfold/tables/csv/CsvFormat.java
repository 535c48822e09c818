package org.jetfold.tables.csv;

import java.io.IOException;
import java.util.List;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.TableSink;
import org.jetfold.codec.table.TableSource;
import org.jetfold.tables.format.LayoutOfFirstFile;
import org.jetfold.tables.format.SinkOptions;
import org.jetfold.tables.format.SourceOptions;
import org.jetfold.tables.format.TableFormat;
import org.jetfold.tables.format.TableInput;
import org.jetfold.tables.format.TableOutput;
import org.jetfold.tables.rows.FlatSink;
import org.jspecify.annotations.Nullable;

/** Comma-separated values with a line of names. */
public final class CsvFormat implements TableFormat {
  @Override
  public String name() {
    return "CSV";
  }

  @Override
  public List<String> endings() {
    return List.of(".csv");
  }

  @Override
  public boolean readsPipes() {
    return true;
  }

  @Override
  public TableSource open(
      TableInput input, SourceOptions options, @Nullable LayoutOfFirstFile first)
      throws IOException {
    return CsvTableSource.open(input, options, first);
  }

  @Override
  public TableSink create(TableOutput output, Schema schema, SinkOptions options)
      throws IOException {
    return FlatSink.of(
        output.name(), name(), schema, options, flat -> new CsvTableSink(output, flat, options));
  }
}
