package org.jetfold.codec.pipeline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a table into blocks of whole root entries, and runs of blocks into segments. Where it cuts
 * does not depend on the pieces that the source gives. Not thread-safe.
 */
final class SegmentReader {
  private final TableSource source;
  private final Schema schema;
  private final BlockLimits limits;
  private final int[] entryFrom;
  private final int[] sizes;

  private @Nullable Table piece;

  /** The entry of the piece that is looked at. */
  private int next;

  /** Whether the segment that begins with that entry has taken it already. */
  private boolean begun;

  SegmentReader(TableSource source) {
    this.source = source;
    this.schema = source.schema();
    this.limits = new BlockLimits(schema);
    this.entryFrom = new int[schema.groups().size()];
    this.sizes = new int[schema.groups().size()];
  }

  /** The next segment; null at the end. */
  @Nullable Segment next() throws IOException {
    List<Table> slices = new ArrayList<>();
    List<Integer> blockStarts = new ArrayList<>(List.of(0));
    int entries = 0;
    int sliceFrom = next;
    while (true) {
      Table current = piece;
      if (current == null || next == current.rootEntries()) {
        addSlice(slices, current, sliceFrom);
        piece = source.next(BlockLimits.BLOCK_ENTRIES);
        next = 0;
        sliceFrom = 0;
        if (piece == null) {
          break;
        }
        continue;
      }
      if (!begun) {
        measure(current, next);
        BlockLimits.Cut cut = limits.place(sizes);
        if (cut != BlockLimits.Cut.NONE) {
          blockStarts.add(entries);
        }
        if (cut == BlockLimits.Cut.SEGMENT) {
          begun = true;
          addSlice(slices, current, sliceFrom);
          return segment(slices, blockStarts);
        }
      }
      begun = false;
      entries++;
      next++;
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

  /** Fills in how many entries a root entry has in each group. */
  private void measure(Table table, int rootEntry) {
    int[] from = entryFrom;
    sizes[0] = 1;
    from[0] = rootEntry;
    for (int group = 1; group < sizes.length; group++) {
      int parent = schema.parent(group);
      int[] offsets = table.offsets(group);
      from[group] = offsets[from[parent]];
      sizes[group] = offsets[from[parent] + sizes[parent]] - from[group];
    }
  }
}
