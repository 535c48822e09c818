package org.jetfold.tables.numpy;

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

/** Named NumPy arrays in a zip: {@code np.savez}. */
public final class NpzFormat implements TableFormat {
  @Override
  public String name() {
    return "NPZ";
  }

  @Override
  public List<String> endings() {
    return List.of(".npz");
  }

  @Override
  public boolean checked() {
    return true;
  }

  @Override
  public TableSource open(
      TableInput input, SourceOptions options, @Nullable LayoutOfFirstFile first)
      throws IOException {
    return NpzArrays.open(input.file(), input.name(), options, first);
  }

  @Override
  public TableSink create(TableOutput output, Schema schema, SinkOptions options)
      throws IOException {
    return NpzTableSink.of(output, schema, options);
  }
}
