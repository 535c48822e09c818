package org.jetfold.codec.entropy;

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
  private final RansDecoder rans;

  /** A decoder for the streams that share a distribution. */
  public StreamDecoder(Distribution distribution) {
    this.distribution = distribution;
    this.rans = new RansDecoder(distribution);
  }

  /**
   * Reads a stream, which fills the reader.
   *
   * @param column the symbols of the column that the distribution refers to; null where it refers
   *     to none
   * @throws MalformedBytesException where the bytes are not such a stream
   */
  public void decode(ByteReader in, long[] symbols, int count, long @Nullable [] column) {
    if (count == 0) {
      in.expectEnd("a stream without symbols");
      return;
    }
    if (distribution.leaves() == 0) {
      throw in.malformed("a stream has symbols, but its distribution has none");
    }
    char[] leaves = new char[count];
    if (distribution.leaves() > 1) {
      rans.decode(in, leaves, count);
    }
    RawBits.unpack(distribution, in, leaves, symbols, count);
    switch (distribution.reference()) {
      case Distribution.NO_REFERENCE -> {}
      case Distribution.PREVIOUS -> Differences.undoPrevious(symbols, count);
      default -> Differences.undoColumn(symbols, Objects.requireNonNull(column), count);
    }
  }
}
