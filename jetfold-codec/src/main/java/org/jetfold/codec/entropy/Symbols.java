package org.jetfold.codec.entropy;

import java.util.Arrays;

/**
 * The symbols of a stream: as ints where all are, as nearly all of FLOAT32 columns are, which takes
 * half the memory and puts twice as many in a vector; else as longs. What they hold is not to be
 * changed.
 */
public sealed interface Symbols {
  /** As ints, perhaps in an array that is longer. */
  record Ints(int[] each) implements Symbols {}

  /** As longs, perhaps in an array that is longer. */
  record Longs(long[] each) implements Symbols {}

  /** The first {@code count} symbols as longs, or more: the array itself or a new one. */
  default long[] asLongs(int count) {
    return switch (this) {
      case Longs(long[] longs) -> longs;
      case Ints(int[] ints) -> {
        long[] wide = new long[count];
        IntSymbols.widen(ints, count, wide);
        yield wide;
      }
    };
  }

  /** {@code count} symbols from index {@code from} on, in a new array. */
  default Symbols part(int from, int count) {
    return switch (this) {
      case Longs(long[] longs) -> new Longs(Arrays.copyOfRange(longs, from, from + count));
      case Ints(int[] ints) -> new Ints(Arrays.copyOfRange(ints, from, from + count));
    };
  }

  /** Whether {@code count} symbols from index {@code from} on are those that others begin with. */
  default boolean areFrom(int from, Symbols others, int count) {
    if (this instanceof Ints(int[] own) && others instanceof Ints(int[] other)) {
      return Arrays.equals(own, from, from + count, other, 0, count);
    }
    if (this instanceof Longs(long[] own) && others instanceof Ints(int[] other)) {
      long differences = 0;
      for (int i = 0; i < count; i++) {
        differences |= own[from + i] ^ other[i];
      }
      return differences == 0;
    }
    long[] own = part(from, count).asLongs(count);
    return Arrays.equals(own, 0, count, others.asLongs(count), 0, count);
  }
}
