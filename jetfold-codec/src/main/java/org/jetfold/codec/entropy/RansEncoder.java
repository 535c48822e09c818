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

  /** Fields of a leaf: the reciprocal of its frequency, and the rest packed. */
  private static final int FIELDS = 2;

  private static final int SHIFT_AT = 16;
  private static final int BIAS_AT = 32;

  /**
   * For each leaf, beside each other so that one cache line has them: the reciprocal of its
   * frequency; and from the lowest bit up 2^16 less the frequency, at bit 16 the reciprocal's
   * shift, at bit 32 the bias.
   */
  private final long[] fields;

  RansEncoder(Distribution distribution) {
    int leaves = distribution.leaves();
    fields = new long[leaves * FIELDS];
    for (int k = 0; k < leaves; k++) {
      int start = distribution.cumulative(k);
      int f = distribution.cumulative(k + 1) - start;
      long reciprocal;
      int shift;
      long bias;
      if (f == 1) {
        // The reciprocal of 1 would need 65 bits: the quotient comes out as state − 1, which the
        // bias makes good.
        reciprocal = -1;
        shift = 0;
        bias = (long) start + (1 << PRECISION) - 1;
      } else {
        int log = 32 - Integer.numberOfLeadingZeros(f - 1);
        long high = 1L << (log + 31);
        long low = f - 1 + ((high % f) << 32);
        reciprocal = ((high / f) << 32) + low / f;
        shift = log - 1;
        bias = start;
      }
      fields[k * FIELDS] = reciprocal;
      fields[k * FIELDS + 1] = ((1L << PRECISION) - f) | (long) shift << SHIFT_AT | bias << BIAS_AT;
    }
  }

  /** The number of interleaved states for a stream of {@code count} symbols. */
  static int states(int count) {
    return count < 4096 ? 1 : 4;
  }

  void encode(char[] leaves, int count, ByteWriter out, StreamBuffers buffers) {
    // Words are stored before it is known whether they count, hence one more.
    int[] words = buffers.words(count + 1);
    int at = count + 1;
    int width = states(count);
    long[] x = new long[width];
    Arrays.fill(x, LOWEST_STATE);
    int i = count - 1;
    for (; i >= 0 && (width == 1 || (i + 1) % width != 0); i--) {
      int lane = i % width;
      long packed = fields[leaves[i] * FIELDS + 1];
      words[at - 1] = (int) x[lane];
      int full = full(x[lane], packed);
      at -= full;
      x[lane] = pushed(x[lane] >>> (full << 5), leaves[i], packed);
    }
    if (i >= 0) {
      at = encodeFours(leaves, i, x, words, at);
    }
    for (long state : x) {
      out.u64(state);
    }
    out.u32s(words, at, count + 1);
  }

  /** The loop that counts: four states in registers. Returns the new front of the words. */
  private int encodeFours(char[] leaves, int last, long[] x, int[] words, int front) {
    long x0 = x[0];
    long x1 = x[1];
    long x2 = x[2];
    long x3 = x[3];
    int at = front;
    // Whether a state is full is a matter of chance, which a branch would predict wrong too often.
    for (int i = last; i >= 3; i -= 4) {
      int k3 = leaves[i];
      long packed3 = fields[k3 * FIELDS + 1];
      words[at - 1] = (int) x3;
      int full3 = full(x3, packed3);
      at -= full3;
      x3 = pushed(x3 >>> (full3 << 5), k3, packed3);
      int k2 = leaves[i - 1];
      long packed2 = fields[k2 * FIELDS + 1];
      words[at - 1] = (int) x2;
      int full2 = full(x2, packed2);
      at -= full2;
      x2 = pushed(x2 >>> (full2 << 5), k2, packed2);
      int k1 = leaves[i - 2];
      long packed1 = fields[k1 * FIELDS + 1];
      words[at - 1] = (int) x1;
      int full1 = full(x1, packed1);
      at -= full1;
      x1 = pushed(x1 >>> (full1 << 5), k1, packed1);
      int k0 = leaves[i - 3];
      long packed0 = fields[k0 * FIELDS + 1];
      words[at - 1] = (int) x0;
      int full0 = full(x0, packed0);
      at -= full0;
      x0 = pushed(x0 >>> (full0 << 5), k0, packed0);
    }
    x[0] = x0;
    x[1] = x1;
    x[2] = x2;
    x[3] = x3;
    return at;
  }

  /**
   * 1 where a state must give a word away before the leaf is pushed, else 0: where x >>> 47, which
   * is below 2^16, is not below the frequency.
   */
  private static int full(long x, long packed) {
    return (int) ((x >>> 47) + complement(packed)) >>> PRECISION;
  }

  private static long complement(long packed) {
    return packed & ((1 << PRECISION) - 1);
  }

  private long pushed(long x, int k, long packed) {
    // Only the lowest six bits of a shift count, and those above the shift's four are 0.
    long quotient =
        Math.unsignedMultiplyHigh(x, fields[k * FIELDS]) >>> (int) (packed >>> SHIFT_AT);
    return x + (packed >>> BIAS_AT) + quotient * complement(packed);
  }
}
