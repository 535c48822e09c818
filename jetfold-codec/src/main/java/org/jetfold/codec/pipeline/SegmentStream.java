package org.jetfold.codec.pipeline;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.ByteWriter;
import org.jetfold.codec.entropy.Distribution;
import org.jetfold.codec.entropy.FittedDistribution;
import org.jetfold.codec.entropy.StreamBuffers;
import org.jetfold.codec.entropy.StreamDecoder;
import org.jetfold.codec.entropy.StreamEncoder;
import org.jetfold.codec.file.ColumnStatistics;

/** Codes a stream whose symbols are there block by block, with a distribution of its own. */
final class SegmentStream {
  private SegmentStream() {}

  /**
   * Codes a stream.
   *
   * @param blocks each block's symbols
   * @param statistics of a column, one a block; else empty
   */
  static CodedStream of(List<long[]> blocks, List<ColumnStatistics> statistics, boolean verifying) {
    int[] starts = new int[blocks.size()];
    int count = 0;
    for (int block = 0; block < starts.length; block++) {
      starts[block] = count;
      count += blocks.get(block).length;
    }
    long[] symbols = new long[count];
    for (int block = 0; block < starts.length; block++) {
      long[] part = blocks.get(block);
      System.arraycopy(part, 0, symbols, starts[block], part.length);
    }
    FittedDistribution fitted =
        FittedDistribution.of(
            symbols,
            starts,
            Map.of(),
            column -> {
              throw new IllegalStateException("a stream that refers to column " + column);
            });
    Distribution distribution = fitted.distribution();
    StreamEncoder encoder = new StreamEncoder(distribution);
    StreamDecoder decoder = new StreamDecoder(distribution);
    StreamBuffers buffers = new StreamBuffers();
    ByteWriter bytes = new ByteWriter();
    int[] byteStarts = new int[starts.length + 1];
    for (int block = 0; block < starts.length; block++) {
      int length = blocks.get(block).length;
      encoder.encode(symbols, starts[block], length, null, bytes, buffers);
      byteStarts[block + 1] = bytes.size();
      if (verifying) {
        int from = byteStarts[block];
        long[] decoded = new long[length];
        ByteReader in = new ByteReader(bytes.array(), from, bytes.size() - from, 0);
        decoder.decode(in, decoded, length, null, buffers);
        if (!Arrays.equals(decoded, blocks.get(block))) {
          throw new IllegalStateException(
              "a stream does not decode to its symbols; please report this");
        }
      }
    }
    return new CodedStream(fitted, bytes.toByteArray(), byteStarts, statistics);
  }
}
