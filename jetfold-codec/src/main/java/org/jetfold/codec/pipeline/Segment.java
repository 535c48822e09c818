package org.jetfold.codec.pipeline;

import java.util.Arrays;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;

/**
 * Consecutive blocks that share their distributions.
 *
 * @param table all their entries
 * @param blockStarts the root entry at which each block starts, the first 0, and last the number of
 *     root entries
 */
public record Segment(Table table, int[] blockStarts) {
  /** The number of blocks. */
  public int blocks() {
    return blockStarts.length - 1;
  }

  /**
   * Where the lists of the parent's entries start in a block, counted from its first row; empty for
   * the root.
   */
  public int[] offsets(int group, int block) {
    if (group == 0) {
      return new int[0];
    }
    int[] parents = starts(table.schema().parent(group));
    int[] offsets =
        Arrays.copyOfRange(table.offsets(group), parents[block], parents[block + 1] + 1);
    int first = offsets[0];
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] -= first;
    }
    return offsets;
  }

  /** For each block, and last for the end, the entry of {@code group} at which it starts. */
  public int[] starts(int group) {
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
