package org.jetfold.spark.read;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.sources.Filter;
import org.jetfold.codec.file.Footer;
import org.jetfold.spark.frame.FrameLayout;

/** Chooses the blocks that may have rows that a query wants. Not thread-safe. */
final class BlockChoice {
  private final FrameLayout layout;
  private final BlockFilter blockFilter;
  private final Filter[] filters;
  private final List<Chosen> chosen = new ArrayList<>();
  private long missing;
  private long rows;

  /**
   * The chosen blocks of a file.
   *
   * @param blocks at least one
   */
  record Chosen(IndexedFile file, List<Footer.Section.Block> blocks) {
    Chosen {
      blocks = List.copyOf(blocks);
    }

    /** How many bytes of the file they take. */
    long bytes() {
      return blocks.stream().mapToLong(block -> block.end() - block.offset()).sum();
    }
  }

  /**
   * A choice.
   *
   * @param limit how many rows suffice
   */
  BlockChoice(FrameLayout layout, Filter[] filters, int limit) {
    this.layout = layout;
    this.blockFilter = new BlockFilter(layout);
    this.filters = filters.clone();
    this.missing = limit == Integer.MAX_VALUE ? Long.MAX_VALUE : limit;
  }

  /** Chooses among the blocks of a file. */
  void add(IndexedFile file) {
    List<Footer.Section.Block> blocks = new ArrayList<>();
    for (Footer.Section.Block block : file.footer().blocks()) {
      long inBlock = block.entries().get(layout.rows());
      if (missing > 0 && inBlock > 0 && mayMatch(block)) {
        blocks.add(block);
        missing -= inBlock;
        rows += inBlock;
      }
    }
    if (!blocks.isEmpty()) {
      chosen.add(new Chosen(file, blocks));
    }
  }

  private boolean mayMatch(Footer.Section.Block block) {
    return Arrays.stream(filters).allMatch(filter -> blockFilter.mayMatch(filter, block.columns()));
  }

  /** The chosen blocks, file by file. */
  List<Chosen> chosen() {
    return List.copyOf(chosen);
  }

  /** How many rows the chosen blocks have. */
  long rows() {
    return rows;
  }
}
