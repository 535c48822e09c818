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
  private final List<BlockRun> runs = new ArrayList<>();
  private long missing;
  private int blocks;

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

  /** Adds the blocks of a file. */
  void add(IndexedFile file) {
    List<Footer.Section> sections = file.footer().sections();
    long first = 0;
    for (int i = 0; i < sections.size(); i++) {
      if (!(sections.get(i) instanceof Footer.Section.Block block)) {
        continue;
      }
      if (missing > 0 && mayMatch(block)) {
        long rows = layout.rows() == 0 ? block.entries() : 0;
        long end = i + 1 < sections.size() ? sections.get(i + 1).offset() : file.file().size();
        runs.add(
            new BlockRun(file.file(), first, first + block.entries(), rows, end - block.offset()));
        missing -= rows;
        blocks++;
      }
      first += block.entries();
    }
  }

  private boolean mayMatch(Footer.Section.Block block) {
    return Arrays.stream(filters).allMatch(filter -> blockFilter.mayMatch(filter, block.columns()));
  }

  List<BlockRun> runs() {
    return runs;
  }

  int blocks() {
    return blocks;
  }
}
