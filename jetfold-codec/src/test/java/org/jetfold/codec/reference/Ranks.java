package org.jetfold.codec.reference;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sections 6.1 to 6.6: from a symbol to a value's bits, and back, as it is needed for spikes
 * (section 6.7) and for values that a network gives (section 13.4).
 *
 * <p>What is not dithered takes no notice of phases.
 */
public abstract class Ranks {
  /** Tables in exact arithmetic take a while, and a test meets the same settings often. */
  private static final Map<Setting, Ranks> KNOWN = new ConcurrentHashMap<>();

  /** Stored bits of the mantissa. */
  final int t;

  final long infinity;

  /** The largest bit pattern without the sign. */
  final long largest;

  Ranks(boolean isFloat32) {
    t = isFloat32 ? 23 : 52;
    infinity = isFloat32 ? 0x7F80_0000L : 0x7FF0_0000_0000_0000L;
    largest = isFloat32 ? 0x7FFF_FFFFL : Long.MAX_VALUE;
  }

  /** The ranks of a float column's setting. */
  public static Ranks of(HeaderFields.Column column) {
    return KNOWN.computeIfAbsent(
        new Setting(column.type(), column.precision(), column.setting()), Ranks::of);
  }

  private record Setting(int type, int precision, long setting) {}

  private static Ranks of(Setting setting) {
    boolean isFloat32 = setting.type() == 10;
    double bound = Double.longBitsToDouble(setting.setting());
    if (setting.precision() == HeaderFields.SNAPPED_RELATIVE
        || setting.precision() == HeaderFields.SNAPPED_ABSOLUTE) {
      // Section 6.11: the grid takes 63/64 of the bound.
      double grid = Math.max(bound * 0.984375, Double.MIN_VALUE);
      int plain = setting.precision() - 4;
      return of(new Setting(setting.type(), plain, Double.doubleToRawLongBits(grid)));
    }
    return switch (setting.precision()) {
      case 0, HeaderFields.MEASURED, HeaderFields.SCALED -> new Exact(isFloat32);
      case 1 -> new Bits(isFloat32, (int) setting.setting());
      case 2 -> new Relative(isFloat32, bound);
      case HeaderFields.STEP -> new Step(isFloat32, setting.setting());
      case HeaderFields.DITHERED_RELATIVE ->
          bound < 0x1p-11 ? new Relative(isFloat32, bound) : new DitheredCells(isFloat32, bound);
      default -> {
        boolean isBelowAllFloats =
            new BigDecimal(bound).compareTo(power(isFloat32 ? -149 : -1074)) < 0;
        yield isBelowAllFloats
            ? new Exact(isFloat32)
            : setting.precision() == HeaderFields.DITHERED_ABSOLUTE
                ? new DitheredGrid(isFloat32, bound)
                : new Absolute(isFloat32, bound);
      }
    };
  }

  /** The magnitude that a rank from 0 to {@link #last} has under a phase. */
  abstract long magnitude(long rank, int phase);

  /** The largest symbol that has a value. */
  public abstract long last();

  /** The smallest symbol that has a value. */
  public long first() {
    return -1 - last();
  }

  /** Whether the grid is one that phases shift, sections 6.5 and 6.6. */
  boolean hasPhases() {
    return this instanceof DitheredCells || this instanceof DitheredGrid;
  }

  /** Whether an ordinal (section 6.7) is that of a finite float. */
  boolean isFinite(long ordinal) {
    return ordinal >= -infinity && ordinal < infinity;
  }

  /** Whether a symbol is that of a value. */
  boolean defines(long symbol) {
    return symbol >= first() && symbol <= last();
  }

  /** The bits of the value that has a symbol under a phase, sign included. */
  public long bits(long symbol, int phase) {
    long rank = symbol < 0 ? -1 - symbol : symbol;
    long sign = symbol < 0 ? largest + 1 : 0;
    return magnitude(rank, phase) | sign;
  }

  /** The rank of a finite magnitude under a phase. */
  abstract long rank(long magnitude, int phase);

  /** The symbol of a finite value's bits, sign included, under a phase. */
  long symbol(long bits, int phase) {
    long magnitude = bits & largest;
    long rank = rank(magnitude, phase);
    boolean isNegative = bits != magnitude && !(rank == 0 && magnitude != 0 && hasOneZero());
    return isNegative ? -1 - rank : rank;
  }

  /** Whether what is rounded to zero is +0, whatever its sign. */
  boolean hasOneZero() {
    return false;
  }

  static BigDecimal power(int exponent) {
    BigDecimal power = BigDecimal.valueOf(2).pow(Math.abs(exponent));
    return exponent >= 0 ? power : BigDecimal.ONE.divide(power);
  }

  /** Section 6.1. */
  static final class Exact extends Ranks {
    Exact(boolean isFloat32) {
      super(isFloat32);
    }

    @Override
    long magnitude(long rank, int phase) {
      return rank;
    }

    @Override
    long rank(long magnitude, int phase) {
      return magnitude;
    }

