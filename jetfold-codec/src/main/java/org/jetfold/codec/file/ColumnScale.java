package org.jetfold.codec.file;

import java.util.List;
import java.util.OptionalInt;

/**
 * What a file adds to a column's precision (docs/precision.md, docs/dither.md).
 *
 * @param spikes values that come back bit for bit in some segment, because they repeat far more
 *     often than their neighbours; in increasing order
 * @param dithered whether the phases of events shift the column's grid in some segment
 * @param decimals of an exact column, the most decimal digits with which a segment codes its values
 *     as integers; empty where none does
 */
public record ColumnScale(List<Double> spikes, boolean dithered, OptionalInt decimals) {
  /** Copies the list. */
  public ColumnScale {
    spikes = List.copyOf(spikes);
  }
}
