package org.jetfold.codec.pipeline;

import java.io.IOException;
import java.util.List;

/**
 * Decodes the columns of a {@link ColumnCoder}, block by block. Safe for use by several threads.
 */
public interface BlockDecoder {
  /** Columns of other coders whose symbols {@link #decode} needs. */
  List<Integer> needed();

  /** The streams that {@link #decode} reads and that are no column's. */
  default List<Integer> streams() {
    return List.of();
  }

  /**
   * Decodes columns of a block.
   *
   * @param symbols has those of the columns {@link #needed}; receives each decoded column's, by its
   *     number in the file
   * @throws org.jetfold.codec.file.DamagedFileException where the bytes are not what they should be
   */
  void decode(BlockStreams block, DecodedSymbols symbols) throws IOException;
}
