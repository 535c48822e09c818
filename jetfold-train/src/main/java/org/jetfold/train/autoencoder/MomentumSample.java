package org.jetfold.train.autoencoder;

import java.util.Arrays;
import org.jetfold.codec.autoencoder.EnergyUnit;
import org.jetfold.codec.table.ColumnValues;
import org.jspecify.annotations.Nullable;

/**
 * The first transverse momenta of a table, whose median tells the unit of its energies. Not
 * thread-safe.
 */
public final class MomentumSample {
  /** So many are enough for a median. */
  private static final int ENOUGH = 4096;

  /** A median pT above this is one in MeV: no jet has 2 TeV, and none is measured at 2 GeV. */
  private static final double MEV_MEDIAN = 2000;

  private final double[] momenta = new double[ENOUGH];
  private int count;

  /** A sample of nothing yet. */
  public MomentumSample() {}

  /** Whether a column is one of transverse momenta, by its name. */
  public static boolean isMomentum(String column) {
    return EnergyNames.isMomentum(column);
  }

  /**
   * Adds values, as long as there are not enough; what is no momentum, as 0 or NaN, does not count.
   */
  public void add(ColumnValues values) {
    for (int row = 0; row < values.size() && count < ENOUGH; row++) {
      double momentum =
          switch (values) {
            case ColumnValues.Floats(float[] floats) -> floats[row];
            case ColumnValues.Doubles(double[] doubles) -> doubles[row];
            case ColumnValues.Integers(long[] integers) -> integers[row];
          };
      if (momentum > 0 && momentum < Double.POSITIVE_INFINITY) {
        momenta[count++] = momentum;
      }
    }
  }

  /** Whether more would be for nothing. */
  public boolean isEnough() {
    return count == ENOUGH;
  }

  /** The unit that they seem to be in; null where there are none. */
  public @Nullable EnergyUnit unit() {
    return count == 0 ? null : median() > MEV_MEDIAN ? EnergyUnit.MEV : EnergyUnit.GEV;
  }

  /** Their median; NaN where there are none. */
  double median() {
    double[] sorted = Arrays.copyOf(momenta, count);
    Arrays.sort(sorted);
    return count == 0 ? Double.NaN : sorted[count / 2];
  }
}
