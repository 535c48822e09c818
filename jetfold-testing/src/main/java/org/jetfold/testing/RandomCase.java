package org.jetfold.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One of many random cases in which a property must hold.
 *
 * <pre>{@code
 * @Test
 * void sumsDoNotDependOnTheOrder() {
 *   RandomCase.each(1000, any -> {
 *     int a = any.between(-100, 100);
 *     int b = any.between(-100, 100);
 *     assertThat(a + b).isEqualTo(b + a);
 *   });
 * }
 * }</pre>
 *
 * <p>Every run draws other cases. The message of a failure says what was drawn, and how to run that
 * case alone. Ends of ranges are drawn more often than what lies between them, and in one case of
 * ten most of the time.
 */
public final class RandomCase {
  /** With this system property each property is checked in one case: that of this seed. */
  private static final String SEED = "jetfold.case";

  private static final int TIMES = Integer.getInteger("jetfold.cases", 1);

  private static final int MAX_SHOWN = 20;

  private final SplittableRandom random;
  private final double edges;
  private final List<Object> drawn = new ArrayList<>();

  /** What must hold. */
  @FunctionalInterface
  public interface Property {
    /** Throws where the property does not hold. */
    void check(RandomCase any) throws Exception;
  }

  private RandomCase(long seed) {
    random = new SplittableRandom(seed);
    edges = random.nextInt(10) == 0 ? 0.75 : 0.1;
  }

  /**
   * How many random cases a test tries that has so many in a build: more, by the factor {@code
   * -Djetfold.cases=}.
   */
  public static int times(int cases) {
    return Math.multiplyExact(cases, TIMES);
  }

  /** Checks a property in so many cases, up to the first in which it does not hold. */
  public static void each(int cases, Property property) {
    Long only = Long.getLong(SEED);
    if (only != null) {
      check(only, property);
      return;
    }
    SplittableRandom seeds = new SplittableRandom();
    for (int i = 0; i < times(cases); i++) {
      check(seeds.nextLong(), property);
    }
  }

  private static void check(long seed, Property property) {
    RandomCase any = new RandomCase(seed);
    try {
      property.check(any);
    } catch (Exception | AssertionError failure) {
      throw new AssertionError(
          "fails with %s; to run this case alone: -D%s=%d".formatted(any.drawn, SEED, seed),
          failure);
    }
  }

  private <T> T told(T value) {
    if (drawn.size() < MAX_SHOWN) {
      drawn.add(value);
    }
    return value;
  }

  /** 64 random bits, all patterns alike: for a seed, or for the bits of a number. */
  public long bits() {
    return told(random.nextLong());
  }

  /** True as often as false. */
  public boolean flag() {
    return told(random.nextBoolean());
  }

  /** One of these, each as often as the others. */
  @SafeVarargs
  public final <T> T oneOf(T... values) {
    return told(values[random.nextInt(values.length)]);
  }

  /** A number in a range, both ends included. */
  public int between(int min, int max) {
    return told((int) inRange(min, max));
  }

  /** A number in a range, both ends included; in a large range half are of any magnitude. */
  public long between(long min, long max) {
    return told(inRange(min, max));
  }

  /** A number in a range, both ends included. */
  public double between(double min, double max) {
    return told(atEdge() ? (random.nextBoolean() ? min : max) : random.nextDouble(min, max));
  }

  /** An integer of any magnitude and either sign. */
  public long integer() {
    return told(atEdge() ? edge(Long.MIN_VALUE, Long.MAX_VALUE) : ofAnyMagnitude());
  }

  private long ofAnyMagnitude() {
    return random.nextLong() >> random.nextInt(64);
  }

  /** So many integers of any magnitude and either sign. */
  public long[] integers(int min, int max) {
    long[] integers = new long[between(min, max)];
    Arrays.setAll(integers, i -> integer());
    return integers;
  }

  /** A finite number of any magnitude and either sign, subnormal ones and zeros included. */
  public double number() {
    double number =
        switch (random.nextInt(4)) {
          case 0 -> ofAnyMagnitude();
          case 1 -> ofAnyMagnitude() / 100.0;
          case 2 -> random.nextDouble(-2, 2);
          default -> Double.longBitsToDouble(random.nextLong());
        };
    if (atEdge()) {
      double[] special = {0.0, -0.0, 1, -1, Double.MIN_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE};
      number = special[random.nextInt(special.length)];
    }
    return told(Double.isFinite(number) ? number : 0.0);
  }

  /** So many finite numbers of any magnitude and either sign. */
  public double[] numbers(int min, int max) {
    double[] numbers = new double[between(min, max)];
    Arrays.setAll(numbers, i -> number());
    return numbers;
  }

  private boolean atEdge() {
    return random.nextDouble() < edges;
  }

  private long edge(long min, long max) {
    long[] near = {min, max, min + 1, max - 1, 0, 1, -1};
    long[] inside = Arrays.stream(near).filter(edge -> edge >= min && edge <= max).toArray();
    return inside[random.nextInt(inside.length)];
  }

  private long inRange(long min, long max) {
    if (min == max || atEdge()) {
      return edge(min, max);
    }
    // Wraps where the range is longer than half of all numbers: then it is as good as any other.
    long near = min + (random.nextLong() >>> random.nextInt(64));
    boolean large = max - min > 1000 || max - min < 0;
    return large && random.nextBoolean() && near >= min && near <= max
        ? near
        : random.nextLong(min, max);
  }
}
