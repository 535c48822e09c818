package org.jetfold.codec.pipeline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jetfold.codec.container.FormatVersion;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.UnreadableTableException;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a table into blocks of whole root entries, and runs of blocks into segments. Where it cuts
 * depends on the entries alone, not on the pieces that the source gives. Not thread-safe.
 */
final class SegmentCutter {
  /** The most entries of any group in a block, unless a single root entry has more. */
  static final int BLOCK_ENTRIES = 1 << 15;

  /** The most values of all columns in a block, unless a single root entry has more. */
  private static final int BLOCK_VALUES = 1 << 22;

  /** A segment ends with the block that reaches this number of values. */
  private static final int SEGMENT_VALUES = 1 << 23;

  private final TableSource source;
  private final Schema schema;

  /**
   * For each group, the streams that hold a symbol for each of its entries: its columns and its
   * lists' counts.
   */
  private final int[] streams;

  private @Nullable Table piece;
  private int next;
  private long consumed;
  private final int[] entryFrom;

  SegmentCutter(TableSource source) {
    this.source = source;
    this.schema = source.schema();
    this.streams = new int[schema.groups().size()];
    this.entryFrom = new int[streams.length];
    for (int group = 0; group < streams.length; group++) {
      streams[group] =
          schema.groups().get(group).columns().size() + schema.groups().get(group).lists().size();
    }
  }

  /** The next segment; null at the end. */
  @Nullable Segment next() throws IOException {
    List<Table> slices = new ArrayList<>();
    List<Integer> blockStarts = new ArrayList<>(List.of(0));
    long[] blockEntries = new long[streams.length];
    long blockValues = 0;
    long segmentValues = 0;
    int entries = 0;
    int sliceFrom = next;
    int[] sizes = new int[streams.length];
    while (true) {
      Table current = piece;
      if (current == null || next == current.rootEntries()) {
        addSlice(slices, current, sliceFrom);
        piece = source.next(BLOCK_ENTRIES);
        next = 0;
        sliceFrom = 0;
        if (piece == null) {
          break;
        }
        continue;
      }
      long values = measure(current, next, sizes);
      if (blockEntries[0] > 0
          && (blockValues + values > BLOCK_VALUES || overflows(blockEntries, sizes))) {
        blockStarts.add(entries);
        Arrays.fill(blockEntries, 0);
        blockValues = 0;
        if (segmentValues >= SEGMENT_VALUES) {
          addSlice(slices, current, sliceFrom);
          return segment(slices, blockStarts);
        }
      }
      for (int group = 0; group < sizes.length; group++) {
        blockEntries[group] += sizes[group];
      }
      blockValues += values;
      segmentValues += values;
      entries++;
      next++;
      consumed++;
    }
    if (entries == 0) {
      return null;
    }
    blockStarts.add(entries);
    return segment(slices, blockStarts);
  }

  private Segment segment(List<Table> slices, List<Integer> blockStarts) {
    return new Segment(
        Table.joined(slices), blockStarts.stream().mapToInt(Integer::intValue).toArray());
  }

  private void addSlice(List<Table> slices, @Nullable Table current, int from) {
    if (current != null && next > from) {
      boolean whole = from == 0 && next == current.rootEntries();
      slices.add(whole ? current : current.slice(from, next));
    }
  }

  /** Fills in how many entries a root entry has in each group; returns the number of its values. */
  private long measure(Table table, int rootEntry, int[] sizes) throws UnreadableTableException {
    long values = streams[0];
    int[] from = entryFrom;
    sizes[0] = 1;
    from[0] = rootEntry;
    for (int group = 1; group < sizes.length; group++) {
      int parent = schema.parent(group);
      int[] offsets = table.offsets(group);
      from[group] = offsets[from[parent]];
      sizes[group] = offsets[from[parent] + sizes[parent]] - from[group];
      values += (long) sizes[group] * streams[group];
    }
    if (values > FormatVersion.MOST_VALUES_IN_BLOCK) {
      throw new UnreadableTableException(
          "event %d has %d values, more than the %d that a block can hold"
              .formatted(consumed, values, FormatVersion.MOST_VALUES_IN_BLOCK));
    }
    return values;
  }

  private static boolean overflows(long[] blockEntries, int[] sizes) {
    for (int group = 0; group < sizes.length; group++) {
      if (blockEntries[group] + sizes[group] > BLOCK_ENTRIES) {
        return true;
      }
    }
    return false;
  }
}
