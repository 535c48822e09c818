package org.jetfold.train.optimization;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/**
 * Threads that each do a part of a batch, with a libtorch of one thread. That is faster than one
 * part with a libtorch of many threads, which wait for each other after every operation, and much
 * faster where other programs use the processors, too.
 */
final class Shards implements AutoCloseable {
  /** A smaller part is not worth a thread. */
  private static final int MIN_ROWS = 64;

  private final int threads;
  private final ExecutorService executor;

  Shards(int threads) {
    this.threads = threads;
    executor =
        Executors.newFixedThreadPool(
            threads, task -> Thread.ofPlatform().daemon().name("jetfold-training").unstarted(task));
  }

  /** Into how many parts rows are best divided. */
  int parts(int rows) {
    return Math.clamp(rows / MIN_ROWS, 1, threads);
  }

  /**
   * Does the work for each number from 0 to {@code count} − 1, and returns the results in this
   * order. Always waits for all: an interruption of the thread takes effect afterwards.
   */
  <T> List<T> forEach(int count, IntFunction<T> work) {
    List<Future<T>> futures = new ArrayList<>();
    for (int i = 1; i < count; i++) {
      int number = i;
      futures.add(executor.submit(() -> work.apply(number)));
    }
    List<T> results = new ArrayList<>();
    RuntimeException failure = null;
    try {
      results.add(work.apply(0));
    } catch (RuntimeException e) {
      failure = e;
    }
    for (Future<T> future : futures) {
      try {
        results.add(result(future));
      } catch (ExecutionException e) {
        failure = failure == null ? new IllegalStateException(e.getCause()) : failure;
      }
    }
    if (failure != null) {
      throw failure;
    }
    return results;
  }

  private static <T> T result(Future<T> future) throws ExecutionException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
