package org.jetfold.study.residual;

import java.io.Serializable;
import org.jetfold.study.statistics.LinearHistogram;
import org.jetfold.study.statistics.LogHistogram;
import org.jetfold.study.statistics.Moments;
import org.jetfold.study.statistics.QuantileSketch;
import org.jspecify.annotations.Nullable;

/**
 * What became of the values of one column. Mergeable; not thread-safe.
 *
 * <p>The absolute residual is x̂ − x, the relative one (x̂ − x)/x. Where x is 0 there is no
 * relative one, and where x or x̂ is no finite number there is none; both are counted. Residuals
 * are weighted with |w|, since a quantile with negative weights means nothing; spectra with w.
 */
public final class ColumnResiduals implements Serializable {
  private static final long serialVersionUID = 1L;

  private long values;
  private long changed;
  private long zeros;
  private long zerosChanged;
  private long special;
  private long specialChanged;
  private boolean negative;
  private final Residuals absolute = new Residuals();
  private final Residuals relative = new Residuals();
  private final Spectrum spectrum = new Spectrum();
  private final BinningPulls pulls;

  /** What was computed last; null since something was added. */
  private transient @Nullable SpectrumRatio ratio;

  /** What was computed last; null since something was added. */
  private transient BinningPulls.@Nullable Pulls filled;

  /**
   * Begins without values.
   *
   * @param keptForPulls how many values are kept at most, to fill histograms of any bins with
   */
  ColumnResiduals(int keptForPulls) {
    pulls = new BinningPulls(keptForPulls);
  }

  /** Residuals of one kind. */
  public static final class Residuals implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Moments moments = new Moments();
    private final QuantileSketch magnitudes = new QuantileSketch();
    private final LinearHistogram distribution = new LinearHistogram();
    private final LogHistogram sizes = new LogHistogram();

    private void add(double residual, double weight) {
      moments.add(residual, weight);
      magnitudes.add(Math.abs(residual), weight);
      distribution.add(residual, weight);
      sizes.add(Math.abs(residual), weight);
    }

    private void merge(Residuals other) {
      moments.merge(other.moments);
      magnitudes.merge(other.magnitudes);
      distribution.merge(other.distribution);
      sizes.merge(other.sizes);
    }

    /** Count, mean, RMS and maximum. */
    public Moments moments() {
      return moments;
    }

    /** Quantiles of the magnitude. */
    public QuantileSketch magnitudes() {
      return magnitudes;
    }

    /** The residuals with their signs. */
    public LinearHistogram distribution() {
      return distribution;
    }

    /** The residuals' magnitudes. */
    public LogHistogram sizes() {
      return sizes;
    }
  }

  /**
   * Adds a value and its restored form.
   *
   * @param difference x̂ − x; of azimuths, wrapped
   */
  void add(double original, double restored, double difference, double weight) {
    boolean finite = Double.isFinite(original) && Double.isFinite(restored);
    ratio = null;
    filled = null;
    values++;
    if (!finite) {
      addBefore(original, weight);
      addAfter(restored, weight);
      special++;
      // Infinities of one sign are equal, NaNs are to be.
      boolean kept = Double.compare(original, restored) == 0;
      specialChanged += kept ? 0 : 1;
      changed += kept ? 0 : 1;
      return;
    }
    pulls.add(original, restored, weight);
    if (difference == restored - original) {
      negative |= original < 0 || restored < 0;
      spectrum.add(original, restored, weight);
    } else {
      // An azimuth that went on at the other end has crossed no edge between.
      addBefore(original, weight);
      addAfter(restored, weight);
    }
    double positive = Math.abs(weight);
    changed += difference == 0 ? 0 : 1;
    absolute.add(difference, positive);
    if (original == 0) {
      zeros++;
      zerosChanged += difference == 0 ? 0 : 1;
    } else {
      relative.add(difference / original, positive);
    }
  }

  /** Adds a value to the original's spectrum alone. */
  void addBefore(double original, double weight) {
    ratio = null;
    if (Double.isFinite(original)) {
      negative |= original < 0;
      spectrum.addBefore(original, weight);
    }
  }

  /** Adds a value to the restored spectrum alone. */
  void addAfter(double restored, double weight) {
    ratio = null;
    if (Double.isFinite(restored)) {
      negative |= restored < 0;
      spectrum.addAfter(restored, weight);
    }
  }

  /** Adds what another has seen. */
  public void merge(ColumnResiduals other) {
    ratio = null;
    filled = null;
    values += other.values;
    changed += other.changed;
    zeros += other.zeros;
    zerosChanged += other.zerosChanged;
    special += other.special;
    specialChanged += other.specialChanged;
    negative |= other.negative;
    absolute.merge(other.absolute);
    relative.merge(other.relative);
    spectrum.merge(other.spectrum);
    pulls.merge(other.pulls);
  }

  /** The number of pairs of values. */
  public long values() {
    return values;
  }

  /** How many are not what they were. */
  public long changed() {
    return changed;
  }

  /** How many originals are 0, and have no relative residual. */
  public long zeros() {
    return zeros;
  }

  /** How many of the zeros are not 0 any more. */
  public long zerosChanged() {
    return zerosChanged;
  }

  /** How many pairs have a NaN or an infinity. */
  public long special() {
    return special;
  }

  /** In how many of these only one is special, or another special value. */
  public long specialChanged() {
    return specialChanged;
  }

  /** x̂ − x. */
  public Residuals absolute() {
    return absolute;
  }

  /** (x̂ − x)/x. */
  public Residuals relative() {
    return relative;
  }

  /** The distributions of the values before and after, and their ratio. */
  public SpectrumRatio spectrum() {
    SpectrumRatio known = ratio;
    if (known == null) {
      known = SpectrumRatio.of(spectrum, !negative);
      ratio = known;
    }
    return known;
  }

  /** What is left in histograms of these values, whatever their bins; of the first of them. */
  public BinningPulls.Pulls pulls() {
    BinningPulls.Pulls known = filled;
    if (known == null) {
      known = pulls.pulls();
      filled = known;
    }
    return known;
  }
}
