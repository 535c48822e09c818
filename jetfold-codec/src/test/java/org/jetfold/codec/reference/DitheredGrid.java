package org.jetfold.codec.reference;

import java.math.BigInteger;

/** Section 6.6, where d is at least 2^x₀. */
final class DitheredGrid extends Ranks {
  private final Absolute undithered;

  /** u, the largest magnitude of the grid, in units of 2^x. */
  private final BigInteger most;

  /** K. */
  private final long lastOnGrid;

  DitheredGrid(boolean isFloat32, double bound) {
    super(isFloat32);
    undithered = new Absolute(isFloat32, bound);
    most = undithered.ulps(undithered.gridEnd - 1).shiftRight(undithered.exponent);
    long above = nearest(most.add(shift(255)), undithered.q);
    long below = nearest(most.negate(), undithered.q);
    lastOnGrid = Math.max(above, -below);
  }

  /** s. */
  private BigInteger shift(int phase) {
    return undithered.q.multiply(BigInteger.valueOf(phase)).shiftRight(8);
  }

  /** ⌊a / b + ½⌋. */
  private static long nearest(BigInteger a, BigInteger b) {
    BigInteger[] quotient = a.shiftLeft(1).add(b).divideAndRemainder(b.shiftLeft(1));
    long towardsZero = quotient[0].longValueExact();
    return quotient[1].signum() < 0 ? towardsZero - 1 : towardsZero;
  }

  @Override
  public long bits(long symbol, int phase) {
    if (Math.abs(symbol) > lastOnGrid) {
      return withSign(magnitude(Math.abs(symbol), phase), symbol < 0);
    }
    BigInteger value = undithered.q.multiply(BigInteger.valueOf(symbol)).subtract(shift(phase));
    BigInteger magnitude = value.abs().min(most).shiftLeft(undithered.exponent);
    return withSign(undithered.onGrid(magnitude), value.signum() < 0);
  }

  private long withSign(long magnitude, boolean isNegative) {
    return magnitude | (isNegative ? largest + 1 : 0);
  }

  /** The magnitude of a symbol beyond the grid. */
  @Override
  long magnitude(long symbol, int phase) {
    return undithered.gridEnd + undithered.rows.pointOf(symbol - lastOnGrid - 1);
  }

  @Override
  long symbol(long bits, int phase) {
    long magnitude = bits & largest;
    boolean isNegative = bits != magnitude;
    if (magnitude >= undithered.gridEnd) {
      long symbol = rank(magnitude, phase);
      return isNegative ? -symbol : symbol;
    }
    // In units of the lowest ulp.
    BigInteger value = undithered.ulps(magnitude);
    BigInteger shift = shift(phase).shiftLeft(undithered.exponent);
    BigInteger step = undithered.q.shiftLeft(undithered.exponent);
    return nearest((isNegative ? value.negate() : value).add(shift), step);
  }

  /** The symbol of a magnitude beyond the grid. */
  @Override
  long rank(long magnitude, int phase) {
    return lastOnGrid + 1 + undithered.rows.cellOf(magnitude - undithered.gridEnd);
  }

  @Override
  public long last() {
    return lastOnGrid + undithered.rows.cells();
  }

  @Override
  public long first() {
    return -last();
  }
}
