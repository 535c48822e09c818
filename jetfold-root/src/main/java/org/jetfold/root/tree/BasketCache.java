package org.jetfold.root.tree;

import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The baskets that were unpacked last, for readers whose pieces end within a basket and for columns
 * that share one. Thread-safe.
 */
final class BasketCache {
  private static final long MAX_BYTES = 32L << 20;

  private final LinkedHashMap<Long, Basket> baskets = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  /** The basket at an offset of the file; null where it is not here. */
  synchronized @Nullable Basket get(long seek) {
    return baskets.get(seek);
  }

  /** Keeps a basket, and lets go of those that were not used for the longest time. */
  synchronized void put(long seek, Basket basket) {
    if (basket.memory() > MAX_BYTES / 4 || baskets.put(seek, basket) != null) {
      return;
    }
    bytes += basket.memory();
    while (bytes > MAX_BYTES) {
      var oldest = baskets.pollFirstEntry();
      bytes -= oldest.getValue().memory();
    }
  }
}
