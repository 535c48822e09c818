package org.jetfold.codec.random;

import java.util.SplittableRandom;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ValueType;

/** Settings, from the coarsest to the finest. */
final class RandomPrecisions {
  private static final double[] RELATIVE = {
    0.1, 0.004, 0x1p-8, 0x1p-11, 1e-3, 1e-6, 1e-9, 0.999, 1e-40
  };
  private static final double[] DITHERED_RELATIVE = {0.01, 0.25, 0.003, 0x1p-11, 1e-4};
  private static final double[] ABSOLUTE = {
    1e-30, 1e-3, 0.5, 10, 1e30, 0x1p-149, 1e-50, 1e300, 0x1p-1022
  };

  private RandomPrecisions() {}

  static Precision next(SplittableRandom random, Column column) {
    if (!column.mayLoseBits()) {
      return new Precision.Exact();
    }
    return switch (random.nextInt(6)) {
      case 0 -> new Precision.Exact();
      case 1 ->
          new Precision.Bits(1 + random.nextInt(column.type() == ValueType.FLOAT32 ? 23 : 52));
      case 2 -> new Precision.Relative(RELATIVE[random.nextInt(RELATIVE.length)]);
      case 3 -> new Precision.Absolute(ABSOLUTE[random.nextInt(ABSOLUTE.length)]);
      case 4 ->
          new Precision.Dithered(
              new Precision.Relative(DITHERED_RELATIVE[random.nextInt(DITHERED_RELATIVE.length)]));
      default ->
          new Precision.Dithered(new Precision.Absolute(ABSOLUTE[random.nextInt(ABSOLUTE.length)]));
    };
  }
}
