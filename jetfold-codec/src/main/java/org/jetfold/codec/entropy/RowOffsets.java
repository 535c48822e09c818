package org.jetfold.codec.entropy;

import java.util.Arrays;
import org.jetfold.codec.entropy.Contexts.KnownRows;
import org.jetfold.codec.entropy.Contexts.Reference;
import org.jetfold.codec.entropy.Contexts.Source;

/**
 * The contexts of rows (docs/format.md section 9.1) as a decoder takes them: shifted up. Loops are
 * so simple that they are turned into vector code.
 */
final class RowOffsets {
  private RowOffsets() {}

  /**
   * Finds the contexts of {@code rows.count()} rows.
   *
   * @param shift how far they are shifted up
   * @param offsets receives them
   */
  static void fill(Contexts contexts, KnownRows rows, int shift, int[] offsets) {
    int count = rows.count();
    switch (contexts.source()) {
      case Source.Nothing() -> Arrays.fill(offsets, 0, count, 0);
      case Source.Place() -> compare(rows.places(), contexts, shift, offsets, count);
      case Source.OtherColumn(int column) -> {
        int[] symbols = rows.symbolsAsInts(column);
        if (symbols == null) {
          fillFromBytes(contexts, rows, shift, offsets);
          return;
        }
        compare(symbols, contexts, shift, offsets, count);
      }
    }
    if (contexts.reference() instanceof Reference.RowBefore) {
      int[] places = rows.places();
      int one = 1 << shift;
      for (int i = 0; i < count; i++) {
        // 0 for the first of a list.
        offsets[i] = (offsets[i] + one) & (-places[i] >> 31);
      }
    }
  }

  /** The contexts of rows themselves. */
  static byte[] contexts(Contexts contexts, KnownRows rows) {
    int[] unshifted = new int[rows.count()];
    fill(contexts, rows, 0, unshifted);
    byte[] narrow = new byte[unshifted.length];
    for (int i = 0; i < narrow.length; i++) {
      narrow[i] = (byte) unshifted[i];
    }
    return narrow;
  }

  private static void fillFromBytes(Contexts contexts, KnownRows rows, int shift, int[] offsets) {
    byte[] ofRows = new byte[rows.count()];
    contexts.fill(rows, ofRows);
    for (int i = 0; i < ofRows.length; i++) {
      offsets[i] = ofRows[i] << shift;
    }
  }

  /** How many limits are not above the size of each symbol. */
  private static void compare(
      int[] symbols, Contexts contexts, int shift, int[] offsets, int count) {
    int[] limit = new int[Contexts.MAX_LIMITS];
    Arrays.fill(limit, Integer.MAX_VALUE);
    for (int k = 0; k < contexts.limits().size(); k++) {
      // A limit beyond the ints is above all sizes, as the largest int is when one is taken off.
      limit[k] = (int) Math.min(contexts.limits().get(k) - 1, Integer.MAX_VALUE);
    }
    int limit0 = limit[0];
    int limit1 = limit[1];
    int limit2 = limit[2];
    int limit3 = limit[3];
    int limit4 = limit[4];
    int limit5 = limit[5];
    int limit6 = limit[6];
    for (int i = 0; i < count; i++) {
      int size = symbols[i] ^ (symbols[i] >> 31);
      int above =
          ((limit0 - size) >>> 31)
              + ((limit1 - size) >>> 31)
              + ((limit2 - size) >>> 31)
              + ((limit3 - size) >>> 31)
              + ((limit4 - size) >>> 31)
              + ((limit5 - size) >>> 31)
              + ((limit6 - size) >>> 31);
      offsets[i] = above << shift;
    }
  }
}
