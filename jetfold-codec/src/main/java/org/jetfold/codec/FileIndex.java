package org.jetfold.codec;

import java.util.ArrayList;
import java.util.List;
import org.jetfold.codec.file.FileHeader;
import org.jetfold.codec.file.Footer;

/**
 * What a file says of itself: its header and footer. It needs the file no more. Immutable; safe for
 * use by several threads.
 */
public final class FileIndex {
  private final FileHeader header;
  private final Footer footer;

  /** What the file starts with, to the end of the header. */
  private final byte[] start;

  FileIndex(FileHeader header, Footer footer, byte[] start) {
    this.header = header;
    this.footer = footer;
    this.start = start;
  }

  /** The shape of the table, and each column's precision. */
  public FileHeader header() {
    return header;
  }

  /** What is where in the file. */
  public Footer footer() {
    return footer;
  }

  /**
   * Shares blocks out.
   *
   * @param blocks some or all of the footer's, in their order
   * @param bytes how large a share should be at most, at least 1; a share has at least one block
   */
  public List<BlockSplit> splits(List<Footer.Section.Block> blocks, long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException(
          "the bytes of a split must be at least 1, were %d".formatted(bytes));
    }
    long all = blocks.stream().mapToLong(block -> block.end() - block.offset()).sum();
    long shares = Math.ceilDiv(all, bytes);
    List<BlockSplit> splits = new ArrayList<>();
    List<Footer.Section.Block> share = new ArrayList<>();
    long inShare = 0;
    for (Footer.Section.Block block : blocks) {
      long size = block.end() - block.offset();
      if (!share.isEmpty() && (inShare + size / 2 > all / shares || inShare + size > bytes)) {
        splits.add(BlockSplit.of(start, footer, share));
        share.clear();
        inShare = 0;
      }
      share.add(block);
      inShare += size;
    }
    if (!share.isEmpty()) {
      splits.add(BlockSplit.of(start, footer, share));
    }
    return splits;
  }
}
