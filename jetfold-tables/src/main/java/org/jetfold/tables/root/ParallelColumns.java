package org.jetfold.tables.root;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jetfold.root.JaggedColumn;
import org.jetfold.root.RootColumn;
import org.jetfold.root.RootTree;
import org.jspecify.annotations.Nullable;

/** Reads the columns of a tree, several at the same time. Not thread-safe. */
final class ParallelColumns implements Closeable {
  private final RootTree tree;
  private final int threads;
  private final @Nullable ExecutorService workers;

  ParallelColumns(RootTree tree, int threads) {
    this.tree = tree;
    this.threads = threads;
    workers =
        threads > 1
            ? Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().daemon().name("jetfold-root-", 0).factory())
            : null;
  }

  /** The values of some columns in some entries, in the columns' order. */
  List<JaggedColumn> read(List<RootColumn> columns, long first, long last) throws IOException {
    ExecutorService pool = workers;
    if (pool == null || columns.size() < 2) {
      return tree.read(columns, first, last);
    }
    List<Future<List<JaggedColumn>>> parts = new ArrayList<>();
    int target = Math.max(1, columns.size() / (4 * threads));
    int from = 0;
    while (from < columns.size()) {
      int to = Math.min(columns.size(), from + target);
      // Columns of one branch share its size, and the work of unpacking it.
      while (to < columns.size()
          && columns.get(to).compressedBytes() == columns.get(to - 1).compressedBytes()) {
        to++;
      }
      List<RootColumn> part = columns.subList(from, to);
      parts.add(pool.submit(() -> tree.read(part, first, last)));
      from = to;
    }
    List<JaggedColumn> read = new ArrayList<>();
    IOException failure = null;
    for (Future<List<JaggedColumn>> part : parts) {
      try {
        read.addAll(part.get());
      } catch (ExecutionException e) {
        Throwable cause = e.getCause();
        if (cause instanceof RuntimeException unchecked) {
          throw unchecked;
        }
        if (cause instanceof Error error) {
          throw error;
        }
        // The parts that still run must end before the file is closed.
        failure = cause instanceof IOException io ? io : new IOException(cause);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }
    if (failure != null) {
      throw failure;
    }
    return read;
  }

  @Override
  public void close() {
    if (workers != null) {
      workers.shutdownNow();
    }
  }
}
