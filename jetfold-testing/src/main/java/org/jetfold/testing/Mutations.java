package org.jetfold.testing;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongFunction;

/**
 * Hostile inputs: whole ones with some bytes changed. What comes of each must be a result or a
 * refusal, soon. {@code -Djetfold.mutations=} says how many are tried, {@code -Djetfold.seed=} with
 * which the first is made: the seed of a failure makes the same input again, as the only one. A
 * long run prints what it has found each minute, so that one that is stopped tells something.
 */
public final class Mutations {
  private static final String READ = "read";
  private static final String REFUSED = "refused";
  private static final long FIRST_SEED = Long.getLong("jetfold.seed", 1);
  private static final int MAX_SECONDS = 10;

  /** Seconds after which even one that only waits is given up. */
  private static final int MAX_WAIT = 1000;

  /** Nanoseconds after which a line is printed. */
  private static final long INTERVAL = 60_000_000_000L;

  private static final int MAX_CHANGES = 6;
  private static final int MAX_FRAMES = 6;

  private Mutations() {}

  /** Reads one input. */
  @FunctionalInterface
  public interface Attempt {
    /** True where the input was read, false where it was refused as it should be. */
    boolean isRead() throws IOException;
  }

  /**
   * Tries many inputs, and prints a line of docs/benchmarks/mutations.csv. The seed of the first
   * input of each result is printed, too.
   *
   * @param kind what the inputs are
   * @param usual how many a build tries
   * @param inputs makes the input of a seed
   * @throws AssertionError where one ends otherwise than it may, or takes more than {@value
   *     #MAX_SECONDS} s of processor time
   */
  public static void each(String kind, int usual, LongFunction<Attempt> inputs) {
    int count = Integer.getInteger("jetfold.mutations", usual);
    Map<String, Integer> results = new TreeMap<>(Map.of(READ, 0, REFUSED, 0));
    long start = System.nanoTime();
    long printed = start;
    Worker worker = new Worker();
    for (long seed = FIRST_SEED; seed < FIRST_SEED + count; seed++) {
      String result = worker.result(kind + ", seed " + seed, inputs.apply(seed));
      if (results.merge(result, 1, Integer::sum) == 1) {
        System.out.printf(Locale.ROOT, "%s, seed %d: %s%n", kind, seed, result);
      }
      if (System.nanoTime() - printed > INTERVAL) {
        print(kind, seed - FIRST_SEED + 1, start, results);
        printed = System.nanoTime();
      }
    }
    int other = print(kind, count, start, results);
    if (other > 0) {
      throw new AssertionError(kind + ": " + results);
    }
  }

  /** Prints what came of so many, and returns how many ended otherwise than they may. */
  private static int print(String kind, long count, long start, Map<String, Integer> results) {
    int read = results.getOrDefault(READ, 0);
    int refused = results.getOrDefault(REFUSED, 0);
    int other = Math.toIntExact(count - read - refused);
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        Locale.ROOT, "%s,%d,%.0f,%d,%d,%d%n", kind, count, seconds, read, refused, other);
    return other;
  }

  /** Changes some bytes from an index on, to those before an end, and gives them back. */
  public static byte[] change(byte[] bytes, int from, int end, Random random) {
    if (from >= end) {
      return bytes;
    }
    // A single change leaves most of the input to be read.
    int count = random.nextBoolean() ? 1 : 1 + random.nextInt(MAX_CHANGES);
    for (int changes = count; changes > 0; changes--) {
      int at = random.nextInt(from, end);
      switch (random.nextInt(5)) {
        case 0 -> bytes[at] = (byte) random.nextInt();
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes[at] += (byte) (random.nextBoolean() ? 1 : -1);
        case 3 -> Arrays.fill(bytes, at, Math.min(end, at + 4), (byte) -random.nextInt(2));
        default -> {
          int other = random.nextInt(from, end);
          int length = Math.min(random.nextInt(32), end - Math.max(other, at));
          System.arraycopy(bytes, other, bytes, at, length);
        }
      }
    }
    return bytes;
  }

  /**
   * A thread of its own that reads inputs, so that one which never ends is noticed. Processor time
   * counts: the machine may have other things to do.
   */
  private static final class Worker {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final BlockingQueue<FutureTask<Boolean>> tasks = new SynchronousQueue<>();
    private final Thread thread = new Thread(this::work, "jetfold-mutations");

    Worker() {
      thread.setDaemon(true);
      thread.start();
    }

    private void work() {
      try {
        while (true) {
          tasks.take().run();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    String result(String what, Attempt attempt) {
      FutureTask<Boolean> task = new FutureTask<>(attempt::isRead);
      long start = THREADS.getThreadCpuTime(thread.threadId());
      try {
        tasks.put(task);
        for (int waited = 0; ; waited++) {
          try {
            return task.get(1, TimeUnit.SECONDS) ? READ : REFUSED;
          } catch (TimeoutException e) {
            long seconds = (THREADS.getThreadCpuTime(thread.threadId()) - start) / 1_000_000_000;
            if (seconds > MAX_SECONDS || waited > MAX_WAIT) {
              throw new AssertionError(
                  "%s: does not end: %s".formatted(what, frames(thread.getStackTrace())), e);
            }
          }
        }
      } catch (ExecutionException e) {
        Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
        return cause + " at " + frames(cause.getStackTrace());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted", e);
      }
    }

    private static String frames(StackTraceElement[] frames) {
      return Arrays.stream(frames).limit(MAX_FRAMES).toList().toString();
    }
  }
}
