package org.jetfold.codec.pipeline;

import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;

/**
 * Consecutive blocks that share their distributions.
 *
 * @param table all their entries
 * @param blockStarts the root entry at which each block starts, the first 0, and last the number of
 *     root entries
 */
record Segment(Table table, int[] blockStarts) {
  int blocks() {
    return blockStarts.length - 1;
  }

  /** For each block, and last for the end, the entry of {@code group} at which it starts. */
  int[] starts(int group) {
    if (group == 0) {
      return blockStarts;
    }
    Schema schema = table.schema();
    int[] parentStarts = starts(schema.parent(group));
    int[] offsets = table.offsets(group);
    int[] starts = new int[parentStarts.length];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = offsets[parentStarts[i]];
    }
    return starts;
  }
}
