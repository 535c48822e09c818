package org.jetfold.tables.root;

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
import org.jspecify.annotations.Nullable;

/** ROOT files: a TTree or RNTuple is read, an RNTuple written. */
public final class RootFormat implements TableFormat {
  @Override
  public String name() {
    return "ROOT";
  }

  @Override
  public List<String> endings() {
    return List.of(".root");
  }

  @Override
  public boolean holdsTrees() {
    return true;
  }

  @Override
  public boolean isPacked() {
    return true;
  }

  @Override
  public boolean checked() {
    return true;
  }

  @Override
  public boolean keepsGrids() {
    return true;
  }

  @Override
  public TableSource open(
      TableInput input, SourceOptions options, @Nullable LayoutOfFirstFile first)
      throws IOException {
    return RootTableSource.open(input, options, first);
  }

  @Override
  public TableSink create(TableOutput output, Schema schema, SinkOptions options)
      throws IOException {
    return new RootTableSink(output, schema, options);
  }
}
