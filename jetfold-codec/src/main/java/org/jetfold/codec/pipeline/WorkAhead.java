package org.jetfold.codec.pipeline;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Has work done by workers, as many pieces at a time as there are threads, and gives the results in
 * order. Not thread-safe.
 */
final class WorkAhead<T> implements Closeable {
  private final Workers workers;
  private final Supply<T> supply;
  private final ArrayDeque<Future<T>> ahead = new ArrayDeque<>();

  /** Gives pieces of work. */
  @FunctionalInterface
  interface Supply<T> {
    /** The next piece; null at the end. */
    @Nullable Callable<T> next() throws IOException;
  }

  WorkAhead(Workers workers, Supply<T> supply) {
    this.workers = workers;
    this.supply = supply;
  }

  /** The next result; null at the end. */
  @Nullable T next() throws IOException {
    while (ahead.size() < workers.threads()) {
      Callable<T> work = supply.next();
      if (work == null) {
        break;
      }
      ahead.add(workers.start(work));
    }
    Future<T> first = ahead.poll();
    if (first == null) {
      return null;
    }
    try {
      return Workers.result(first);
    } catch (IllegalStateException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw e;
    }
  }

  @Override
  public void close() {
    ahead.forEach(future -> future.cancel(false));
  }
}
