package org.jetfold.cli.compress;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jetfold.codec.Compression;
import org.jetfold.codec.quantize.BoundCheck;
import org.jetfold.codec.quantize.ErrorExtremes;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.ForwardingSource;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jspecify.annotations.Nullable;

/**
 * A table whose columns are reduced within a plan's precisions. Every value is checked by code of
 * its own before it is given out. Closing it closes the other. Not thread-safe.
 */
final class ReducedSource extends ForwardingSource {
  private final String shown;
  private final Schema schema;
  private final Reduction reduction;
  private final List<BoundCheck> checks = new ArrayList<>();

  /**
   * Reduces a table.
   *
   * @param shown the table's name, for messages
   */
  ReducedSource(TableSource source, Compression plan, String shown, Reduction reduction) {
    super(source);
    this.shown = shown;
    this.reduction = reduction;
    schema = reduction.schema(source.schema());
    List<Column> columns = source.schema().columns();
    for (int i = 0; i < columns.size(); i++) {
      checks.add(BoundCheck.of(plan.precisions().columns().get(i), columns.get(i).type()));
    }
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public @Nullable Table next(int rows) throws IOException {
    Table piece = super.next(rows);
    if (piece == null) {
      return null;
    }
    List<ColumnValues> values = new ArrayList<>();
    for (int column = 0; column < checks.size(); column++) {
      ColumnValues before = piece.values(column);
      ColumnValues after = reduction.columns().get(column).reduction().apply(before);
      requireBound(column, before, after);
      values.add(after);
    }
    List<int[]> offsets = new ArrayList<>();
    for (int group = 1; group < schema.groups().size(); group++) {
      offsets.add(piece.offsets(group));
    }
    return new Table(schema, piece.rootEntries(), offsets, values);
  }

  private void requireBound(int column, ColumnValues before, ColumnValues after) {
    int violation =
        checks.get(column).firstViolation(before, 0, after, 0, before.size(), new ErrorExtremes());
    if (violation >= 0) {
      throw new IllegalStateException(
          "%s: a value of column %s would miss its bound"
              .formatted(shown, schema.columns().get(column).name()));
    }
  }
}
