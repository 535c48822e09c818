package org.jetfold.codec.entropy;

import java.util.List;
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
  private final LeafDecoder decoder;

  /** A decoder for the streams that share a distribution. */
  public StreamDecoder(Distribution distribution) {
    this.distribution = distribution;
    decoder = new LeafDecoder(new StreamLeaves(List.of(distribution)));
  }

  /** About how many bytes of memory it takes. */
  public long bytes() {
    return decoder.bytes();
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
    decoder.decode(in, buffers.zeros(count), symbols, count, buffers);
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

  /**
   * As {@link #decode}, to ints.
   *
   * @return false where symbols may be no ints; they then hold nothing of use, and nothing is read
   * @throws MalformedBytesException where the bytes are not such a stream
   */
  public boolean decodeInts(
      ByteReader in, int[] symbols, int count, int @Nullable [] column, StreamBuffers buffers) {
    if (!decoder.givesInts() || count == 0) {
      return false;
    }
    ByteReader stream = new ByteReader(in.array(), in.position(), in.remaining(), in.offset());
    decoder.decodeInts(stream, buffers.zeros(count), symbols, count);
    if (!addReference(symbols, count, column)
        || !IntSymbols.restoreGrid(symbols, count, distribution.grid())) {
      return false;
    }
    in.skip(in.remaining());
    return true;
  }

  private boolean addReference(int[] symbols, int count, int @Nullable [] column) {
    return switch (distribution.reference()) {
      case Distribution.NO_REFERENCE -> true;
      case Distribution.PREVIOUS -> IntSymbols.addPrevious(symbols, count);
      default ->
          column != null && IntSymbols.addColumn(symbols, column, count, distribution.grid());
    };
  }
}
