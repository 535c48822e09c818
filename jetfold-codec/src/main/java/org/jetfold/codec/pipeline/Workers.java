package org.jetfold.codec.pipeline;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.IntConsumer;

/**
 * A fixed number of threads for independent pieces of work. With one thread, the caller's own does
 * everything.
 */
public final class Workers implements Closeable {
  private final int threads;
  private final ExecutorService executor;

  /** Starts {@code threads} threads, at least one, which do not keep the program alive. */
  public Workers(int threads) {
    this.threads = threads;
    this.executor =
        Executors.newFixedThreadPool(
            threads, task -> Thread.ofPlatform().daemon().name("jetfold-worker").unstarted(task));
  }

  /** The number of threads. */
  public int threads() {
    return threads;
  }

  /**
   * Does work for each number from 0 to before {@code count}, and returns when all is done. The
   * first failure is thrown on.
   */
  public void forEach(int count, IntConsumer work) {
    if (threads == 1) {
      for (int i = 0; i < count; i++) {
        work.accept(i);
      }
      return;
    }
    List<Future<?>> futures = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int number = i;
      futures.add(executor.submit(() -> work.accept(number)));
    }
    for (Future<?> future : futures) {
      result(future);
    }
  }

  /**
   * Starts work whose result is fetched later with {@link #result}. With one thread it is done when
   * this returns.
   */
  public <T> Future<T> start(Callable<T> work) {
    if (threads == 1) {
      FutureTask<T> done = new FutureTask<>(work);
      done.run();
      return done;
    }
    return executor.submit(work);
  }

  /**
   * Waits for work and gives its result, or throws what it threw (a checked exception as the cause
   * of an {@link IllegalStateException}).
   */
  public static <T> T result(Future<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        case null, default -> throw new IllegalStateException(e.getCause());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
