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
import org.jetfold.tables.rows.FlatSink;
import org.jspecify.annotations.Nullable;

/** One NumPy array: {@code np.save}. */
public final class NpyFormat implements TableFormat {
  @Override
  public String name() {
    return "NPY";
  }

  @Override
  public List<String> endings() {
    return List.of(".npy");
  }

  @Override
  public boolean readsPipes() {
    return true;
  }

  @Override
  public TableSource open(
      TableInput input, SourceOptions options, @Nullable LayoutOfFirstFile first)
      throws IOException {
    return NpySource.open(input, options);
  }

  @Override
  public TableSink create(TableOutput output, Schema schema, SinkOptions options)
      throws IOException {
    return FlatSink.of(
        output.name(), name(), schema, options, flat -> new NpyTableSink(output, flat));
  }
}
