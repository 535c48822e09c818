package org.jetfold.codec.entropy;

import java.util.List;
import java.util.function.Function;
import org.jetfold.codec.bytes.ByteReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads streams whose symbols stand for floats, straight to these floats, as long as they are few
 * enough for a table (docs/format.md section 9). Immutable and safe to share between threads.
 */
public final class FloatStreamDecoder {
  /** No more floats than these are kept: what stays in the caches. */
  private static final int MAX_VALUES = 1 << 14;

  private final TansDecoder coder;

  /** The value of each symbol of each leaf, one leaf after the other. */
  private final float[] values;

  /** For each leaf, what is added to its symbols, grid left out, to give the place of a value. */
  private final int[] toPlaces;

  private final int grid;

  private FloatStreamDecoder(TansDecoder coder, float[] values, int[] toPlaces, int grid) {
    this.coder = coder;
    this.values = values;
    this.toPlaces = toPlaces;
    this.grid = grid;
  }

  /**
   * A decoder of the streams that share a coding; null where they need another: with contexts, with
   * symbols that are differences, have raw bits behind the coder's, or are so many that a table of
   * them would not pay.
   *
   * @param restorer gives the values of symbols; null where one of them is none of a value
   */
  public static @Nullable FloatStreamDecoder of(
      StreamCoding coding, Function<long[], float @Nullable []> restorer) {
    return coding.contexts() == null ? of(coding.distributions().getFirst(), restorer) : null;
  }

  static @Nullable FloatStreamDecoder of(
      Distribution distribution, Function<long[], float @Nullable []> restorer) {
    int leaves = distribution.leaves();
    if (leaves < 2
        || distribution.hasEscape()
        || distribution.reference() != Distribution.NO_REFERENCE) {
      return null;
    }
    int highest = StateTable.mostBeside(StateTable.bits(List.of(distribution)));
    long most = Math.min(distribution.total(), MAX_VALUES);
    int[] places = new int[leaves];
    long sum = 0;
    for (int leaf = 0; leaf < leaves; leaf++) {
      places[leaf] = (int) sum;
      sum += 1L << Math.min(distribution.level(leaf), highest);
      if (sum > most || distribution.level(leaf) > highest) {
        return null;
      }
    }
    long[] symbols = new long[(int) sum];
    for (int leaf = 0; leaf < leaves; leaf++) {
      for (int offset = 0; offset < 1 << distribution.level(leaf); offset++) {
        symbols[places[leaf] + offset] = distribution.first(leaf) + offset;
      }
    }
    if (!Grid.restore(symbols, symbols.length, distribution.grid())) {
      return null;
    }
    float[] values = restorer.apply(symbols);
    if (values == null) {
      return null;
    }
    TansDecoder coder = new TansDecoder(new StreamLeaves(List.of(distribution)), places);
    int[] toPlaces = new int[leaves];
    for (int leaf = 0; leaf < leaves; leaf++) {
      // Of symbols and places alike only the lower half counts.
      toPlaces[leaf] = places[leaf] - (int) distribution.first(leaf);
    }
    return new FloatStreamDecoder(coder, values, toPlaces, distribution.grid());
  }

  /** About how many bytes of memory it takes. */
  public long bytes() {
    return coder.bytes()
        + (long) values.length * Float.BYTES
        + (long) toPlaces.length * Integer.BYTES;
  }

  /**
   * The values of symbols that were just written.
   *
   * @param from the index of the first symbol
   * @param buffers what they were written with, just before
   * @param into receives {@code count} values
   */
  public void restore(long[] symbols, int from, int count, StreamBuffers buffers, float[] into) {
    char[] leaves = buffers.leaves(count);
    for (int i = 0; i < count; i++) {
      into[i] = values[toPlaces[leaves[i]] + (int) (symbols[from + i] >> grid)];
    }
  }

  /**
   * Reads a stream, which fills the reader.
   *
   * @param into receives {@code count} values
   * @throws org.jetfold.codec.bytes.MalformedBytesException where the bytes are not such a stream
   */
  public void decode(ByteReader in, float[] into, int count, StreamBuffers buffers) {
    if (count > 0) {
      int[] places = buffers.numbers(count);
      coder.decode(in, buffers.zeros(count), places, count);
      for (int i = 0; i < count; i++) {
        into[i] = values[places[i]];
      }
    }
    in.expectEnd("a stream");
  }
}
