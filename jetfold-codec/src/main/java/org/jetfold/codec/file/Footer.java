package org.jetfold.codec.file;

import java.util.List;

/**
 * The index at a file's end (docs/format.md section 10), or a part of it. Immutable.
 *
 * @param sections distributions and blocks, in the order of the file
 * @param totals for each group, its entries in these blocks
 */
public record Footer(List<Section> sections, List<Long> totals) {
  /** Copies the lists. */
  public Footer {
    sections = List.copyOf(sections);
    totals = List.copyOf(totals);
  }

  /** The blocks, in the order of the file. */
  public List<Section.Block> blocks() {
    return sections.stream()
        .filter(Section.Block.class::isInstance)
        .map(Section.Block.class::cast)
        .toList();
  }

  /** The distributions that one of the blocks uses: the last ones before it. */
  public Section.Distributions distributionsOf(Section.Block block) {
    Section.Distributions before = null;
    for (Section section : sections) {
      if (section.index() < block.index() && section instanceof Section.Distributions listed) {
        before = listed;
      }
    }
    if (before == null) {
      throw new IllegalArgumentException("block %d is not listed here".formatted(block.number()));
    }
    return before;
  }

  /** The number of segments: sections of distributions. */
  public int segments() {
    return sections.size() - blocks().size();
  }

  /** A frame of the file that the footer lists. */
  public sealed interface Section {
    /** Its place among the file's sections, counted from 0. */
    int index();

    /** Where its frame starts in the file. */
    long offset();

    /** Where the next section, or the footer, starts in the file. */
    long end();

    /**
     * Its frame's checksum. Another file with the same header can hold frames that would be right
     * here, but not with this checksum.
     */
    int check();

    /** Distributions, which the blocks behind use. */
    record Distributions(int index, long offset, long end, int check) implements Section {}

    /**
     * A block: consecutive events with all that belongs to them, or rows of a flat table. It takes
     * the bytes from {@code offset} to before {@code end}.
     *
     * @param number its place among the file's blocks, counted from 0
     * @param first the number of events in the blocks before
     * @param entries for each group of the schema, its entries in the block
     * @param columns for each column of the schema, its statistics over the block; none in a part
     *     of the index that was made without
     */
    record Block(
        int index,
        int number,
        long offset,
        long end,
        int check,
        long first,
        List<Integer> entries,
        List<ColumnStatistics> columns)
        implements Section {
      /** Copies the lists. */
      public Block {
        entries = List.copyOf(entries);
        columns = List.copyOf(columns);
      }

      /** The number of its events, or rows. */
      public int events() {
        return entries.getFirst();
      }
    }
  }
}
