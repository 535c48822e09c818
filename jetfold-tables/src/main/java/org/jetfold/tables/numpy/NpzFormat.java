package org.jetfold.tables.numpy;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.TableSink;
import org.jetfold.codec.table.TableSource;
import org.jetfold.tables.arrays.ArrayNames;
import org.jetfold.tables.arrays.ArrayPlan;
import org.jetfold.tables.arrays.ArraySink;
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
  public boolean isPacked() {
    return true;
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
    ArrayNames naming = new ArrayNames(output.name(), name(), "\0", options);
    if (options.matrix()) {
      return new NpzMatrixSink(output, schema, naming, options);
    }
    boolean marks = schema.columns().stream().anyMatch(Column::integral);
    Set<String> reserved = marks ? Set.of(NpzArrays.COLUMNS, NpzArrays.IS_INT) : Set.of();
    return new ArraySink(
        output,
        schema,
        ArrayPlan.of(schema, naming, reserved),
        (arrays, out) -> NpzMembers.write(arrays, out, options));
  }
}
