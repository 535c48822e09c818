package org.jetfold.cli.compress;

import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.quantize.ShortestFloats;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.ValueType;
import org.jetfold.root.write.FloatGrid;
import org.jetfold.root.write.NtupleField;
import org.jetfold.root.write.NtupleWriter;
import org.jetfold.tables.format.ValueGrid;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether a float32 column with an absolute bound is smaller as places on a grid, which a
 * ROOT file keeps in few bits, than as short floats: the first piece is packed both ways. All
 * pieces are looked at, because the grid must reach from the lowest value to the highest, and hold
 * no NaN and no value that keeps every bit. Not thread-safe.
 */
final class BoundGrid {
  /** The step's significant bits. */
  private static final int STEP_BITS = 9;

  /** Beyond, places times steps are no floats. */
  private static final int MAX_PLACE = 1 << 15;

  private static final int MAX_BITS = 16;
  private static final int MIN_NORMAL_EXPONENT = -100;

  private final ShortestFloats shortest;
  private final double step;
  private boolean suits;
  private boolean compared;
  private int lowest = Integer.MAX_VALUE;
  private int highest = Integer.MIN_VALUE;

  /** A column without values yet. */
  BoundGrid(Precision.Absolute precision) {
    shortest = new ShortestFloats(precision, ValueType.FLOAT32);
    step = step(precision.bound());
    suits = Math.getExponent(step) > MIN_NORMAL_EXPONENT;
  }

  /** The largest step of few bits whose half is below a bound. */
  static double step(double bound) {
    int down = STEP_BITS - 1 - Math.getExponent(2 * bound);
    double whole = Math.ceil(Math.scalb(2 * bound, down)) - 1;
    return Math.scalb(whole, -down);
  }

  /** The value of a grid that is nearest. */
  static float nearest(float value, double step) {
    // Adding 0 makes a negative zero a positive one.
    return (float) (Math.rint(value / step) * step + 0.0);
  }

  /** The values of a grid that are nearest to a column's. */
  ColumnValues placed(ColumnValues values) {
    float[] floats = ((ColumnValues.Floats) values).values();
    float[] placed = new float[floats.length];
    for (int i = 0; i < placed.length; i++) {
      placed[i] = nearest(floats[i], step);
    }
    return new ColumnValues.Floats(placed);
  }

  /** Looks at more values of the column. */
  void add(ColumnValues values) {
    if (!suits || values.size() == 0) {
      return;
    }
    float[] floats = ((ColumnValues.Floats) values).values();
    for (float value : floats) {
      // NaN and infinities are not within; a zero's sign would be lost.
      boolean within = Math.abs(value / step) < MAX_PLACE;
      if (!within || Float.floatToRawIntBits(value) == Integer.MIN_VALUE) {
        suits = false;
        return;
      }
      int place = (int) Math.rint(value / step);
      lowest = Math.min(lowest, place);
      highest = Math.max(highest, place);
    }
    suits = bits() <= MAX_BITS && !shortest.keepsSome(values);
    if (suits && !compared) {
      compared = true;
      suits = packedBytes(values) < packedAsFloats(values);
    }
  }

  private int bits() {
    return Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(highest - lowest));
  }

  private long packedBytes(ColumnValues values) {
    FloatGrid grid = new FloatGrid(step, lowest, bits());
    return NtupleWriter.packedBytes(
        new NtupleField("x", org.jetfold.root.ValueType.FLOAT32, 0, grid),
        new org.jetfold.root.ColumnValues.Floats(((ColumnValues.Floats) placed(values)).values()));
  }

  private long packedAsFloats(ColumnValues values) {
    return NtupleWriter.packedBytes(
        new NtupleField("x", org.jetfold.root.ValueType.FLOAT32, 0),
        new org.jetfold.root.ColumnValues.Floats(
            ((ColumnValues.Floats) shortest.of(values)).values()));
  }

  /** What all values that were looked at are put on; null where short floats are smaller. */
  @Nullable ValueGrid found() {
    return suits && compared ? new ValueGrid(step, lowest, bits()) : null;
  }
}
