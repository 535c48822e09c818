package org.jetfold.codec.entropy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is known of each row before a column is decoded, and what it says of the column's symbol
 * (docs/format.md section 9.1): what the symbol is told relative to, and its context, which chooses
 * among several distributions. Immutable.
 *
 * @param reference what differences are told to
 * @param source what tells contexts apart
 * @param limits between contexts, above 0 and in increasing order; none where the source is nothing
 */
public record Contexts(Reference reference, Source source, List<Long> limits) {
  /** The most contexts of a stream. */
  public static final int MOST = 8;

  /** The most limits between contexts. */
  static final int MAX_LIMITS = MOST - 1;

  /** What differences are told to. */
  public sealed interface Reference {
    /** Symbols are coded themselves. */
    record None() implements Reference {}

    /** The symbol of the row before in the same list; the first row's is coded itself. */
    record RowBefore() implements Reference {}

    /**
     * The symbol of another column in the same row.
     *
     * @param column its number
     */
    record OtherColumn(int column) implements Reference {}
  }

  /** What tells contexts apart. */
  public sealed interface Source {
    /** There is but one. */
    record Nothing() implements Source {}

    /** The row's place in its list. */
    record Place() implements Source {}

    /**
     * The size of another column's value in the same row.
     *
     * @param column its number
     */
    record OtherColumn(int column) implements Source {}
  }

  /** Copies the list. */
  public Contexts {
    limits = List.copyOf(limits);
  }

  /** What is known of some rows. */
  public interface KnownRows {
    /** How many there are. */
    int count();

    /** The place of each in its list. */
    int[] places();

    /** The symbols of a column. */
    long[] symbols(int column);

    /** The symbols of a column as those of the stream's column are told relative to them. */
    long[] told(int column);

    /** As {@link #symbols}; null where one is no int. */
    default int @Nullable [] symbolsAsInts(int column) {
      return IntSymbols.narrowed(symbols(column), count());
    }

    /** As {@link #told}; null where one is no int. */
    default int @Nullable [] toldAsInts(int column) {
      return IntSymbols.narrowed(told(column), count());
    }
  }

  /** The number of contexts. */
  public int number() {
    return limits.size() + 1 + (reference instanceof Reference.RowBefore ? 1 : 0);
  }

  /** The columns that must be decoded before. */
  public List<Integer> columns() {
    Stream<Integer> referred =
        reference instanceof Reference.OtherColumn(int column) ? Stream.of(column) : Stream.of();
    Stream<Integer> asked =
        source instanceof Source.OtherColumn(int column) ? Stream.of(column) : Stream.of();
    return Stream.concat(referred, asked).distinct().toList();
  }

  /** Whether rows must be entries of lists. */
  public boolean needsLists() {
    return reference instanceof Reference.RowBefore || source instanceof Source.Place;
  }

  /** The context of each row, in the first {@code rows.count()} elements. */
  void fill(KnownRows rows, byte[] contexts) {
    int count = rows.count();
    long[] limit = new long[MAX_LIMITS];
    Arrays.fill(limit, Long.MAX_VALUE);
    for (int k = 0; k < limits.size(); k++) {
      limit[k] = limits.get(k) - 1;
    }
    switch (source) {
      case Source.Nothing() -> Arrays.fill(contexts, 0, count, (byte) 0);
      case Source.Place() -> {
        int[] places = rows.places();
        for (int i = 0; i < count; i++) {
          contexts[i] = (byte) above(places[i], limit);
        }
      }
      case Source.OtherColumn(int column) -> {
        long[] symbols = rows.symbols(column);
        for (int i = 0; i < count; i++) {
          contexts[i] = (byte) above(size(symbols[i]), limit);
        }
      }
    }
    if (reference instanceof Reference.RowBefore) {
      int[] places = rows.places();
      for (int i = 0; i < count; i++) {
        contexts[i] = (byte) (places[i] == 0 ? 0 : contexts[i] + 1);
      }
    }
  }

  /** The size of the value that a symbol stands for. */
  static long size(long symbol) {
    return symbol ^ (symbol >> 63);
  }

  /** How many of the limits, each less 1, are below a number: without a branch on chance. */
  private static long above(long number, long[] limit) {
    return ((limit[0] - number) >>> 63)
        + ((limit[1] - number) >>> 63)
        + ((limit[2] - number) >>> 63)
        + ((limit[3] - number) >>> 63)
        + ((limit[4] - number) >>> 63)
        + ((limit[5] - number) >>> 63)
        + ((limit[6] - number) >>> 63);
  }
}
