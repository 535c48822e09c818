package org.jetfold.codec.random;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.jetfold.codec.forge.ForgedTree;

/**
 * Distributions that hold given symbols in odd ways: deep or flat, far too wide, with an escape.
 */
final class RandomTrees {
  private final SplittableRandom random;
  private final int mostLeaves;
  private int leaves;

  /** Trees that stop to grow beyond some leaves. */
  RandomTrees(SplittableRandom random, int mostLeaves) {
    this.random = random;
    this.mostLeaves = mostLeaves;
  }

  /** A distribution that can code all symbols. */
  ForgedTree of(long reference, long[] symbols) {
    long[] kept = Arrays.stream(symbols).sorted().distinct().toArray();
    if (kept.length == 0) {
      return random.nextBoolean()
          ? new ForgedTree(reference, 0, 0, 0, 0, new ForgedTree.Leaf())
          : new ForgedTree(reference, 1, 1, 3, -1, new ForgedTree.Leaf());
    }
    long escapeWeight = 0;
    if (random.nextInt(3) == 0) {
      escapeWeight = random.nextBoolean() ? 1 : random.nextLong(1, Integer.MAX_VALUE);
      // Some symbols are left to the escape, maybe all but one.
      int from = random.nextInt(kept.length);
      kept = Arrays.copyOfRange(kept, from, from + 1 + random.nextInt(kept.length - from));
    }
    int level = smallestLevel(kept[0], kept[kept.length - 1]);
    level = random.nextInt(3) == 0 ? random.nextInt(level, 65) : level;
    if (level == 0 || (level < 64 && !holds(kept, level))) {
      level = smallestLevel(kept[0], kept[kept.length - 1]);
    }
    long place = level == 0 ? kept[0] : level == 64 ? -1 : kept[0] >> (level - 1);
    long total =
        random.nextInt(4) == 0
            ? random.nextLong(1, Integer.MAX_VALUE)
            : symbols.length + (long) random.nextInt(1000);
    leaves = 0;
    long base = level == 0 ? place : place << (level - 1);
    ForgedTree.Node root = node(level, base, kept, 0, kept.length, total);
    return new ForgedTree(reference, total, escapeWeight, level, place, root);
  }

  /** Whether an interval at the lower end's half interval stays within 64 bits. */
  private static boolean holds(long[] kept, int level) {
    long place = kept[0] >> (level - 1);
    long base = place << (level - 1);
    long last = base + (1L << level) - 1;
    return last > base && kept[kept.length - 1] <= last;
  }

  private static int smallestLevel(long minimum, long maximum) {
    if (minimum == maximum) {
      return 0;
    }
    int level = 1;
    while (level < 64 && Long.compareUnsigned(halvesApart(minimum, maximum, level), 1) > 0) {
      level++;
    }
    return level;
  }

  /** How far apart the half intervals of both symbols are, unsigned. */
  private static long halvesApart(long minimum, long maximum, int level) {
    return (maximum >> (level - 1)) - (minimum >> (level - 1));
  }

  private ForgedTree.Node node(int level, long base, long[] kept, int from, int to, long n) {
    if (level == 0 || leaves > mostLeaves || random.nextInt(from == to ? 2 : 12) == 0) {
      leaves++;
      return new ForgedTree.Leaf();
    }
    long upper = base + (1L << (level - 1));
    int middle = from;
    while (middle < to && kept[middle] < upper) {
      middle++;
    }
    boolean spread = middle > from && middle < to;
    if (n > 1 && (spread || random.nextInt(4) == 0)) {
      long d =
          switch (random.nextInt(5)) {
            case 0 -> random.nextLong(-Integer.MAX_VALUE, Integer.MAX_VALUE);
            case 1 -> 0;
            default -> random.nextInt(-20, 21);
          };
      long lower = Math.clamp(n / 2 + d * (long) Math.sqrt((double) n), 1, n - 1);
      return new ForgedTree.Both(
          d,
          node(level - 1, base, kept, from, middle, lower),
          node(level - 1, upper, kept, middle, to, n - lower));
    }
    if (spread) {
      leaves++;
      return new ForgedTree.Leaf();
    }
    int half = middle == from ? 1 : 0;
    return new ForgedTree.One(half, node(level - 1, half == 1 ? upper : base, kept, from, to, n));
  }
}
