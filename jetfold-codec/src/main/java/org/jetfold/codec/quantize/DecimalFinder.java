package org.jetfold.codec.quantize;

import java.util.OptionalInt;
import org.jetfold.codec.table.ColumnValues;

/**
 * Finds how many decimal digits the values of an {@code exact} float column have, as numbers from
 * text or from a database do. Looks at 4,096 values, evenly spaced; what is found is a guess that
 * costs nothing but bytes where it is wrong. Immutable; safe for use by many threads.
 */
public final class DecimalFinder {
  private static final int LOOKED_AT = 1 << 12;

  /** The share of values that must be decimals. */
  private static final double MOST = 0.9;

  /** What a further digit costs a value, roughly, if all digits are as likely. */
  private static final double BITS_OF_DIGIT = 3.3;

  private static final int BITS_OF_OTHER_FLOAT32 = 24;
  private static final int BITS_OF_OTHER_FLOAT64 = 50;

  private DecimalFinder() {}

  /** The digits that most of a segment's values have; empty where they are no decimals. */
  public static OptionalInt digits(ColumnValues values) {
    return switch (values) {
      case ColumnValues.Floats floats -> digits(floats, FloatLayout.FLOAT32, BITS_OF_OTHER_FLOAT32);
      case ColumnValues.Doubles doubles ->
          digits(doubles, FloatLayout.FLOAT64, BITS_OF_OTHER_FLOAT64);
      case ColumnValues.Integers unused -> OptionalInt.empty();
    };
  }

  private static OptionalInt digits(ColumnValues values, FloatLayout layout, int bitsOfOther) {
    int stride = Math.max(1, (values.size() + LOOKED_AT - 1) / LOOKED_AT);
    long[] sample = Ordinals.everyOf(values, stride);
    int most = layout == FloatLayout.FLOAT32 ? 8 : 15;
    int best = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int digits = 0; digits <= most; digits++) {
      int decimals = decimals(sample, layout, new DecimalSymbols(layout, digits));
      double bits =
          decimals * digits * BITS_OF_DIGIT + (double) (sample.length - decimals) * bitsOfOther;
      if (decimals >= MOST * sample.length && bits < least) {
        least = bits;
        best = digits;
      }
      if (decimals == sample.length) {
        // More digits only cost more.
        break;
      }
    }
    return best >= 0 && sample.length > 0 && allHaveSymbols(values, layout, best)
        ? OptionalInt.of(best)
        : OptionalInt.empty();
  }

  /** How many of a sample are decimals; 0 as soon as it is clear that they are too few. */
  private static int decimals(long[] sample, FloatLayout layout, DecimalSymbols symbols) {
    int decimals = 0;
    for (int i = 0; i < sample.length; i++) {
      // NaNs and infinities cost the same whatever the rest is.
      boolean isSpecial = Ordinals.magnitude(sample[i]) >= layout.infinity();
      if (isSpecial || symbols.isDecimal(sample[i])) {
        decimals++;
      } else if (decimals + sample.length - i - 1 < MOST * sample.length) {
        return 0;
      }
    }
    return decimals;
  }

  private static boolean allHaveSymbols(ColumnValues values, FloatLayout layout, int digits) {
    DecimalSymbols symbols = new DecimalSymbols(layout, digits);
    long[] ordinals = new long[Math.min(values.size(), Workspace.CHUNK)];
    for (int start = 0; start < values.size(); start += Workspace.CHUNK) {
      int length = Math.min(Workspace.CHUNK, values.size() - start);
      Ordinals.copy(values, start, length, ordinals);
      for (int i = 0; i < length; i++) {
        if (!symbols.has(ordinals[i])) {
          return false;
        }
      }
    }
    return true;
  }
}
