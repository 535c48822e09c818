package org.jetfold.tables.hdf5;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.tables.arrays.RowLayout;
import org.jetfold.tables.arrays.RowLayout.Slot;
import org.jetfold.tables.arrays.RowReader;
import org.jetfold.tables.rows.GrowingValues;

/** The rows of a dataset as columns. */
final class DatasetRows implements RowReader {
  private static final int BLOCK = 1 << 20;

  private final Hdf5Dataset dataset;
  private final RowLayout layout;
  private long next;

  /** Reads a dataset from its first row on. */
  DatasetRows(Hdf5Dataset dataset, RowLayout layout) {
    this.dataset = dataset;
    this.layout = layout;
  }

  @Override
  public List<ColumnValues> read(int rows) throws IOException {
    List<GrowingValues> columns = new ArrayList<>();
    for (Slot slot : layout.slots()) {
      columns.add(new GrowingValues(slot.element().type()));
    }
    int most = Math.max(1, BLOCK / Math.max(1, layout.bytes()));
    for (int done = 0; done < rows; done += most) {
      int count = Math.min(most, rows - done);
      byte[] bytes = dataset.read(next, count);
      for (int i = 0; i < columns.size(); i++) {
        Slot slot = layout.slots().get(i);
        slot.element().decode(bytes, slot.at(), layout.bytes(), count, columns.get(i));
      }
      next += count;
    }
    List<ColumnValues> values = new ArrayList<>();
    columns.forEach(column -> values.add(column.take(rows)));
    return values;
  }

  @Override
  public void close() {
    // The file is closed by its owner.
  }
}
