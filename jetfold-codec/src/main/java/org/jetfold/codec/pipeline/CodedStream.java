package org.jetfold.codec.pipeline;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.ByteWriter;
import org.jetfold.codec.entropy.FittedDistribution;
import org.jetfold.codec.entropy.FittedStream;
import org.jetfold.codec.entropy.Symbols;
import org.jetfold.codec.file.ColumnStatistics;

/**
 * A stream in all blocks of a segment, coded and checked.
 *
 * @param fitted what it is coded with
 * @param bytes its bytes in one block after the other
 * @param starts where in {@code bytes} each block starts, and last their end
 * @param statistics of a column, what the footer says of it in each block; of other streams nothing
 */
public record CodedStream(
    FittedStream fitted, byte[] bytes, int[] starts, List<ColumnStatistics> statistics) {
  /** A column that a model codes, which needs no distribution of its own. */
  public static CodedStream modelled(
      byte[] bytes, int[] starts, List<ColumnStatistics> statistics) {
    return new CodedStream(FittedDistribution.none(), bytes, starts, statistics);
  }

  /** Is given what a block decodes to. */
  public interface BlockCheck {
    /**
     * Looks at a block.
     *
     * @param from where the block's symbols start in the segment
     * @param decoded the symbols, at least {@code count}
     */
    void accept(int from, int count, Symbols decoded);

    /**
     * Looks at a block that was just written, without its symbols.
     *
     * @param coded its bytes
     * @return whether that is enough; if not, {@link #accept} is called, too
     */
    default boolean acceptCoded(int from, int count, ByteReader coded) {
      return false;
    }
  }

  /**
   * Codes a stream, and decodes it again.
   *
   * @param starts where in the segment each block's symbols start, and last their end
   * @param coder of the blocks
   * @param verifying whether each block is decoded and compared
   * @param check looks at each block before the next is coded
   * @param statistics filled in by the end of the last check
   */
  static CodedStream of(
      int[] starts,
      StreamCoder coder,
      boolean verifying,
      EncodingBuffers buffers,
      BlockCheck check,
      List<ColumnStatistics> statistics) {
    ByteWriter bytes = buffers.bytes();
    int[] byteStarts = new int[starts.length];
    for (int block = 0; block < starts.length - 1; block++) {
      int from = starts[block];
      int count = starts[block + 1] - from;
      coder.encode(from, count, bytes, buffers.coding());
      byteStarts[block + 1] = bytes.size();
      ByteReader coded =
          new ByteReader(bytes.array(), byteStarts[block], bytes.size() - byteStarts[block], 0);
      if (check.acceptCoded(from, count, coded)) {
        continue;
      }
      Symbols decoded =
          verifying ? coder.decode(coded, from, count, buffers) : coder.symbols().part(from, count);
      if (verifying && !coder.symbols().areFrom(from, decoded, count)) {
        throw new IllegalStateException(
            "a stream does not decode to its symbols; please report this");
      }
      check.accept(from, count, decoded);
    }
    return new CodedStream(coder.fitted(), bytes.toByteArray(), byteStarts, statistics);
  }

  /**
   * Codes a stream whose symbols are there block by block, with a distribution of its own that
   * refers to no other column.
   *
   * @param statistics of a column, one a block; else empty
   */
  public static CodedStream of(
      List<long[]> blocks,
      boolean verifying,
      EncodingBuffers buffers,
      List<ColumnStatistics> statistics) {
    int[] starts = new int[blocks.size() + 1];
    for (int block = 0; block < blocks.size(); block++) {
      starts[block + 1] = starts[block] + blocks.get(block).length;
    }
    long[] symbols = buffers.symbols(starts[blocks.size()]);
    for (int block = 0; block < blocks.size(); block++) {
      System.arraycopy(blocks.get(block), 0, symbols, starts[block], blocks.get(block).length);
    }
    FittedDistribution fitted =
        FittedDistribution.of(
            symbols,
            Arrays.copyOf(starts, blocks.size()),
            Map.of(),
            column -> {
              throw new IllegalStateException("a stream that refers to column " + column);
            });
    return of(
        starts,
        StreamCoder.of(fitted, symbols, false),
        verifying,
        buffers,
        (first, second, third) -> {},
        statistics);
  }

  /** The same bytes, of which something else is to be said. */
  CodedStream withStatistics(List<ColumnStatistics> others) {
    return new CodedStream(fitted, bytes, starts, others);
  }

  int length(int block) {
    return starts[block + 1] - starts[block];
  }

  void write(int block, ByteWriter out) {
    out.raw(bytes, starts[block], length(block));
  }
}
