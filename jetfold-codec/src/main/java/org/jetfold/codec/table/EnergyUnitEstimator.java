package org.jetfold.codec.table;

import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Estimates the unit of a table's energies from the first transverse momenta of its jets: a median
 * pT above 2000 is one in MeV, because no sample of jets has a median of 2 TeV, and jets of 2 GeV
 * are not measured. Not thread-safe.
 */
public final class EnergyUnitEstimator {
  private static final int MAX_MOMENTA = 4096;

  private static final double MIN_MEV_MEDIAN = 2000;

  /** {@code pt}, {@code Jet_pt}, {@code jetpt}, {@code leadingPt}, {@code jet1pT}; not script. */
  private static final Pattern MOMENTUM =
      Pattern.compile("(?i:(?:.*[._:])?pt)|.*(?:(?i:jet)[0-9]*(?i:pt)|[a-z0-9](?:Pt|PT|pT))");

  /** A jet's leading cluster has a transverse momentum of its own. */
  private static final Pattern CLUSTER = Pattern.compile("(?i:(?:.*[._:])?LeadingClusterPt)");

  private final double[] momenta = new double[MAX_MOMENTA];
  private int count;

  /** An estimator that has seen nothing. */
  public EnergyUnitEstimator() {}

  /** Whether a column with this name holds transverse momenta of jets. */
  public static boolean isMomentum(String column) {
    return MOMENTUM.matcher(column).matches() && !CLUSTER.matcher(column).matches();
  }

  /**
   * Adds transverse momenta, until there are enough. Values that are not positive numbers are left
   * out.
   */
  public void add(ColumnValues values) {
    for (int row = 0; row < values.size() && !isComplete(); row++) {
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

  /** Whether there are enough momenta: more do not change the estimate. */
  public boolean isComplete() {
    return count == MAX_MOMENTA;
  }

  /** The unit that the momenta suggest; null where there are none. */
  public @Nullable EnergyUnit unit() {
    return count == 0 ? null : median() > MIN_MEV_MEDIAN ? EnergyUnit.MEV : EnergyUnit.GEV;
  }

  /** The median of the momenta; NaN where there are none. */
  public double median() {
    double[] sorted = Arrays.copyOf(momenta, count);
    Arrays.sort(sorted);
    return count == 0 ? Double.NaN : sorted[count / 2];
  }
}
