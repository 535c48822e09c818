package org.jetfold.codec.random;

import java.math.BigDecimal;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
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

  private static final List<BigDecimal> STEPS =
      Stream.of("0.01", "0.5", "1", "0.003", "1e-15", "40", "1e15").map(BigDecimal::new).toList();

  private RandomPrecisions() {}

  static Precision next(SplittableRandom random, Column column) {
    if (!column.mayLoseBits()) {
      return new Precision.Exact();
    }
    return switch (random.nextInt(7)) {
      case 0 -> new Precision.Exact();
      case 1 ->
          new Precision.Bits(1 + random.nextInt(column.type() == ValueType.FLOAT32 ? 23 : 52));
      case 2 -> new Precision.Relative(RELATIVE[random.nextInt(RELATIVE.length)]);
      case 3 -> new Precision.Absolute(ABSOLUTE[random.nextInt(ABSOLUTE.length)]);
      case 4 -> new Precision.Step(STEPS.get(random.nextInt(STEPS.size())));
      case 5 ->
          new Precision.Dithered(
              new Precision.Relative(DITHERED_RELATIVE[random.nextInt(DITHERED_RELATIVE.length)]));
      default ->
          new Precision.Dithered(new Precision.Absolute(ABSOLUTE[random.nextInt(ABSOLUTE.length)]));
    };
  }
}
