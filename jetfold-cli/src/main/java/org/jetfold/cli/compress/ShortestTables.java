package org.jetfold.cli.compress;

import java.util.ArrayList;
import java.util.List;
import org.jetfold.codec.file.FileHeader;
import org.jetfold.codec.quantize.ShortestDecimals;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Projection;
import org.jetfold.codec.table.Table;

/** Restored tables with the values that take the fewest digits within the columns' precisions. */
final class ShortestTables {
  private final List<ShortestDecimals> columns = new ArrayList<>();

  /**
   * Tables of a file.
   *
   * @param projection the columns that the tables have
   */
  ShortestTables(FileHeader header, Projection projection) {
    for (int number : projection.columns()) {
      columns.add(
          new ShortestDecimals(
              header.columns().get(number).precision(),
              header.schema().columns().get(number).type()));
    }
  }

  /** The table to print. */
  Table of(Table restored) {
    List<int[]> offsets = new ArrayList<>();
    for (int group = 1; group < restored.schema().groups().size(); group++) {
      offsets.add(restored.offsets(group));
    }
    List<ColumnValues> values = new ArrayList<>();
    for (int column = 0; column < columns.size(); column++) {
      values.add(columns.get(column).of(restored.values(column)));
    }
    return new Table(restored.schema(), restored.rootEntries(), offsets, values);
  }
}
