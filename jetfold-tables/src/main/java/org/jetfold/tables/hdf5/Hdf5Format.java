package org.jetfold.tables.hdf5;

import java.io.IOException;
import java.util.List;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.TableSink;
import org.jetfold.codec.table.TableSource;
import org.jetfold.tables.arrays.ArrayPlan;
import org.jetfold.tables.arrays.ArraySink;
import org.jetfold.tables.format.LayoutOfFirstFile;
import org.jetfold.tables.format.SinkOptions;
import org.jetfold.tables.format.SourceOptions;
import org.jetfold.tables.format.TableFormat;
import org.jetfold.tables.format.TableInput;
import org.jetfold.tables.format.TableOutput;
import org.jspecify.annotations.Nullable;

/** HDF5, written as plain contiguous datasets. */
public final class Hdf5Format implements TableFormat {
  @Override
  public String name() {
    return "HDF5";
  }

  @Override
  public List<String> endings() {
    return List.of(".h5", ".hdf5");
  }

  @Override
  public TableSource open(
      TableInput input, SourceOptions options, @Nullable LayoutOfFirstFile first)
      throws IOException {
    return Hdf5Source.open(input.file(), input.name(), options, first);
  }

  @Override
  public TableSink create(TableOutput output, Schema schema, SinkOptions options)
      throws IOException {
    return new ArraySink(
        output, schema, ArrayPlan.of(output.name(), name(), schema, options), Hdf5File::write);
  }
}
