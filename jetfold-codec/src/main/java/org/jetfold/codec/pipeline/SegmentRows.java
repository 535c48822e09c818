package org.jetfold.codec.pipeline;

import org.jetfold.codec.entropy.Contexts;
import org.jetfold.codec.table.Table;

/**
 * What is known of some rows of a segment before a column is coded. For one thread, as it keeps the
 * symbols of the column that was asked for last.
 */
final class SegmentRows implements Contexts.KnownRows {
  private final Table table;
  private final SegmentCodecs codecs;
  private final int column;
  private final int from;
  private final int count;
  private int kept = -1;
  private long[] symbols = {};

  /**
   * Some rows.
   *
   * @param column the one that is coded
   * @param from the first row
   */
  SegmentRows(Table table, SegmentCodecs codecs, int column, int from, int count) {
    this.table = table;
    this.codecs = codecs;
    this.column = column;
    this.from = from;
    this.count = count;
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public int[] places() {
    return Places.of(table.offsets(table.schema().groupOf(column)), from, count);
  }

  @Override
  public long[] symbols(int other) {
    if (kept != other) {
      symbols = codecs.get(other).symbols(table.values(other), from, count);
      kept = other;
    }
    return symbols;
  }

  @Override
  public long[] told(int other) {
    return codecs.get(other).inSymbolsOf(codecs.get(column), symbols(other));
  }
}
