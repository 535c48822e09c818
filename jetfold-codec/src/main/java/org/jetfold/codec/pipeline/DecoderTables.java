package org.jetfold.codec.pipeline;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;
import java.util.function.ToLongFunction;

/**
 * What decodes the streams of a segment, one for each stream or column: made when it is first asked
 * for, and kept for the next block as long as all together take no more than a budget allows. What
 * is not kept is made anew for each block. Safe for use by several threads.
 *
 * @param <T> of such a decoder
 */
final class DecoderTables<T> {
  private final Budget budget;
  private final AtomicReferenceArray<T> kept;
  private final IntFunction<T> maker;
  private final ToLongFunction<T> bytes;

  /** The bytes that several kinds of decoders may take together. */
  static final class Budget {
    private final AtomicLong left;

    Budget(long bytes) {
      left = new AtomicLong(bytes);
    }

    private boolean grants(long bytes) {
      if (left.addAndGet(-bytes) >= 0) {
        return true;
      }
      left.addAndGet(bytes);
      return false;
    }
  }

  /**
   * None yet.
   *
   * @param number of streams or columns
   * @param bytes tells about how many a decoder takes
   */
  DecoderTables(int number, Budget budget, IntFunction<T> maker, ToLongFunction<T> bytes) {
    this.budget = budget;
    this.maker = maker;
    this.bytes = bytes;
    kept = new AtomicReferenceArray<>(number);
  }

  /** The decoder of a stream or column. */
  T get(int index) {
    T decoder = kept.get(index);
    if (decoder == null) {
      decoder = maker.apply(index);
      // Another thread may make it at the same time, which then counts twice.
      if (budget.grants(bytes.applyAsLong(decoder))) {
        kept.set(index, decoder);
      }
    }
    return decoder;
  }
}