    @Override
    public long last() {
      return largest;
    }
  }

  /** Section 6.2. */
  static final class Bits extends Ranks {
    private final int s;
    private final long r;

    Bits(boolean isFloat32, int m) {
      super(isFloat32);
      s = t - m;
      r = infinity >>> s;
    }

    @Override
    long magnitude(long rank, int phase) {
      return rank < r ? rank << s : infinity + (rank - r);
    }

    /** Half of the last bit that is kept is added; not where that reaches infinity. */
    @Override
    long rank(long magnitude, int phase) {
      long raised = s == 0 ? magnitude : magnitude + (1L << (s - 1));
      return (raised >= infinity ? magnitude : raised) >>> s;
    }

    @Override
    public long last() {
      return r + (largest - infinity);
    }
  }

  /** Section 6.3. */
  static final class Relative extends Ranks {
    private final long n;
    private final long period;
    private final Rows rows = new Rows();
    private final long lastFinite;

    Relative(boolean isFloat32, double e) {
      super(isFloat32);
      n = 1L << t;
      if (e >= 0x1p-11) {
        period = binades(isFloat32, e) * n;
        addSingleCells(new BigDecimal(e));
      } else {
        period = n;
        addRows(new BigDecimal(e));
      }
      long o = infinity - 1 - n;
      lastFinite = n + o / period * rows.cells() + rows.cellOf(o % period);
    }

    /** P, where e is at least 2^−11. */
    static int binades(boolean isFloat32, double e) {
      int binades = 1;
      int all = isFloat32 ? 254 : 2046;
      while (2 * binades < all && binades * 0.35 / e < 512) {
        binades *= 2;
      }
      return binades;
    }

    private void addSingleCells(BigDecimal e) {
      long a = 0;
      while (a < period) {
        BigDecimal reach = value(a).multiply(BigDecimal.ONE.add(e));
        long m = largestOffset(a, reach, BigDecimal.ONE);
        long z = largestOffset(m, value(m), BigDecimal.ONE.subtract(e));
        long b = Math.min(z + 1, period);
        rows.add(b, b - a, Math.min(m, b - 1) - a);
        a = b;
      }
    }

    private BigDecimal value(long o) {
      return new BigDecimal(BigInteger.valueOf(n + o % n).shiftLeft((int) (o / n)));
    }

    /** The largest offset whose value times {@code factor} is at most {@code most}. */
    private long largestOffset(long from, BigDecimal most, BigDecimal factor) {
      long low = from;
      // A factor of 2^−53 is the smallest: 54 binades beyond are more than enough.
      long high = from + 60 * n;
      while (low < high) {
        long middle = low + (high - low + 1) / 2;
        if (value(middle).multiply(factor).compareTo(most) <= 0) {
          low = middle;
        } else {
          high = middle - 1;
        }
      }
      return low;
    }

    private void addRows(BigDecimal e) {
      long a = 0;
      while (a < n) {
        long mantissa = n + a;
        long h = e.multiply(BigDecimal.valueOf(mantissa)).toBigInteger().longValueExact();
        long w = 2 * h + 1;
        BigInteger[] quotient =
            BigInteger.valueOf(h + 1)
                .multiply(BigInteger.TWO.pow(1200))
                .divideAndRemainder(e.multiply(power(1200)).toBigIntegerExact());
        BigInteger up = quotient[0].add(BigInteger.valueOf(quotient[1].signum()));
        long next = up.min(BigInteger.valueOf(2 * n)).longValueExact();
        long cells = (Math.max(mantissa / 1024, next - mantissa) - 1) / w + 1;
        long b = Math.min(a + cells * w, n);
        rows.add(b, w, h);
        a = b;
      }
    }

    @Override
    long magnitude(long rank, int phase) {
      if (rank < n) {
        return rank;
      }
      if (rank > lastFinite) {
        return infinity + (rank - lastFinite - 1);
      }
      long j = (rank - n) / rows.cells();
      long c = (rank - n) % rows.cells();
      return Math.min(n + j * period + rows.pointOf(c), infinity - 1);
    }

    @Override
    long rank(long magnitude, int phase) {
      long o = magnitude - n;
      return o < 0 ? magnitude : n + o / period * rows.cells() + rows.cellOf(o % period);
    }

    @Override
    public long last() {
      return lastFinite + 1 + (largest - infinity);
    }
  }

  /** Section 6.4. */
  static final class Absolute extends Ranks {
    /** x less x₀. */
    final int exponent;

    final BigInteger q;

    /** G. */
    final long gridEnd;

    final Rows rows = new Rows();

    /** Δ in units of the lowest ulp. */
    private final BigInteger step;

    private final long gridRanks;

