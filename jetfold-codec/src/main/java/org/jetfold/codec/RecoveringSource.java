package org.jetfold.codec;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jetfold.codec.container.ContainerReader;
import org.jetfold.codec.container.SectionHead;
import org.jetfold.codec.file.DamagedFileException;
import org.jetfold.codec.pipeline.BlockReader;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jspecify.annotations.Nullable;

/**
 * The undamaged blocks of a damaged file, in order of their entries, and after the last one a list
 * of what is lost. Not thread-safe.
 *
 * <p>A block counts as undamaged when its frame, the frame of its distributions and all streams
 * that are read have right checksums.
 */
public final class RecoveringSource implements TableSource {
  private final BlockReader reader;
  private final Map<Integer, SectionHead.Distributions> distributions = new HashMap<>();
  private final Iterator<SectionHead.Block> blocks;
  private final List<String> losses = new ArrayList<>();
  private final long total;
  private long expected;
  private long recovered;
  private boolean ended;
  private int decodingOrdinal = -1;
  private BlockReader.@Nullable Decoding decoding;

  /** Searches the file for sections. */
  RecoveringSource(ContainerReader container, BlockReader reader) throws IOException {
    this.reader = reader;
    List<SectionHead.Block> found = new ArrayList<>();
    ContainerReader.Found left = container.findSections();
    for (SectionHead section : left.sections()) {
      switch (section) {
        case SectionHead.Distributions head -> distributions.putIfAbsent(head.ordinal(), head);
        case SectionHead.Block block -> found.add(block);
      }
    }
    found.sort(Comparator.comparingLong(block -> block.head().first()));
    blocks = found.iterator();
    total = left.footer().map(footer -> footer.totals().getFirst()).orElse(-1L);
  }

  @Override
  public Schema schema() {
    return reader.schema();
  }

  @Override
  public @Nullable Table next(int rows) throws IOException {
    while (blocks.hasNext()) {
      SectionHead.Block block = blocks.next();
      long first = block.head().first();
      if (first < expected) {
        // A copy of a block that was read already.
        continue;
      }
      try {
        Table table = reader.read(block, decodingFor(block));
        noteGap(first);
        expected = first + table.rootEntries();
        recovered += table.rootEntries();
        return table;
      } catch (DamagedFileException e) {
        losses.add(
            "the block of entries %d to %d is %s"
                .formatted(first, first + block.head().entries()[0] - 1, e.getMessage()));
      }
    }
    if (!ended) {
      ended = true;
      if (total < 0) {
        losses.add(
            "how many entries should follow the first %d is not known, as the file's end is damaged"
                .formatted(expected));
      } else {
        noteGap(total);
      }
    }
    return null;
  }

  private void noteGap(long next) {
    if (next > expected) {
      losses.add("entries %d to %d are lost".formatted(expected, next - 1));
    }
  }

  private BlockReader.Decoding decodingFor(SectionHead.Block block) throws IOException {
    int ordinal = block.ordinal() - block.head().back();
    BlockReader.Decoding current = decoding;
    if (current != null && ordinal == decodingOrdinal) {
      return current;
    }
    SectionHead.Distributions head = distributions.get(ordinal);
    if (head == null) {
      throw new DamagedFileException(block.offset(), "its distributions are lost");
    }
    BlockReader.Decoding made = reader.decoding(head);
    decoding = made;
    decodingOrdinal = ordinal;
    return made;
  }

  /**
   * What is lost, a line each; complete once {@link #next} has returned null. Empty where the file
   * was whole.
   */
  public List<String> losses() {
    return List.copyOf(losses);
  }

  /** The number of root entries read so far. */
  public long recovered() {
    return recovered;
  }

  @Override
  public void close() {
    // Holds nothing but memory.
  }
}
