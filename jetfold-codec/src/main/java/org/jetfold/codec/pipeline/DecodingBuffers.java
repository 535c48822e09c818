package org.jetfold.codec.pipeline;

import org.jetfold.codec.entropy.StreamBuffers;

/**
 * The arrays that decoding a stream takes, kept for the next stream, so that they stay in the
 * caches and the collector has nothing to do. For one thread at a time.
 */
final class DecodingBuffers {
  private long[] symbols = {};
  private final StreamBuffers coding = new StreamBuffers();

  /** An array of at least this length for symbols. It holds anything. */
  long[] symbols(int length) {
    if (symbols.length < length) {
      symbols = new long[length];
    }
    return symbols;
  }

  /** The coder's own arrays. */
  StreamBuffers coding() {
    return coding;
  }
}
