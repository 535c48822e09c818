package org.jetfold.study.bumphunt;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.hipparchus.random.RandomDataGenerator;
import org.hipparchus.random.Well19937c;
import org.jetfold.codec.pipeline.Workers;
import org.jetfold.study.StudyException;

/**
 * Hunts for a bump: scans a spectrum, and finds by pseudo-experiments how often a background
 * without signal has a bump as significant somewhere.
 *
 * <p>A pseudo-experiment draws each bin from a Poisson distribution with the background's mean (of
 * weighted events, a scaled one with the bin's scale: {@link BinCounts}), and then does all that
 * was done to the data; where the background is fitted, it is fitted again. Each has random numbers
 * of its own, from the seed and its number, so that results do not depend on the number of threads.
 */
public final class BumpHunt {
  /** An odd number whose multiples are spread evenly, 2^64 divided by the golden ratio. */
  private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

  private final BumpScan scan;
  private final Background background;
  private final int experiments;
  private final long seed;

  /**
   * A hunt.
   *
   * @param experiments the number of pseudo-experiments, above 0
   * @param seed where their random numbers start
   */
  public BumpHunt(BumpScan scan, Background background, int experiments, long seed) {
    this.scan = scan;
    this.background = background;
    this.experiments = experiments;
    this.seed = seed;
  }

  /**
   * What was found.
   *
   * @param bump the most significant excess
   * @param globalP how likely the background alone has one as significant
   * @param observed the spectrum
   * @param expected the background under it
   */
  public record Found(Bump bump, GlobalP globalP, BinCounts observed, double[] expected) {}

  /** The number of pseudo-experiments of a hunt. */
  public int experiments() {
    return experiments;
  }

  /**
   * Hunts in a spectrum.
   *
   * @param threads at least 1; the result does not depend on it
   * @param progress is told how many pseudo-experiments are done, by one thread at a time
   * @throws StudyException where the background cannot be estimated
   */
  public Found hunt(BinCounts observed, int threads, LongConsumer progress) throws StudyException {
    Looked looked = look(observed);
    AtomicInteger above = new AtomicInteger();
    experiment(
        observed,
        looked.expected,
        threads,
        (number, statistic) -> {
          if (statistic >= looked.bump.statistic()) {
            above.incrementAndGet();
          }
        },
        progress);
    GlobalP globalP = new GlobalP(above.get(), experiments);
    return new Found(looked.bump, globalP, observed, looked.expected);
  }

  /**
   * The most significant excess of a spectrum, without pseudo-experiments.
   *
   * @throws StudyException where the background cannot be estimated
   */
  public Looked look(BinCounts observed) throws StudyException {
    double[] expected = background.expected(observed);
    return new Looked(scan.scan(observed, expected), observed, expected);
  }

  /**
   * A spectrum with its most significant excess.
   *
   * @param expected the background
   */
  public record Looked(Bump bump, BinCounts observed, double[] expected) {
    /** How likely the excess is, by pseudo-experiments. */
    public Found among(Chances chances) {
      return new Found(bump, chances.globalP(bump), observed, expected);
    }
  }

  /**
   * What pseudo-experiments with the background of a spectrum find.
   *
   * @param threads at least 1; the result does not depend on it
   * @param progress is told how many pseudo-experiments are done, by one thread at a time
   * @throws StudyException where the background cannot be estimated
   */
  public Chances chances(BinCounts observed, int threads, LongConsumer progress)
      throws StudyException {
    double[] statistics = new double[experiments];
    experiment(
        observed,
        background.expected(observed),
        threads,
        (number, statistic) -> statistics[number] = statistic,
        progress);
    return Chances.of(statistics);
  }

  /** Is told the test statistic of each pseudo-experiment, by several threads. */
  @FunctionalInterface
  private interface Outcome {
    void of(int number, double statistic);
  }

  private void experiment(
      BinCounts observed, double[] expected, int threads, Outcome outcome, LongConsumer progress)
      throws StudyException {
    AtomicReference<StudyException> failure = new AtomicReference<>();
    Counter done = new Counter(progress);
    try (Workers workers = new Workers(threads)) {
      workers.forEach(
          experiments,
          number -> {
            try {
              BinCounts drawn = drawn(observed, expected, number);
              outcome.of(number, scan.scan(drawn, background.expected(drawn)).statistic());
            } catch (StudyException e) {
              failure.set(e);
            }
            done.increment();
          });
    }
    StudyException failed = failure.get();
    if (failed != null) {
      throw failed;
    }
  }

  /** Counts what several threads have done. */
  private static final class Counter {
    private final LongConsumer progress;
    private long count;

    Counter(LongConsumer progress) {
      this.progress = progress;
    }

    synchronized void increment() {
      progress.accept(++count);
    }
  }

  private BinCounts drawn(BinCounts observed, double[] expected, int number) {
    // Seeds that are near one another would start sequences that are alike; mixed, they do not.
    SplittableRandom mixed = new SplittableRandom(seed + number * SPREAD);
    int[] start = {mixed.nextInt(), mixed.nextInt(), mixed.nextInt(), mixed.nextInt()};
    RandomDataGenerator random = RandomDataGenerator.of(new Well19937c(start));
    double[] drawn = new double[expected.length];
    for (int bin = 0; bin < drawn.length; bin++) {
      double scale = observed.scales()[bin];
      drawn[bin] = expected[bin] > 0 ? scale * random.nextPoisson(expected[bin] / scale) : 0;
    }
    return observed.withSums(drawn);
  }
}
