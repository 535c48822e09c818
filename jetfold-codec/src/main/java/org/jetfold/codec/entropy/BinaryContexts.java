package org.jetfold.codec.entropy;

import java.util.Arrays;

/**
 * Adaptive probabilities of bits, one a context, as docs/format.md section 7.1 defines them.
 * Encoder and decoder each own one and move it in the same way. Not thread-safe.
 */
final class BinaryContexts {
  private static final int SLOWEST = 30;
  private static final int LOWEST = 64;

  private final int[] zero;
  private final byte[] seen;

  BinaryContexts(int contexts) {
    zero = new int[contexts];
    seen = new byte[contexts];
    Arrays.fill(zero, 1 << 15);
  }

  /** The part of {@code range} that stands for a 0; range is at least 2²⁴ and unsigned. */
  int bound(int context, int range) {
    return (range >>> 12) * (zero[context] >>> 4);
  }

  void update(int context, int bit) {
    int p = zero[context];
    int n = seen[context];
    p = bit == 0 ? p + (65536 - p) / (n + 2) : p - p / (n + 2);
    zero[context] = Math.clamp(p, LOWEST, 65536 - LOWEST);
    if (n < SLOWEST) {
      seen[context] = (byte) (n + 1);
    }
  }
}
