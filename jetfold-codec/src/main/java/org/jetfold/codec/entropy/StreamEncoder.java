package org.jetfold.codec.entropy;

import java.util.List;
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
  private final LeafEncoder encoder;

  /** An encoder for the streams that share a distribution. */
  public StreamEncoder(Distribution distribution) {
    this.distribution = distribution;
    this.index = new LeafIndex(distribution);
    this.encoder = new LeafEncoder(new StreamLeaves(List.of(distribution)));
  }

  /**
   * Writes a stream: {@code count} symbols from index {@code from} on.
   *
   * @param column the symbols, at the same places, of the column that the distribution refers to;
   *     null where it refers to none
   * @throws IllegalArgumentException where the distribution has no leaf for a symbol
   */
  public void encode(
      long[] symbols,
      int from,
      int count,
      long @Nullable [] column,
      ByteWriter out,
      StreamBuffers buffers) {
    if (count == 0) {
      return;
    }
    int grid = distribution.grid();
    if (grid == 0) {
      encodeKept(symbols, from, count, column, out, buffers);
    } else {
      encodeKept(
          Grid.without(symbols, from, count, grid),
          0,
          count,
          column == null ? null : Grid.without(column, from, count, grid),
          out,
          buffers);
    }
  }

  private void encodeKept(
      long[] symbols,
      int from,
      int count,
      long @Nullable [] column,
      ByteWriter out,
      StreamBuffers buffers) {
    if (distribution.reference() == Distribution.NO_REFERENCE) {
      encodeThese(symbols, from, count, out, buffers);
      return;
    }
    long[] differences = buffers.differences(count);
    if (distribution.reference() == Distribution.PREVIOUS) {
      Differences.toPrevious(symbols, from, count, differences, 0);
    } else {
      Differences.toColumn(symbols, Objects.requireNonNull(column), from, count, differences);
    }
    encodeThese(differences, 0, count, out, buffers);
  }

  private void encodeThese(
      long[] coded, int from, int count, ByteWriter out, StreamBuffers buffers) {
    char[] leaves = buffers.leaves(count);
    index.leavesOf(coded, from, count, leaves);
    encoder.encode(coded, from, leaves, count, out, buffers);
  }
}
