package org.jetfold.codec.pipeline;

import java.util.List;
import org.jetfold.codec.bytes.ByteWriter;
import org.jetfold.codec.entropy.FittedDistribution;
import org.jetfold.codec.file.ColumnStatistics;

/**
 * A stream in all blocks of a segment, coded and checked.
 *
 * @param distribution what it is coded with
 * @param bytes its bytes in one block after the other
 * @param starts where in {@code bytes} each block starts, and last their end
 * @param statistics of a column, what the footer says of it in each block; of list counts nothing
 */
record CodedStream(
    FittedDistribution distribution,
    byte[] bytes,
    int[] starts,
    List<ColumnStatistics> statistics) {
  /** A column that a model codes, which needs no distribution of its own. */
  static CodedStream modelled(byte[] bytes, int[] starts, List<ColumnStatistics> statistics) {
    return new CodedStream(FittedDistribution.none(), bytes, starts, statistics);
  }

  int length(int block) {
    return starts[block + 1] - starts[block];
  }

  void write(int block, ByteWriter out) {
    out.raw(bytes, starts[block], length(block));
  }
}
