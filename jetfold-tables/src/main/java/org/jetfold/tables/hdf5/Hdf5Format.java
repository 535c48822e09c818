package org.jetfold.tables.hdf5;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.Group;
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
import org.jetfold.tables.format.TableUsageException;
import org.jspecify.annotations.Nullable;

/** HDF5, written as 1-D datasets with checksums. */
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
    return Hdf5Source.open(input.file(), input.name(), options, first);
  }

  @Override
  public TableSink create(TableOutput output, Schema schema, SinkOptions options)
      throws IOException {
    requireUnits(output.name(), schema);
    // A slash is between the names of groups.
    ArrayNames names = new ArrayNames(output.name(), name(), "/\0", options);
    return new ArraySink(
        output,
        schema,
        ArrayPlan.of(schema, names, Set.of()),
        (arrays, out) -> Hdf5File.write(arrays, options.notes(), out, output.temporaryFolder()));
  }

  /** Units and the names of collections are attributes, which HDF5 keeps in a header. */
  private static void requireUnits(String file, Schema schema) {
    Stream.concat(
            schema.columns().stream().map(Column::unit),
            schema.root().lists().stream().map(Group::name))
        .filter(text -> text.getBytes(StandardCharsets.UTF_8).length > ArrayNames.MAX_BYTES)
        .findFirst()
        .ifPresent(text -> {
          throw new TableUsageException(
              "%s: HDF5 does not hold a unit or a collection's name of more than %d bytes: choose another format"
                  .formatted(file, ArrayNames.MAX_BYTES));
        });
  }
}
