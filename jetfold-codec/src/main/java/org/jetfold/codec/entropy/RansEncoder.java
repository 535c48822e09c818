package org.jetfold.codec.entropy;

import java.util.Arrays;
import org.jetfold.codec.bytes.ByteWriter;

/**
 * The writing half of the entropy coder (docs/format.md section 9): range asymmetric numeral
 * systems (Duda 2013) with 64-bit states and 32-bit words. Immutable and safe to share.
 *
 * <p>Runs through the leaves from the last to the first, so that the decoder finds them in order.
 * Divisions by a frequency are multiplications by its reciprocal, exact for all states below 2⁶³
 * (Granlund and Montgomery 1994, as Giesen's rANS does).
 */
final class RansEncoder {
  static final long LOWEST_STATE = 1L << 31;
  private static final int PRECISION = Distribution.PRECISION;

  private final int[] frequency;
  private final int[] bias;
  private final long[] reciprocal;
  private final byte[] shift;

  RansEncoder(Distribution distribution) {
    int leaves = distribution.leaves();
    frequency = new int[leaves];
    bias = new int[leaves];
    reciprocal = new long[leaves];
    shift = new byte[leaves];
    for (int k = 0; k < leaves; k++) {
      int start = distribution.cumulative(k);
      int f = distribution.cumulative(k + 1) - start;
      frequency[k] = f;
      if (f == 1) {
        // The reciprocal of 1 would need 65 bits: the quotient comes out as state − 1, which the
        // bias makes good.
        reciprocal[k] = -1;
        shift[k] = 0;
        bias[k] = start + (1 << PRECISION) - 1;
      } else {
        int log = 32 - Integer.numberOfLeadingZeros(f - 1);
        long high = 1L << (log + 31);
        long low = f - 1 + ((high % f) << 32);
        reciprocal[k] = ((high / f) << 32) + low / f;
        shift[k] = (byte) (log - 1);
        bias[k] = start;
      }
    }
  }

  /** The number of interleaved states for a stream of {@code count} symbols. */
  static int states(int count) {
    return count < 4096 ? 1 : 4;
  }

  void encode(char[] leaves, int count, ByteWriter out) {
    int[] words = new int[count];
    int at = count;
    int width = states(count);
    long[] x = new long[width];
    Arrays.fill(x, LOWEST_STATE);
    int i = count - 1;
    for (; i >= 0 && (i + 1) % width != 0; i--) {
      int k = leaves[i];
      int lane = i % width;
      if (x[lane] >>> 47 >= frequency[k]) {
        words[--at] = (int) x[lane];
        x[lane] >>>= 32;
      }
      x[lane] = pushed(x[lane], k);
    }
    if (width == 4) {
      at = encodeFours(leaves, i, x, words, at);
    } else {
      for (; i >= 0; i--) {
        int k = leaves[i];
        if (x[0] >>> 47 >= frequency[k]) {
          words[--at] = (int) x[0];
          x[0] >>>= 32;
        }
        x[0] = pushed(x[0], k);
      }
    }
    for (long state : x) {
      out.u64(state);
    }
    out.u32s(words, at, count);
  }

  /** The loop that counts: four states in registers. Returns the new front of the words. */
  private int encodeFours(char[] leaves, int last, long[] x, int[] words, int front) {
    long x0 = x[0];
    long x1 = x[1];
    long x2 = x[2];
    long x3 = x[3];
    int at = front;
    for (int i = last; i >= 3; i -= 4) {
      int k3 = leaves[i];
      if (x3 >>> 47 >= frequency[k3]) {
        words[--at] = (int) x3;
        x3 >>>= 32;
      }
      x3 = pushed(x3, k3);
      int k2 = leaves[i - 1];
      if (x2 >>> 47 >= frequency[k2]) {
        words[--at] = (int) x2;
        x2 >>>= 32;
      }
      x2 = pushed(x2, k2);
      int k1 = leaves[i - 2];
      if (x1 >>> 47 >= frequency[k1]) {
        words[--at] = (int) x1;
        x1 >>>= 32;
      }
      x1 = pushed(x1, k1);
      int k0 = leaves[i - 3];
      if (x0 >>> 47 >= frequency[k0]) {
        words[--at] = (int) x0;
        x0 >>>= 32;
      }
      x0 = pushed(x0, k0);
    }
    x[0] = x0;
    x[1] = x1;
    x[2] = x2;
    x[3] = x3;
    return at;
  }

  private long pushed(long x, int k) {
    long quotient = Math.unsignedMultiplyHigh(x, reciprocal[k]) >>> shift[k];
    return x + bias[k] + quotient * ((1 << PRECISION) - frequency[k]);
  }
}
