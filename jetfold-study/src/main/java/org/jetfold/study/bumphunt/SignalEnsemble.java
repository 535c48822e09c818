package org.jetfold.study.bumphunt;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;
import org.hipparchus.random.RandomDataGenerator;
import org.hipparchus.random.Well19937c;
import org.jetfold.codec.Compression;
import org.jetfold.codec.RoundTrip;
import org.jetfold.codec.table.Table;
import org.jetfold.study.StudyException;
import org.jetfold.study.binning.Bins;
import org.jspecify.annotations.Nullable;

/**
 * Many injections of a signal, each into a background of its own: how significant the signal is on
 * average, and how much of that compression takes.
 *
 * <p>An injection draws how often each event of the background is in it from a Poisson distribution
 * with the mean 1 (a bootstrap), and how many events of signal from one with the mean that is asked
 * for. The mixture goes through the real compressor. Both spectra, before and after, are of the
 * same events, so that what compression takes is known better than the significance itself.
 *
 * <p>Global p-values come from the pseudo-experiments of the background without signal, of that
 * before and of that after compression, which all injections share.
 */
public final class SignalEnsemble {
  /** An odd number whose multiples are spread evenly, 2^64 divided by the golden ratio. */
  private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

  private final Observable observable;
  private final Bins bins;
  private final BumpHunt hunt;
  private final WeightedTable background;
  private final SignalEvents signal;
  private final @Nullable Compression compression;
  private final long seed;
  private final int threads;

  /**
   * An ensemble.
   *
   * @param compression what is done to each mixture; null for nothing
   * @param seed where random numbers start
   * @param threads at least 1; results do not depend on it
   */
  public SignalEnsemble(
      Observable observable,
      Bins bins,
      BumpHunt hunt,
      WeightedTable background,
      SignalEvents signal,
      @Nullable Compression compression,
      long seed,
      int threads) {
    this.observable = observable;
    this.bins = bins;
    this.hunt = hunt;
    this.background = background;
    this.signal = signal;
    this.compression = compression;
    this.seed = seed;
    this.threads = threads;
  }

  /**
   * What pseudo-experiments without signal find.
   *
   * @param after null without compression
   */
  public record Null(Chances before, @Nullable Chances after) {}

  /**
   * Makes the pseudo-experiments that all injections share.
   *
   * @param progress is told how many are done
   */
  public Null withoutSignal(LongConsumer progress) throws StudyException, IOException {
    Chances before = hunt.chances(counts(background, background.table()), threads, progress);
    Chances after = null;
    if (compression != null) {
      Table restored = RoundTrip.of(background.table(), compression, threads).table();
      after =
          hunt.chances(
              counts(background, restored),
              threads,
              done -> progress.accept(hunt.experiments() + done));
    }
    return new Null(before, after);
  }

  private BinCounts counts(WeightedTable events, Table values) {
    return BinCounts.of(bins, observable.values(values), events.weights());
  }

  /**
   * Injects a signal many times.
   *
   * @param mean how many events of signal on average
   * @param injections how many times, at least 2
   * @param without from {@link #withoutSignal}
   * @param progress is told how many injections are done
   * @throws StudyException where the signal's table has too few events, or a spectrum does not
   *     allow a background
   */
  public Injections inject(int mean, int injections, Null without, LongConsumer progress)
      throws StudyException, IOException {
    List<BumpComparison.Comparison> found = new ArrayList<>();
    for (int number = 0; number < injections; number++) {
      SplittableRandom random = new SplittableRandom(seed + (number + 1) * SPREAD);
      WeightedTable mixed = drawn(mean, random);
      BumpHunt.Found before = hunt.look(counts(mixed, mixed.table())).among(without.before());
      BumpHunt.Found after = null;
      Compression plan = compression;
      Chances chances = without.after();
      if (plan != null && chances != null) {
        Table restored = RoundTrip.of(mixed.table(), plan, threads).table();
        after = hunt.look(counts(mixed, restored)).among(chances);
      }
      found.add(new BumpComparison.Comparison(before, after, null, 0));
      progress.accept(number + 1L);
    }
    return new Injections(mean, found);
  }

  private WeightedTable drawn(int mean, SplittableRandom random) throws StudyException {
    int[] start = {random.nextInt(), random.nextInt(), random.nextInt(), random.nextInt()};
    RandomDataGenerator poisson = RandomDataGenerator.of(new Well19937c(start));
    int events = background.table().rootEntries();
    int[] chosen = new int[2 * events + 64];
    int count = 0;
    for (int event = 0; event < events; event++) {
      int times = poisson.nextPoisson(1);
      if (count + times > chosen.length) {
        chosen = Arrays.copyOf(chosen, 2 * chosen.length);
      }
      Arrays.fill(chosen, count, count + times, event);
      count += times;
    }
    chosen = Arrays.copyOf(chosen, count);
    double[] weights = background.weights();
    double[] kept =
        weights == null ? null : Arrays.stream(chosen).mapToDouble(e -> weights[e]).toArray();
    WeightedTable own = new WeightedTable(EventSampling.of(background.table(), chosen), kept);
    return signal.drawnInto(own, mean == 0 ? 0 : poisson.nextPoisson(mean), random);
  }
}
