package org.jetfold.codec.roundtrip;

import java.util.SplittableRandom;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;

/** A table in memory that is handed out in pieces. */
public final class PiecedSource implements TableSource {
  private final Table table;
  private final SplittableRandom random;
  private final int mostRows;
  private int next;

  /** Pieces of random sizes up to {@code mostRows} root entries. */
  public PiecedSource(Table table, int mostRows, long seed) {
    this.table = table;
    this.mostRows = mostRows;
    this.random = new SplittableRandom(seed);
  }

  /** The whole table as one piece. */
  public PiecedSource(Table table) {
    this(table, Integer.MAX_VALUE, 0);
  }

  @Override
  public Schema schema() {
    return table.schema();
  }

  @Override
  public Table next(int rows) {
    if (next == table.rootEntries()) {
      return null;
    }
    int from = next;
    int size = mostRows == Integer.MAX_VALUE ? mostRows : 1 + random.nextInt(mostRows);
    next = (int) Math.min((long) from + size, table.rootEntries());
    return from == 0 && next == table.rootEntries() ? table : table.slice(from, next);
  }

  @Override
  public void close() {
    // Holds nothing but memory.
  }
}
