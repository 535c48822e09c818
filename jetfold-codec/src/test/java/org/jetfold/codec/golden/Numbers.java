package org.jetfold.codec.golden;

/**
 * Numbers that are the same for ever, whatever the JDK's own generators come to do: Knuth's linear
 * congruential generator.
 */
public final class Numbers {
  private long state;

  /** Numbers from a seed. */
  public Numbers(long seed) {
    state = seed;
  }

  /** 32 random bits. */
  public int bits() {
    state = state * 6364136223846793005L + 1442695040888963407L;
    return (int) (state >>> 32);
  }

  /** 64 random bits. */
  public long longBits() {
    return (long) bits() << 32 | Integer.toUnsignedLong(bits());
  }

  /** From 0 to before {@code bound}. */
  public int below(int bound) {
    return Integer.remainderUnsigned(bits(), bound);
  }

  /** From 0 to before 1, a multiple of 2^−31. */
  public double unit() {
    return (bits() >>> 1) * 0x1p-31;
  }

  /** The sum of four of them, made to have mean 0 and variance 1: nearly normal. */
  public double bell() {
    return (unit() + unit() + unit() + unit() - 2) * 1.7320508075688772;
  }

  /** An exponential law with mean 1. */
  public double exponential() {
    return -StrictMath.log(1 - unit());
  }
}
