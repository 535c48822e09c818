package org.jetfold.tables;

import java.io.IOException;
import org.jetfold.codec.table.ForwardingSource;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jspecify.annotations.Nullable;

/** A file of a table of several, with the columns in the order of the first. */
final class FollowingSource extends ForwardingSource {
  private final Schema wanted;
  private final ColumnOrder order;

  /** A source that has the columns that are wanted, in any order. */
  FollowingSource(TableSource source, Schema wanted) {
    super(source);
    this.wanted = wanted;
    order = new ColumnOrder(wanted, source.schema());
  }

  @Override
  public Schema schema() {
    return wanted;
  }

  @Override
  public @Nullable Table next(int rows) throws IOException {
    Table piece = super.next(rows);
    return piece == null ? null : order.ordered(piece);
  }
}
