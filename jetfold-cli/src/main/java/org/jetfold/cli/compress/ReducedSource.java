package org.jetfold.cli.compress;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jetfold.cli.console.CommandFailure;
import org.jetfold.codec.Compression;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.quantize.BoundCheck;
import org.jetfold.codec.quantize.ErrorExtremes;
import org.jetfold.codec.quantize.ShortestFloats;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.ForwardingSource;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.tables.format.ValueGrid;
import org.jspecify.annotations.Nullable;

/**
 * A table whose floats are the shortest ones within a plan's precisions. Every value is checked by
 * code of its own before it is given out. Closing it closes the other. Not thread-safe.
 */
final class ReducedSource extends ForwardingSource {
  private final String shown;
  private final List<@Nullable ShortestFloats> floats = new ArrayList<>();
  private final List<BoundCheck> checks = new ArrayList<>();
  private final Map<Integer, ValueGrid> grids;

  /**
   * Reduces a table.
   *
   * @param shown the table's name, for messages
   * @param grids for columns by their numbers what their values are put on, in place of short
   *     floats
   * @throws CommandFailure where a column has a precision that only a compressed file can keep
   */
  ReducedSource(TableSource source, Compression plan, String shown, Map<Integer, ValueGrid> grids) {
    super(source);
    this.grids = grids;
    this.shown = shown;
    List<Column> columns = source.schema().columns();
    for (int i = 0; i < columns.size(); i++) {
      Precision precision = plan.precisions().columns().get(i);
      if (precision instanceof Precision.Scaled) {
        throw CommandFailure.usage(
            "%s: column %s has the bound %s, which depends on another column: only a .jetf file keeps it; give the column a bound of its own"
                .formatted(shown, columns.get(i).name(), precision));
      }
      floats.add(precision.isLossy() ? new ShortestFloats(precision, columns.get(i).type()) : null);
      checks.add(BoundCheck.of(precision, columns.get(i).type()));
    }
  }

  @Override
  public @Nullable Table next(int rows) throws IOException {
    Table piece = super.next(rows);
    if (piece == null) {
      return null;
    }
    List<ColumnValues> values = new ArrayList<>();
    for (int column = 0; column < floats.size(); column++) {
      ShortestFloats shortest = floats.get(column);
      ColumnValues before = piece.values(column);
      ValueGrid grid = grids.get(column);
      values.add(
          shortest == null
              ? before
              : checked(column, before, grid == null ? shortest.of(before) : placed(before, grid)));
    }
    List<int[]> offsets = new ArrayList<>();
    for (int group = 1; group < schema().groups().size(); group++) {
      offsets.add(piece.offsets(group));
    }
    return new Table(schema(), piece.rootEntries(), offsets, values);
  }

  private static ColumnValues placed(ColumnValues values, ValueGrid grid) {
    float[] floats = ((ColumnValues.Floats) values).values();
    float[] placed = new float[floats.length];
    for (int i = 0; i < placed.length; i++) {
      placed[i] = BoundGrid.nearest(floats[i], grid.step());
    }
    return new ColumnValues.Floats(placed);
  }

  private ColumnValues checked(int column, ColumnValues before, ColumnValues after) {
    int violation =
        checks.get(column).firstViolation(before, 0, after, 0, before.size(), new ErrorExtremes());
    if (violation >= 0) {
      throw new IllegalStateException(
          "%s: a value of column %s would miss its bound"
              .formatted(shown, schema().columns().get(column).name()));
    }
    return after;
  }
}
