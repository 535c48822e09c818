package org.jetfold.codec.pipeline;

import java.io.IOException;
import java.util.List;
import java.util.function.IntPredicate;
import org.jetfold.codec.container.ContainerReader;
import org.jetfold.codec.container.SectionHead;
import org.jetfold.codec.file.DamagedFileException;
import org.jetfold.codec.file.Footer;
import org.jspecify.annotations.Nullable;

/**
 * Walks through sections that a file's footer lists, all or some, and checks that each continues
 * the one before. Sections that no wanted block needs are not read. Not thread-safe.
 */
final class BlockWalk {
  /** Every block is wanted. */
  static final IntPredicate ALL = unused -> true;

  private final ContainerReader container;
  private final List<Footer.Section> sections;
  private final BlockReader reader;
  private final IntPredicate wanted;
  private int next;
  private SectionHead.@Nullable Distributions distributions;
  private BlockReader.@Nullable Decoding decoding;

  /** Where the section should stand that follows the last one that was read, and its place. */
  private long lastEnd;

  private int following = -1;

  /**
   * Begins a walk.
   *
   * @param reader makes distributions ready
   * @param footer the file's, or a part of it
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
   * @param listed what the footer says of it
   * @param distributions that it uses; the same object for blocks of a segment
   * @param decoding the same, ready for the walk's reader
   */
  record Step(
      Footer.Section.Block listed,
      SectionHead.Distributions distributions,
      BlockReader.Decoding decoding,
      SectionHead.Block block) {}

  /** The next wanted block; null at the end. */
  @Nullable Step next() throws IOException {
    while (next < sections.size()) {
      Footer.Section section = sections.get(next);
      boolean isNeeded = isNeeded(section);
      next++;
      if (!isNeeded) {
        continue;
      }
      switch (section) {
        case Footer.Section.Distributions listed -> {
          SectionHead.Distributions read = container.read(listed);
          requireFollowing(section, read);
          distributions = read;
          decoding = reader.decoding(read);
        }
        case Footer.Section.Block listed -> {
          SectionHead.Block read = container.read(listed);
          requireFollowing(section, read);
          return step(read, listed);
        }
      }
    }
    return null;
  }

  private void requireFollowing(Footer.Section listed, SectionHead read)
      throws DamagedFileException {
    if (listed.index() == following && read.offset() != lastEnd) {
      throw new DamagedFileException(lastEnd, "a section should stand here");
    }
    lastEnd = read.end();
    following = listed.index() + 1;
  }

  private boolean isNeeded(Footer.Section section) {
    if (section instanceof Footer.Section.Block listed) {
      return wanted.test(listed.number());
    }
    // Distributions that no block uses are damaged where they cannot be read, if all are wanted.
    boolean isUsed = false;
    for (int behind = next + 1;
        behind < sections.size() && sections.get(behind) instanceof Footer.Section.Block listed;
        behind++) {
      isUsed |= wanted.test(listed.number());
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
    if (used == null || ready == null) {
      throw new IllegalStateException("a block is listed before its distributions");
    }
    requireUses(read, used);
    return new Step(listed, used, ready, read);
  }

  /** Requires that distributions are those that a block names. */
  static void requireUses(SectionHead.Block block, SectionHead.Distributions distributions)
      throws DamagedFileException {
    if (block.ordinal() - block.head().back() != distributions.ordinal()) {
      throw new DamagedFileException(
          block.offset(), "a block's distributions do not stand before it");
    }
  }
}
