package org.jetfold.codec.entropy;

import java.util.Arrays;
import java.util.Objects;
import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.MalformedBytesException;
import org.jspecify.annotations.Nullable;

/**
 * Reads streams of symbols with a distribution (docs/format.md section 9). Immutable and safe to
 * share between threads.
 */
public final class StreamDecoder {
  private final Distribution distribution;
  private final @Nullable TansDecoder coder;
  private final BitsBehind bitsBehind;

  /** A decoder for the streams that share a distribution. */
  public StreamDecoder(Distribution distribution) {
    this.distribution = distribution;
    this.coder =
        distribution.leaves() > 1
            ? new TansDecoder(new StateTable(distribution), distribution)
            : null;
    this.bitsBehind = new BitsBehind(new StreamLeaves(java.util.List.of(distribution)));
  }

  /**
   * Reads a stream, which fills the reader.
   *
   * @param column the symbols of the column that the distribution refers to; null where it refers
   *     to none
   * @throws MalformedBytesException where the bytes are not such a stream
   */
  public void decode(
      ByteReader in, long[] symbols, int count, long @Nullable [] column, StreamBuffers buffers) {
    if (count == 0) {
      in.expectEnd("a stream without symbols");
      return;
    }
    if (distribution.leaves() == 0) {
      throw in.malformed("a stream has symbols, but its distribution has none");
    }
    char[] leaves = buffers.leaves(count);
    if (coder != null) {
      coder.decode(in, leaves, symbols, count);
    } else {
      Arrays.fill(leaves, 0, count, (char) 0);
      Arrays.fill(symbols, 0, count, distribution.first(0));
    }
    bitsBehind.add(in, leaves, symbols, count, buffers);
    switch (distribution.reference()) {
      case Distribution.NO_REFERENCE -> {}
      case Distribution.PREVIOUS -> Differences.undoPrevious(symbols, count);
      default ->
          Differences.undoColumn(
              symbols,
              Grid.without(Objects.requireNonNull(column), count, distribution.grid()),
              count);
    }
    if (!Grid.restore(symbols, count, distribution.grid())) {
      throw in.malformed(
          "a symbol with the %d low bits of its grid is beyond 64 bits"
              .formatted(distribution.grid()));
    }
  }
}
