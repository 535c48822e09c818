package org.jetfold.codec.random;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.ValueType;

/** Values of one column, in one of the manners that real and unreal data have. */
final class RandomColumns {
  private static final double[] SPECIAL = {
    0.0,
    -0.0,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    Double.MIN_VALUE,
    -Double.MIN_VALUE,
    Double.MIN_NORMAL,
    1,
    -1,
    0.5,
    Float.MAX_VALUE,
    Float.MIN_VALUE,
    -Float.MIN_NORMAL,
    Math.nextDown(2.0),
    0x1p-1030,
    1e-45,
    65504
  };

  /** What stands where nothing was measured, or where a classifier is sure. */
  private static final double[] SENTINELS = {-999, -1, 0, -0.0, 1, -99, 0.1, -0.1};

  private final SplittableRandom random;

  RandomColumns(SplittableRandom random) {
    this.random = random;
  }

  /**
   * Values of a column; {@code near} is one of the same type and length to be nearly copied, or
   * null.
   */
  ColumnValues next(Column column, int count, ColumnValues near) {
    return switch (column.type()) {
      case FLOAT32 -> new ColumnValues.Floats(floats(column, count, near));
      case FLOAT64 -> new ColumnValues.Doubles(doubles(column, count, near));
      default -> new ColumnValues.Integers(integers(column.type(), count, near));
    };
  }

  private float[] floats(Column column, int count, ColumnValues near) {
    float[] values = new float[count];
    if (near instanceof ColumnValues.Floats(float[] other) && random.nextBoolean()) {
      for (int i = 0; i < count; i++) {
        values[i] = Float.intBitsToFloat(Float.floatToRawIntBits(other[i]) + random.nextInt(3));
      }
      return values;
    }
    double[] doubles = doubles(column, count, null);
    int mode = random.nextInt(8);
    for (int i = 0; i < count; i++) {
      values[i] =
          mode == 0 || (mode == 1 && random.nextInt(20) == 0)
              ? Float.intBitsToFloat(random.nextInt())
              : (float) doubles[i];
    }
    return values;
  }

  private double[] doubles(Column column, int count, ColumnValues near) {
    double[] values = new double[count];
    if (near instanceof ColumnValues.Doubles(double[] other) && random.nextBoolean()) {
      for (int i = 0; i < count; i++) {
        values[i] =
            Double.longBitsToDouble(Double.doubleToRawLongBits(other[i]) + random.nextInt(3));
      }
      return values;
    }
    int mode = column.integral() ? 3 : random.nextInt(11);
    double scale = Math.scalb(1.0, random.nextInt(-140, 120));
    for (int i = 0; i < count; i++) {
      values[i] =
          switch (mode) {
            case 0 -> Double.longBitsToDouble(random.nextLong());
            case 1 -> SPECIAL[random.nextInt(SPECIAL.length)];
            case 2 -> scale;
            case 3 -> random.nextInt(12);
            case 4 -> random.nextInt(4) == 0 ? -99 : normal();
            case 5 -> Math.exp(2 * normal());
            case 6 -> scale * normal();
            case 7 -> i + 0.25 * random.nextDouble();
            case 8 -> random.nextInt(3) == 0 ? SENTINELS[random.nextInt(3)] : random.nextDouble();
            case 9 -> random.nextInt(2) == 0 ? sentinel() : Math.exp(normal() - 1);
            default ->
                random.nextDouble() < 0.02 ? SPECIAL[random.nextInt(SPECIAL.length)] : normal();
          };
    }
    if (random.nextInt(10) == 0) {
      Arrays.sort(values);
    }
    return values;
  }

  /** Mostly one of the sentinels, or a value beside it. */
  private double sentinel() {
    double sentinel = SENTINELS[random.nextInt(SENTINELS.length)];
    return random.nextInt(20) == 0 ? Math.nextUp((float) sentinel) : sentinel;
  }

  private double normal() {
    return random.nextGaussian();
  }

  private long[] integers(ValueType type, int count, ColumnValues near) {
    long[] values = new long[count];
    if (near instanceof ColumnValues.Integers(long[] other) && random.nextBoolean()) {
      for (int i = 0; i < count; i++) {
        values[i] = Math.clamp(other[i] + random.nextInt(2), type.minimum(), type.maximum());
      }
      return values;
    }
    int mode = random.nextInt(5);
    long middle = anyOf(type);
    long at = type.minimum() / 2;
    for (int i = 0; i < count; i++) {
      at = at < type.maximum() - 3 ? at + random.nextInt(3) : at;
      values[i] =
          switch (mode) {
            case 0 -> anyOf(type);
            case 1 -> middle;
            case 2 -> at;
            case 3 -> random.nextBoolean() ? type.minimum() : type.maximum();
            default -> Math.clamp((long) (10 * normal()), type.minimum(), type.maximum());
          };
    }
    return values;
  }

  private long anyOf(ValueType type) {
    return switch (type) {
      case INT64, UINT64 -> random.nextLong();
      default -> random.nextLong(type.minimum(), type.maximum() + 1);
    };
  }
}
