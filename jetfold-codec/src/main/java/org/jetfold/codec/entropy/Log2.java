package org.jetfold.codec.entropy;

/**
 * Binary logarithms of positive integers, good to 1e-7 and the same bits on every machine (Math.log
 * is not), because trees that are chosen by them end in files.
 */
final class Log2 {
  private static final int TABLE_BITS = 12;
  private static final double[] TABLE = new double[1 << TABLE_BITS];

  static {
    for (int n = 1; n < TABLE.length; n++) {
      TABLE[n] = StrictMath.log(n) / StrictMath.log(2);
    }
  }

  private Log2() {}

  static double of(int n) {
    if (n < TABLE.length) {
      return TABLE[n];
    }
    int shift = 32 - TABLE_BITS - Integer.numberOfLeadingZeros(n);
    int prefix = n >>> shift;
    double beyond = (double) (n - (prefix << shift)) / (prefix << shift);
    return shift + TABLE[prefix] + beyond * 1.4426950408889634;
  }
}
