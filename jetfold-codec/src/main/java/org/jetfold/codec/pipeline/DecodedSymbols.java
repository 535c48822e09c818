package org.jetfold.codec.pipeline;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jetfold.codec.entropy.IntSymbols;
import org.jspecify.annotations.Nullable;

/**
 * The symbols of a block's columns, as far as they are decoded: as ints where a decoder gave ints,
 * else as longs. For one thread.
 */
public final class DecodedSymbols {
  private final DecodingBuffers buffers;
  private final Listener listener;
  private final Map<Integer, Ints> ints = new HashMap<>();
  private final Map<Integer, long[]> longs = new HashMap<>();

  /** Symbols as ints, in an array that may be longer. */
  private record Ints(int[] symbols, int count) {}

  /** Is told of columns while their symbols are in the caches. */
  interface Listener {
    /** A column is decoded, with its symbols among these. */
    void decoded(int column, DecodedSymbols symbols) throws IOException;
  }

  /**
   * Of no columns yet.
   *
   * @param buffers gives the arrays of ints, and has them back in the end
   * @param listener is told of columns that static distributions decode
   */
  DecodedSymbols(DecodingBuffers buffers, Listener listener) {
    this.buffers = buffers;
    this.listener = listener;
  }

  /** Tells the listener. */
  void announce(int column) throws IOException {
    listener.decoded(column, this);
  }

  /** Whether a column is decoded. */
  boolean has(int column) {
    return ints.containsKey(column) || longs.containsKey(column);
  }

  /** Takes in the symbols of a column. */
  public void put(int column, long[] symbols) {
    longs.put(column, symbols);
  }

  /** Takes in the symbols of a column, in an array of the buffers. */
  void put(int column, int[] symbols, int count) {
    ints.put(column, new Ints(symbols, count));
  }

  /** The symbols of a column that was decoded to ints, or more; null where it was not. */
  int @Nullable [] decodedInts(int column) {
    Ints decoded = ints.get(column);
    return decoded == null ? null : decoded.symbols;
  }

  /** The symbols of a decoded column, or more; null where one is no int. */
  int @Nullable [] ints(int column) {
    int[] decoded = decodedInts(column);
    if (decoded != null) {
      return decoded;
    }
    long[] symbols = longs(column);
    return IntSymbols.narrowed(symbols, symbols.length);
  }

  /** The symbols of a decoded column. */
  public long[] longs(int column) {
    long[] symbols = longs.get(column);
    if (symbols == null) {
      Ints decoded = Objects.requireNonNull(ints.get(column));
      symbols = new long[decoded.count];
      IntSymbols.widen(decoded.symbols, decoded.count, symbols);
      longs.put(column, symbols);
    }
    return symbols;
  }

  /** Forgets the symbols of a column, which nothing needs any more. */
  void drop(int column) {
    longs.remove(column);
    Ints decoded = ints.remove(column);
    if (decoded != null) {
      buffers.giveBack(decoded.symbols);
    }
  }

  /** Forgets all. */
  void dropAll() {
    longs.clear();
    ints.values().forEach(decoded -> buffers.giveBack(decoded.symbols));
    ints.clear();
  }
}