    Absolute(boolean isFloat32, double d) {
      super(isFloat32);
      int lowestUlp = isFloat32 ? -149 : -1074;
      int highestUlp = isFloat32 ? 104 : 971;
      BigDecimal bound = new BigDecimal(d);
      int x = Math.min(Math.max(floorLog2(bound) - 7, lowestUlp), highestUlp);
      exponent = x - lowestUlp;
      q =
          x == lowestUlp
              ? quotient(bound, x).shiftLeft(1).add(BigInteger.ONE)
              : quotient(bound, x - 1).min(BigInteger.TWO.pow(t + 2));
      step = q.shiftLeft(exponent);
      gridEnd = (long) (exponent + 2) << t;
      BigInteger doubled = ulps(gridEnd - 1).shiftLeft(1).add(step);
      gridRanks = doubled.divide(step.shiftLeft(1)).longValueExact() + 1;
      for (int y = x + 1; y <= highestUlp && quotient(bound, y).signum() > 0; y++) {
        long h = quotient(bound, y).longValueExact();
        rows.add(rows.end() + (1L << t), 2 * h + 1, h);
      }
      rows.add(largest - gridEnd + 1, 1, 0);
    }

    private static int floorLog2(BigDecimal d) {
      int log = 1023;
      while (power(log).compareTo(d) > 0) {
        log--;
      }
      return log;
    }

    /** ⌊d / 2^exponent⌋. */
    private static BigInteger quotient(BigDecimal d, int exponent) {
      return d.multiply(power(-exponent)).toBigInteger();
    }

    /** The value of a finite magnitude in units of the lowest ulp. */
    BigInteger ulps(long magnitude) {
      long exponent = magnitude >>> t;
      long mantissa = magnitude & ((1L << t) - 1);
      return exponent == 0
          ? BigInteger.valueOf(mantissa)
          : BigInteger.valueOf((1L << t) + mantissa).shiftLeft((int) exponent - 1);
    }

    @Override
    long magnitude(long rank, int phase) {
      if (rank >= gridRanks) {
        return gridEnd + rows.pointOf(rank - gridRanks);
      }
      return onGrid(step.multiply(BigInteger.valueOf(rank)));
    }

    /**
     * The largest magnitude before the grid's end whose value in units of the lowest ulp is not
     * above this one.
     */
    long onGrid(BigInteger value) {
      long low = 0;
      long high = gridEnd - 1;
      while (low < high) {
        long middle = low + (high - low + 1) / 2;
        if (ulps(middle).compareTo(value) <= 0) {
          low = middle;
        } else {
          high = middle - 1;
        }
      }
      return low;
    }

    @Override
    long rank(long magnitude, int phase) {
      if (magnitude >= gridEnd) {
        return gridRanks + rows.cellOf(magnitude - gridEnd);
      }
      // ⌊v / Δ + ½⌋ is ⌊(2v + Δ) / 2Δ⌋.
      BigInteger doubled = ulps(magnitude).shiftLeft(1).add(step);
      return doubled.divide(step.shiftLeft(1)).longValueExact();
    }

    @Override
    boolean hasOneZero() {
      return true;
    }

    @Override
    public long last() {
      return gridRanks + rows.cells() - 1;
    }
  }

  /** Section 6.12. */
  static final class Step extends Ranks {
    private final boolean isFloat32;
    private final BigDecimal step;

    /** n. */
    private final long points;

    /** G. */
    private final long gridEnd;

    Step(boolean isFloat32, long setting) {
      super(isFloat32);
      this.isFloat32 = isFloat32;
      long u = setting & 0xFFFF_FFFFL;
      int p = (int) (setting >> 32);
      step = BigDecimal.valueOf(u, p);
      double s = step.doubleValue();
      double units = p >= 0 ? u : step.doubleValue();
      points =
          (long)
              Math.min(Math.scalb(1.0, Math.getExponent(s) + t) / s, Math.scalb(1.0, 51) / units);
      BigDecimal end = step.multiply(BigDecimal.valueOf(2 * points - 1)).divide(BigDecimal.TWO);
      long low = 0;
      long high = infinity;
      while (low < high) {
        long middle = low + (high - low) / 2;
        if (value(middle).compareTo(end) >= 0) {
          high = middle;
        } else {
          low = middle + 1;
        }
      }
      gridEnd = low;
    }

    private BigDecimal value(long magnitude) {
      return isFloat32
          ? new BigDecimal(Float.intBitsToFloat((int) magnitude))
          : new BigDecimal(Double.longBitsToDouble(magnitude));
    }

    @Override
    long magnitude(long rank, int phase) {
      if (rank >= points) {
        return gridEnd + (rank - points);
      }
      double nearest = step.multiply(BigDecimal.valueOf(rank)).doubleValue();
      return isFloat32
          ? Float.floatToRawIntBits((float) nearest)
          : Double.doubleToRawLongBits(nearest);
    }

    @Override
    long rank(long magnitude, int phase) {
      if (magnitude >= gridEnd) {
        return points + (magnitude - gridEnd);
      }
      BigDecimal doubled = value(magnitude).multiply(BigDecimal.TWO).add(step);
      return doubled.divideToIntegralValue(step.multiply(BigDecimal.TWO)).longValueExact();
    }

    @Override
    boolean hasOneZero() {
      return true;
    }

    @Override
    public long last() {
      return points + (largest - gridEnd);
    }
  }
}
