package org.jetfold.tables;

import java.io.IOException;
import java.util.List;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.tables.format.LayoutOfFirstFile;
import org.jetfold.tables.format.TableUsageException;
import org.jetfold.tables.format.TableUsageException.Subject;
import org.jspecify.annotations.Nullable;

/**
 * Several files as one table, one behind the other; one is open at a time. An event ends where its
 * file ends.
 *
 * <p>The first file that has rows says which columns there are and in which order; the others must
 * have the same. A file without rows adds nothing, and its columns do not matter: formats that find
 * types or collections in the data cannot find them there.
 */
final class ChainedSource implements TableSource {
  /** How many rows tell that a file has some. */
  private static final int FIRST_ROWS = 4096;

  /**
   * A file that is open.
   *
   * @param name what messages call it
   * @param table its table; closing it closes the file
   * @param layout what it says about other files of the same table
   */
  record Link(String name, TableSource table, LayoutOfFirstFile layout) {}

  /** Opens files. */
  interface Opener {
    /**
     * Opens one.
     *
     * @param first what the first file says about this one; null for the first
     */
    Link open(TableName name, @Nullable LayoutOfFirstFile first) throws IOException;
  }

  private final List<TableName> names;
  private final Opener opener;
  private final Link first;
  private final Schema schema;
  private @Nullable TableSource current;
  private ColumnOrder order;
  private @Nullable Table waiting;
  private int next;

  private ChainedSource(
      List<TableName> names, Opener opener, Link first, @Nullable Table waiting, int next) {
    this.names = List.copyOf(names);
    this.opener = opener;
    this.first = first;
    this.schema = first.table().schema();
    this.current = first.table();
    this.order = new ColumnOrder(schema, schema);
    this.waiting = waiting;
    this.next = next;
  }

  /**
   * Opens files up to the first that has rows.
   *
   * @param names at least one
   */
  static ChainedSource open(List<TableName> names, Opener opener) throws IOException {
    for (int i = 0; ; i++) {
      Link link = opener.open(names.get(i), null);
      try {
        Table rows = link.table().next(FIRST_ROWS);
        if (rows != null || i == names.size() - 1) {
          return new ChainedSource(names, opener, link, rows, i + 1);
        }
      } catch (IOException | RuntimeException | Error e) {
        link.table().close();
        throw e;
      }
      link.table().close();
    }
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public @Nullable Table next(int rows) throws IOException {
    Table piece = waiting;
    waiting = null;
    if (piece == null && current != null) {
      piece = current.next(rows);
    }
    while (piece == null && next < names.size()) {
      close();
      Link link = opener.open(names.get(next++), first.layout());
      current = link.table();
      piece = link.table().next(rows);
      if (piece != null) {
        Schema found = link.table().schema();
        String difference = ColumnOrder.difference(schema, first.name(), found);
        if (difference != null) {
          throw new TableUsageException(
              Subject.COLUMNS,
              "%s: cannot be one table with %s: %s"
                  .formatted(link.name(), first.name(), difference));
        }
        order = new ColumnOrder(schema, found);
      }
    }
    return piece == null ? null : order.ordered(piece);
  }

  @Override
  public void close() throws IOException {
    TableSource open = current;
    current = null;
    if (open != null) {
      open.close();
    }
  }
}
