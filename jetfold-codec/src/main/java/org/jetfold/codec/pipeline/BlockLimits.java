package org.jetfold.codec.pipeline;

import java.util.Arrays;
import org.jetfold.codec.container.FormatVersion;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.UnreadableTableException;

/**
 * Decides where blocks and segments end, one root entry after the other: by the entries' sizes
 * alone. Not thread-safe.
 */
final class BlockLimits {
  /** The most entries of any group in a block, unless a single root entry has more. */
  static final int BLOCK_ENTRIES = 1 << 15;

  /** The most values of all columns in a block, unless a single root entry has more. */
  private static final int BLOCK_VALUES = 1 << 22;

  /** A segment ends with the block that reaches this number of values. */
  private static final int SEGMENT_VALUES = 1 << 23;

  /** What stands before a root entry. */
  enum Cut {
    NONE,
    BLOCK,
    SEGMENT
  }

  /**
   * For each group, the streams that hold a symbol for each of its entries: its columns and its
   * lists' counts.
   */
  private final int[] streams;

  private final long[] blockEntries;
  private long blockValues;
  private long segmentValues;
  private long taken;

  BlockLimits(Schema schema) {
    streams = new int[schema.groups().size()];
    blockEntries = new long[streams.length];
    for (int group = 0; group < streams.length; group++) {
      streams[group] =
          schema.groups().get(group).columns().size() + schema.groups().get(group).lists().size();
    }
  }

  /**
   * Takes the next root entry.
   *
   * @param sizes how many entries it has in each group
   * @return what ends before it
   * @throws UnreadableTableException where it is larger than any block may be
   */
  Cut place(int[] sizes) {
    long values = 0;
    for (int group = 0; group < sizes.length; group++) {
      values += (long) sizes[group] * streams[group];
    }
    if (values > FormatVersion.MAX_VALUES_IN_BLOCK) {
      throw new UnreadableTableException(
          "event %d has %d values, more than the %d that a block can hold"
              .formatted(taken, values, FormatVersion.MAX_VALUES_IN_BLOCK));
    }
    Cut cut = Cut.NONE;
    if (blockEntries[0] > 0 && (blockValues + values > BLOCK_VALUES || overflows(sizes))) {
      cut = segmentValues >= SEGMENT_VALUES ? Cut.SEGMENT : Cut.BLOCK;
      Arrays.fill(blockEntries, 0);
      blockValues = 0;
      segmentValues = cut == Cut.SEGMENT ? 0 : segmentValues;
    }
    for (int group = 0; group < sizes.length; group++) {
      blockEntries[group] += sizes[group];
    }
    blockValues += values;
    segmentValues += values;
    taken++;
    return cut;
  }

  private boolean overflows(int[] sizes) {
    for (int group = 0; group < sizes.length; group++) {
      if (blockEntries[group] + sizes[group] > BLOCK_ENTRIES) {
        return true;
      }
    }
    return false;
  }
}
