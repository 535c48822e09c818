package org.jetfold.codec.pipeline;

import java.io.IOException;
import java.util.List;
import org.jetfold.codec.container.ContainerReader;
import org.jetfold.codec.container.SectionHead;
import org.jetfold.codec.file.Footer;
import org.jetfold.codec.table.Table;
import org.jspecify.annotations.Nullable;

/**
 * Decodes blocks one by one, in any order. The distributions of the last segment are kept. Safe for
 * use by several threads.
 */
public final class SingleBlockReader {
  private final ContainerReader container;
  private final BlockReader reader;
  private final Footer footer;
  private final List<Footer.Section.Block> blocks;
  private volatile @Nullable Segment last;

  /** The distributions that blocks use. */
  private record Segment(SectionHead.Distributions section, BlockReader.Decoding decoding) {}

  /** A reader of some columns of a file's blocks. */
  public SingleBlockReader(ContainerReader container, BlockReader reader) throws IOException {
    this.container = container;
    this.reader = reader;
    footer = container.footer();
    blocks = footer.blocks();
  }

  /**
   * Decodes a block.
   *
   * @param number counted from 0
   * @throws IndexOutOfBoundsException where the file has fewer blocks
   */
  public Table read(int number) throws IOException {
    Footer.Section.Block listed = blocks.get(number);
    SectionHead.Block block = container.read(listed);
    Segment segment = segment(footer.distributionsOf(listed));
    BlockWalk.requireUses(block, segment.section());
    return reader.read(block, segment.decoding());
  }

  private Segment segment(Footer.Section.Distributions listed) throws IOException {
    Segment known = last;
    if (known == null || known.section().offset() != listed.offset()) {
      SectionHead.Distributions section = container.read(listed);
      known = new Segment(section, reader.decoding(section));
      last = known;
    }
    return known;
  }
}
