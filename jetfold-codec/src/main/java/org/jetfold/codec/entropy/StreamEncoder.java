package org.jetfold.codec.entropy;

import java.util.Arrays;
import java.util.Objects;
import org.jetfold.codec.bytes.ByteWriter;
import org.jspecify.annotations.Nullable;

/**
 * Writes streams of symbols with a distribution (docs/format.md section 9). Immutable and safe to
 * share between threads.
 */
public final class StreamEncoder {
  private final Distribution distribution;
  private final LeafIndex index;
  private final RansEncoder rans;

  /** An encoder for the streams that share a distribution. */
  public StreamEncoder(Distribution distribution) {
    this.distribution = distribution;
    this.index = new LeafIndex(distribution);
    this.rans = new RansEncoder(distribution);
  }

  /**
   * Writes a stream.
   *
   * @param column the symbols of the column that the distribution refers to; null where it refers
   *     to none
   * @throws IllegalArgumentException where the distribution has no leaf for a symbol
   */
  public void encode(long[] symbols, int count, long @Nullable [] column, ByteWriter out) {
    if (count == 0) {
      return;
    }
    long[] coded =
        switch (distribution.reference()) {
          case Distribution.NO_REFERENCE -> symbols;
          case Distribution.PREVIOUS ->
              Differences.toPrevious(Arrays.copyOf(symbols, count), new int[] {0});
          default -> Differences.toColumn(symbols, Objects.requireNonNull(column), count);
        };
    char[] leaves = new char[count];
    index.leavesOf(coded, count, leaves);
    if (distribution.leaves() > 1) {
      rans.encode(leaves, count, out);
    }
    RawBits.pack(distribution, coded, leaves, count, out);
  }
}
