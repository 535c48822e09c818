package org.jetfold.codec.file;

import java.util.List;

/**
 * What a file adds to a column's precision (docs/precision.md, docs/dither.md).
 *
 * @param spikes values that come back bit for bit in some segment, because they repeat far more
 *     often than their neighbours; in increasing order
 * @param dithered whether the phases of events shift the column's grid in some segment
 */
public record ColumnScale(List<Double> spikes, boolean dithered) {
  /** Copies the list. */
  public ColumnScale {
    spikes = List.copyOf(spikes);
  }
}
