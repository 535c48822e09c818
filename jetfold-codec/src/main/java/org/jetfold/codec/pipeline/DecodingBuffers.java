package org.jetfold.codec.pipeline;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jetfold.codec.entropy.StreamBuffers;

/**
 * The arrays that decoding a stream takes, kept for the next stream, so that they stay in the
 * caches and the collector has nothing to do. For one thread at a time.
 */
final class DecodingBuffers {
  private long[] symbols = {};
  private int[] translated = {};
  private final Deque<int[]> idle = new ArrayDeque<>();
  private final StreamBuffers coding = new StreamBuffers();

  /** An array of at least this length for symbols. It holds anything. */
  long[] symbols(int length) {
    if (symbols.length < length) {
      symbols = new long[length];
    }
    return symbols;
  }

  /** An array of at least this length for symbols as another column numbers them. */
  int[] translated(int length) {
    if (translated.length < length) {
      translated = new int[length];
    }
    return translated;
  }

  /** An array of at least this length, which holds anything, until it is given back. */
  int[] take(int length) {
    int[] kept = idle.poll();
    return kept != null && kept.length >= length ? kept : new int[length];
  }

  /** Takes back what {@link #take} gave, for others. */
  void giveBack(int[] taken) {
    idle.push(taken);
  }

  /** The coder's own arrays. */
  StreamBuffers coding() {
    return coding;
  }
}
