package org.jetfold.codec.file;

import java.util.List;

/**
 * The index at a file's end (docs/format.md section 10).
 *
 * @param sections distributions and blocks, in the order of the file
 * @param totals for each group, its entries in the file
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

  /** The number of segments: sections of distributions. */
  public int segments() {
    return sections.size() - blocks().size();
  }

  /** A frame of the file that the footer lists. */
  public sealed interface Section {
    /** Where its frame starts in the file. */
    long offset();

    /**
     * Its frame's checksum. Another file with the same header can hold frames that would be right
     * here, but not with this checksum.
     */
    int check();

    /** Distributions, which the blocks behind use. */
    record Distributions(long offset, int check) implements Section {}

    /**
     * A block.
     *
     * @param entries its root entries
     * @param columns statistics of each column
     */
    record Block(long offset, int check, int entries, List<ColumnStatistics> columns)
        implements Section {
      /** Copies the list. */
      public Block {
        columns = List.copyOf(columns);
      }
    }
  }
}
