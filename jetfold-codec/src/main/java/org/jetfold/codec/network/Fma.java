package org.jetfold.codec.network;

/** How a fused multiply-add is done: a·b + c, rounded once. Both give the same bits. */
enum Fma {
  /**
   * The processor's instruction. Where there is none, {@link Math#fma} works in decimals, slowly.
   */
  HARDWARE {
    @Override
    float of(float a, float b, float c) {
      return Math.fma(a, b, c);
    }
  },

  /**
   * In double arithmetic. The product of two floats is exact in double; the error of the sum is
   * found exactly (Knuth's two-sum), and the sum is rounded to odd, so that rounding it to float
   * cannot round twice (Boldo and Melquiond, IEEE Transactions on Computers 57(4), 2008).
   */
  SOFTWARE {
    @Override
    float of(float a, float b, float c) {
      double product = (double) a * b;
      double sum = product + c;
      double other = sum - product;
      double error = (product - (sum - other)) + (c - other);
      if (error != 0 && (Double.doubleToRawLongBits(sum) & 1) == 0 && Double.isFinite(sum)) {
        // To odd: towards the side where the true sum lies. An error that is not zero and an even
        // last bit mean that the true sum lies strictly between two doubles.
        boolean away = error > 0 == sum > 0;
        sum = Double.longBitsToDouble(Double.doubleToRawLongBits(sum) + (away ? 1 : -1));
      }
      return (float) sum;
    }
  };

  abstract float of(float a, float b, float c);
}
