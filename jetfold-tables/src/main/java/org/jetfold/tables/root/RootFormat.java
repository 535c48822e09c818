package org.jetfold.tables.root;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.TableSink;
import org.jetfold.codec.table.TableSource;
import org.jetfold.tables.format.EntryRange;
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
  public boolean isDivided() {
    return true;
  }

  @Override
  public TableSource open(
      TableInput input, SourceOptions options, @Nullable LayoutOfFirstFile first)
      throws IOException {
    return RootTableSource.open(input, options, first);
  }

  @Override
  public List<EntryRange> parts(TableInput input, SourceOptions options, long bytes)
      throws IOException {
    try (TreeReader reader =
        TreeReader.open(input.name(), input.file(), input.tree(), options.within(null))) {
      return reader.parts(Math.max(1, Files.size(input.file()) / Math.max(1, bytes)));
    }
  }

  @Override
  public TableSink create(TableOutput output, Schema schema, SinkOptions options)
      throws IOException {
    return new RootTableSink(output, schema, options);
  }
}
