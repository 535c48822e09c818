package org.jetfold.tables.hdf5;

import java.io.IOException;
import java.util.function.Consumer;
import org.jetfold.codec.file.AtomicFile;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.TableSink;
import org.jetfold.tables.events.ArrayPlan;
import org.jetfold.tables.events.ArraySink;

/** Writes a table of any shape as the datasets of an {@link ArrayPlan}, all in the root group. */
public final class Hdf5Sink {
  private Hdf5Sink() {}

  /** Starts to write; the sink owns the file. */
  public static TableSink of(AtomicFile file, String name, Schema schema, Consumer<String> warnings)
      throws IOException {
    try {
      ArrayPlan plan = ArrayPlan.of(name, "HDF5", schema, warnings);
      return new ArraySink(file, schema, plan, Hdf5File::write);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }
}
