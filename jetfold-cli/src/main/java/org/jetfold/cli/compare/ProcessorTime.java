package org.jetfold.cli.compare;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.LongSupplier;

/**
 * The processor time that a piece of work takes in its one thread, so that other programs do not
 * spoil a measurement. Short work is done again and again: the least time is taken, as whatever
 * disturbs only adds. Not thread-safe.
 */
final class ProcessorTime {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** Enough for work that takes a few microseconds. */
  private static final int MAX_ROUNDS = 1000;

  private final double enough;
  private final LongSupplier clock;
  private long began;
  private long round;
  private long all;
  private long least = Long.MAX_VALUE;
  private int rounds;

  /**
   * A measurement.
   *
   * @param enough how many seconds of work are enough; 0 for one round
   */
  ProcessorTime(double enough) {
    // Of the thread: that of the process steps in hundredths of a second.
    this(
        enough,
        THREADS.isCurrentThreadCpuTimeSupported() ? THREADS::getCurrentThreadCpuTime : () -> 0);
  }

  /**
   * A measurement by another clock.
   *
   * @param clock gives nanoseconds; always the same where there is none
   */
  ProcessorTime(double enough, LongSupplier clock) {
    this.enough = enough;
    this.clock = clock;
  }

  /** Work begins. */
  void start() {
    began = clock.getAsLong();
  }

  /** Work rests; in one round it may start several times. */
  void stop() {
    round += clock.getAsLong() - began;
  }

  /** Ends a round, and says whether another is needed. */
  boolean another() {
    long took = round;
    round = 0;
    rounds++;
    all += took;
    least = Math.min(least, took);
    // Work without time was none, or nobody can measure it.
    return took > 0 && rounds < MAX_ROUNDS && 1e-9 * all < enough;
  }

  /** The seconds of a round; NaN where nothing could be measured. */
  double seconds() {
    return rounds > 0 && least > 0 ? 1e-9 * least : Double.NaN;
  }
}
