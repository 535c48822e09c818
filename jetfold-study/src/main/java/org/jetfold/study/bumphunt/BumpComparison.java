package org.jetfold.study.bumphunt;

import java.io.IOException;
import java.util.function.LongConsumer;
import org.jetfold.codec.Compression;
import org.jetfold.codec.RoundTrip;
import org.jetfold.study.StudyException;
import org.jetfold.study.binning.Bins;
import org.jspecify.annotations.Nullable;

/** Hunts for bumps before and after compression, and compares. */
public final class BumpComparison {
  /** A bump counts as found where its global p-value is below this. */
  public static final double FOUND_BELOW = 0.01;

  private final Observable observable;
  private final Bins bins;
  private final BumpHunt hunt;
  private final int threads;

  /**
   * A comparison of spectra of an observable.
   *
   * @param threads at least 1; results do not depend on it
   */
  public BumpComparison(Observable observable, Bins bins, BumpHunt hunt, int threads) {
    this.observable = observable;
    this.bins = bins;
    this.hunt = hunt;
    this.threads = threads;
  }

  /** What became of a bump. */
  public enum Verdict {
    /** None was found before, none after. */
    NONE,
    /** Found before and after, in windows that overlap. */
    KEPT,
    /** Found before, not after. */
    LOST,
    /** Not found before, but after. */
    MADE,
    /** Found before and after, in windows that do not overlap. */
    MOVED,
    /** Found once only, but by less than the error of the global p-values. */
    UNCLEAR,
    /** None of too few pseudo-experiments was as extreme: they cannot tell whether there is one. */
    TOO_FEW
  }

  /**
   * What compression did to the observable of the events that have it before and after.
   *
   * @param mean of the relative change
   * @param rms of the relative change
   * @param otherBin events in another bin than before
   * @param lost events that had a bin and have none
   * @param gained events that had none and have one
   */
  public record Shift(double mean, double rms, int otherBin, int lost, int gained) {}

  /**
   * One table before and after compression.
   *
   * @param shift null without compression
   * @param after null without compression
   * @param bytes of the compressed table
   */
  public record Comparison(
      BumpHunt.Found before, BumpHunt.@Nullable Found after, @Nullable Shift shift, long bytes) {
    /** What became of the bump; of a table that was not compressed, KEPT or NONE. */
    public Verdict verdict() {
      if (!before.globalP().tells(FOUND_BELOW)
          || (after != null && !after.globalP().tells(FOUND_BELOW))) {
        return Verdict.TOO_FEW;
      }
      boolean was = found(before);
      boolean is = after == null ? was : found(after);
      if (was && is) {
        return after == null || before.bump().overlaps(after.bump()) ? Verdict.KEPT : Verdict.MOVED;
      }
      if (!was && !is) {
        return Verdict.NONE;
      }
      if (after != null && !differ(before.globalP(), after.globalP())) {
        return Verdict.UNCLEAR;
      }
      return was ? Verdict.LOST : Verdict.MADE;
    }

    /** By more than two standard errors, which are not 0 where no pseudo-experiment was above. */
    private static boolean differ(GlobalP one, GlobalP other) {
      double error = Math.hypot(one.error(), other.error()) + 1.0 / one.experiments();
      return Math.abs(one.value() - other.value()) > 2 * error;
    }

    private static boolean found(BumpHunt.Found hunted) {
      return hunted.globalP().value() < FOUND_BELOW;
    }
  }

  /**
   * Hunts in a table that is not compressed.
   *
   * @param progress is told how many pseudo-experiments are done
   */
  public Comparison uncompressed(WeightedTable events, LongConsumer progress)
      throws StudyException {
    return uncompressed(counts(observable.values(events.table()), events), hunt, threads, progress);
  }

  /**
   * Hunts in a spectrum whose events are not there.
   *
   * @param progress is told how many pseudo-experiments are done
   */
  public static Comparison uncompressed(
      BinCounts spectrum, BumpHunt hunt, int threads, LongConsumer progress) throws StudyException {
    return new Comparison(hunt.hunt(spectrum, threads, progress), null, null, 0);
  }

  private BinCounts counts(double[] values, WeightedTable events) {
    return BinCounts.of(bins, values, events.weights());
  }

  /**
   * Hunts in a table before and after compression.
   *
   * @param progress is told how many pseudo-experiments are done, of both hunts together
   */
  public Comparison compressed(WeightedTable events, Compression compression, LongConsumer progress)
      throws StudyException, IOException {
    double[] before = observable.values(events.table());
    RoundTrip restored = RoundTrip.of(events.table(), compression, threads);
    double[] after = observable.values(restored.table());
    return new Comparison(
        hunt.hunt(counts(before, events), threads, progress),
        hunt.hunt(
            counts(after, events), threads, done -> progress.accept(hunt.experiments() + done)),
        shift(before, after),
        restored.bytes());
  }

  private Shift shift(double[] before, double[] after) {
    double sum = 0;
    double squares = 0;
    int both = 0;
    int otherBin = 0;
    int lost = 0;
    int gained = 0;
    for (int event = 0; event < before.length; event++) {
      int was = bins.indexOf(before[event]);
      int is = bins.indexOf(after[event]);
      if (was >= 0 && is >= 0) {
        double change = after[event] / before[event] - 1;
        sum += change;
        squares += change * change;
        both++;
        otherBin += was == is ? 0 : 1;
      } else {
        lost += was >= 0 ? 1 : 0;
        gained += is >= 0 ? 1 : 0;
      }
    }
    return new Shift(
        both == 0 ? 0 : sum / both,
        both == 0 ? 0 : Math.sqrt(squares / both),
        otherBin,
        lost,
        gained);
  }
}
