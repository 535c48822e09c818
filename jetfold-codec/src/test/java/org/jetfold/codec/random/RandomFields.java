package org.jetfold.codec.random;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.jetfold.codec.reference.HeaderFields;
import org.jetfold.codec.reference.SegmentValues;

/** What T frames say of float columns: spikes as measurements have them, and others anywhere. */
final class RandomFields {
  private static final double[] USUAL = {-999, -1, -0.0, 0, 1, 0.5, -99, 1e-30, 1e30};

  private RandomFields() {}

  static SegmentValues.Fields next(SplittableRandom random, HeaderFields.Column column) {
    if (column.mayHaveDecimals()) {
      int digits = random.nextBoolean() ? -1 : random.nextInt(23);
      return new SegmentValues.Fields(List.of(), false, 0, 0, digits);
    }
    boolean isFloat32 = column.type() == 10;
    long infinity = isFloat32 ? 0x7F80_0000L : 0x7FF0_0000_0000_0000L;
    TreeSet<Long> spikes = new TreeSet<>();
    for (int i = random.nextInt(3) == 0 ? random.nextInt(20) : 0; i > 0; i--) {
      double usual = USUAL[random.nextInt(USUAL.length)];
      long ordinal =
          switch (random.nextInt(4)) {
            case 0 -> random.nextLong(-infinity, infinity);
            case 1 -> spikes.isEmpty() ? infinity - 1 : spikes.first() + random.nextInt(1, 4);
            default -> ordinal(usual, isFloat32);
          };
      spikes.add(Math.clamp(ordinal, -infinity, infinity - 1));
    }
    if (column.isDitheredAbsolute()) {
      // These are spikes without being listed.
      spikes.removeAll(List.of(-1L, 0L));
    }
    boolean dithered = column.isDithered() && random.nextInt(4) != 0;
    long lowest = 0;
    long highest = 0;
    if (dithered) {
      boolean narrow = random.nextBoolean();
      lowest = narrow ? ordinal(random.nextGaussian(), isFloat32) : -infinity;
      highest = narrow ? random.nextLong(lowest, infinity) : infinity - 1;
    }
    return new SegmentValues.Fields(new ArrayList<>(spikes), dithered, lowest, highest);
  }

  private static long ordinal(double value, boolean isFloat32) {
    if (isFloat32) {
      int bits = Float.floatToRawIntBits((float) value);
      return bits < 0 ? -1 - (bits & Integer.MAX_VALUE) : bits;
    }
    long bits = Double.doubleToRawLongBits(value);
    return bits < 0 ? -1 - (bits & Long.MAX_VALUE) : bits;
  }
}
