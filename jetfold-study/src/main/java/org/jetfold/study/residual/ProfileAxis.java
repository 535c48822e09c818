package org.jetfold.study.residual;

/** The bins of a jet's pT or η in which residuals are averaged. */
public enum ProfileAxis {
  /** Two bins to each doubling, whatever the unit: edges 2^(k/2). */
  PT(2 * (Double.MAX_EXPONENT - Double.MIN_EXPONENT + 1)) {
    @Override
    int bin(double pt) {
      if (!(pt > Double.MIN_NORMAL) || Double.isInfinite(pt)) {
        return -1;
      }
      int exponent = Math.getExponent(pt);
      boolean upper = pt >= Math.scalb(Math.sqrt(2), exponent);
      return 2 * (exponent - Double.MIN_EXPONENT) + (upper ? 1 : 0);
    }

    @Override
    public double edge(int bin) {
      return Math.scalb(bin % 2 == 0 ? 1 : Math.sqrt(2), bin / 2 + Double.MIN_EXPONENT);
    }
  },
  /** HistogramWindow of half a unit from −5 to 5; what is outside counts in the last. */
  ETA(20) {
    @Override
    int bin(double eta) {
      return Double.isNaN(eta) ? -1 : (int) Math.clamp(Math.floor(2 * eta) + 10, 0, 19);
    }

    @Override
    public double edge(int bin) {
      return (bin - 10) / 2.0;
    }
  };

  private final int bins;

  ProfileAxis(int bins) {
    this.bins = bins;
  }

  int bins() {
    return bins;
  }

  /** The bin of a value; negative where it has none. */
  abstract int bin(double value);

  /** The lower edge of a bin. */
  public abstract double edge(int bin);
}
