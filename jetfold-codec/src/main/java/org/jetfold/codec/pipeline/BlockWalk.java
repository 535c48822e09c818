package org.jetfold.codec.pipeline;

import java.io.IOException;
import java.util.List;
import java.util.function.IntPredicate;
import org.jetfold.codec.container.ContainerReader;
import org.jetfold.codec.container.ContainerReader.SectionHead;
import org.jetfold.codec.file.DamagedFileException;
import org.jetfold.codec.file.Footer;
import org.jspecify.annotations.Nullable;

/**
 * Walks through the sections that a file's footer lists, and checks that each continues the one
 * before. Sections that no wanted block needs are not read. Not thread-safe.
 */
final class BlockWalk {
  /** Every block is wanted. */
  static final IntPredicate ALL = _ -> true;

  private final ContainerReader container;
  private final List<Footer.Section> sections;
  private final BlockReader reader;
  private final IntPredicate wanted;
  private int next;
  private int block;
  private long entries;
  private SectionHead.@Nullable Distributions distributions;
  private BlockReader.@Nullable Decoding decoding;

  /** Where the section should stand that follows the last one that was read. */
  private long lastEnd = -1;

  /**
   * Begins a walk.
   *
   * @param reader makes distributions ready
   * @param wanted the numbers of the blocks, counted from 0
   */
  BlockWalk(ContainerReader container, Footer footer, BlockReader reader, IntPredicate wanted) {
    this.container = container;
    this.sections = footer.sections();
    this.reader = reader;
    this.wanted = wanted;
  }

  /**
   * A wanted block.
   *
   * @param number of the block
   * @param first the number of events before it
   * @param listed what the footer says of it
   * @param distributions that it uses; the same object for blocks of a segment
   * @param decoding the same, ready for the walk's reader
   */
  record Step(
      int number,
      long first,
      Footer.Section.Block listed,
      SectionHead.Distributions distributions,
      BlockReader.Decoding decoding,
      SectionHead.Block block) {}

  /** The next wanted block; null at the end. */
  @Nullable Step next() throws IOException {
    while (next < sections.size()) {
      Footer.Section section = sections.get(next);
      if (!isNeeded(section)) {
        lastEnd = -1;
        next++;
        if (section instanceof Footer.Section.Block listed) {
          entries += listed.entries();
          block++;
        }
        continue;
      }
      SectionHead head = container.readSection(section, next++);
      if (lastEnd >= 0 && head.offset() != lastEnd) {
        throw new DamagedFileException(lastEnd, "a section should stand here");
      }
      lastEnd = head.end();
      if (head instanceof SectionHead.Distributions read) {
        distributions = read;
        decoding = reader.decoding(read);
      } else if (head instanceof SectionHead.Block read
          && section instanceof Footer.Section.Block listed) {
        return step(read, listed);
      }
    }
    return null;
  }

  private boolean isNeeded(Footer.Section section) {
    if (section instanceof Footer.Section.Block) {
      return wanted.test(block);
    }
    // Distributions that no block uses are damaged where they cannot be read, if all are wanted.
    boolean isUsed = false;
    int number = block;
    for (int behind = next + 1;
        behind < sections.size() && sections.get(behind) instanceof Footer.Section.Block;
        behind++) {
      isUsed |= wanted.test(number++);
    }
    return isUsed || isAllWanted();
  }

  @SuppressWarnings("ReferenceEquality") // There is one predicate for it.
  private boolean isAllWanted() {
    return wanted == ALL;
  }

  private Step step(SectionHead.Block read, Footer.Section.Block listed)
      throws DamagedFileException {
    SectionHead.Distributions used = distributions;
    BlockReader.Decoding ready = decoding;
    if (used == null || ready == null || read.ordinal() - read.head().back() != used.ordinal()) {
      throw new DamagedFileException(
          read.offset(), "a block's distributions do not stand before it");
    }
    if (read.head().first() != entries || read.head().entries()[0] != listed.entries()) {
      throw new DamagedFileException(read.offset(), "a block's entries contradict the footer");
    }
    Step step = new Step(block++, entries, listed, used, ready, read);
    entries += listed.entries();
    return step;
  }
}
