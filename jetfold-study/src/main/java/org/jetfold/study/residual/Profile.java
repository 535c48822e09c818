package org.jetfold.study.residual;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jetfold.study.statistics.Moments;
import org.jspecify.annotations.Nullable;

/**
 * Mean and deviation of a column's relative residual in bins of the original jet's pT or η: of pT
 * itself, the response shift and the resolution that compression adds. Mergeable; not thread-safe.
 */
public final class Profile implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ProfileAxis axis;
  private final @Nullable Moments[] bins;

  /**
   * A bin with entries.
   *
   * @param residuals those of its jets
   */
  public record Bin(double from, double to, Moments residuals) {
    /** Whether it has enough entries for a limit to be checked on it. */
    public boolean hasEnoughEntries() {
      return residuals.effectiveCount() >= SpectrumRatio.MIN_ENTRIES;
    }
  }

  Profile(ProfileAxis axis) {
    this.axis = axis;
    bins = new Moments[axis.bins()];
  }

  void add(int bin, double residual, double weight) {
    Moments moments = bins[bin];
    if (moments == null) {
      moments = new Moments();
      bins[bin] = moments;
    }
    moments.add(residual, weight);
  }

  /** Adds what another has seen. */
  public void merge(Profile other) {
    for (int bin = 0; bin < bins.length; bin++) {
      Moments theirs = other.bins[bin];
      Moments moments = bins[bin];
      if (theirs != null) {
        moments = moments == null ? new Moments() : moments;
        moments.merge(theirs);
        bins[bin] = moments;
      }
    }
  }

  /** The bins with entries, in their order. */
  public List<Bin> bins() {
    List<Bin> filled = new ArrayList<>();
    for (int bin = 0; bin < bins.length; bin++) {
      Moments moments = bins[bin];
      if (moments != null) {
        filled.add(new Bin(axis.edge(bin), axis.edge(bin + 1), moments));
      }
    }
    return filled;
  }

  /** The mean of each bin with enough entries, with its standard error. */
  public List<BinValue> shifts() {
    return bins().stream()
        .filter(Bin::hasEnoughEntries)
        .map(bin -> new BinValue(bin.residuals().mean(), bin.residuals().errorOfMean()))
        .toList();
  }

  /** The deviation of each bin with enough entries, with its standard error. */
  public List<BinValue> deviations() {
    return bins().stream()
        .filter(Bin::hasEnoughEntries)
        .map(bin -> new BinValue(bin.residuals().deviation(), bin.residuals().errorOfDeviation()))
        .toList();
  }
}
