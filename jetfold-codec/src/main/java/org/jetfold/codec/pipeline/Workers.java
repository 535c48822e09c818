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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.ObjIntConsumer;
import java.util.function.Supplier;

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
   * first failure is thrown on; a caller that is interrupted stops with an {@link
   * IllegalStateException}.
   */
  public void forEach(int count, IntConsumer work) {
    forEach(count, () -> work, IntConsumer::accept);
  }

  /**
   * Does work for each number from 0 to before {@code count}, and returns when all is done. The
   * first failure is thrown on.
   *
   * @param workspaces gives each thread what it alone works with, one number after the other
   */
  public <W> void forEach(int count, Supplier<W> workspaces, ObjIntConsumer<W> work) {
    AtomicInteger next = new AtomicInteger();
    Callable<Boolean> share =
        () -> {
          W workspace = workspaces.get();
          for (int number = next.getAndIncrement();
              number < count;
              number = next.getAndIncrement()) {
            if (Thread.currentThread().isInterrupted()) {
              throw new IllegalStateException("interrupted");
            }
            work.accept(workspace, number);
          }
          return true;
        };
    List<Future<Boolean>> shares = new ArrayList<>();
    for (int i = 0; i < Math.min(threads, count); i++) {
      shares.add(start(share));
    }
    shares.forEach(Workers::result);
    // Waiting for work that is done already does not notice an interruption.
    if (Thread.currentThread().isInterrupted()) {
      throw new IllegalStateException("interrupted");
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
