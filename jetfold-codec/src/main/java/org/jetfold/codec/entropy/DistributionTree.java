package org.jetfold.codec.entropy;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The tree of halved intervals that stores symbols in the fewest bits, the tree's own description
 * included.
 *
 * <p>An interval stays whole (a leaf, whose symbols count as equally likely) where halving it would
 * cost more to tell than it saves: the minimum description length rule on a dyadic tree, as for
 * Pólya tree density estimates. So smooth shapes need few leaves, spikes and discrete values one
 * each, and alphabets too large to count end in raw bits.
 */
final class DistributionTree {

  // Rough costs in bits of what the adaptive coder writes. They choose among trees and need not be
  // exact.
  private static final double LEAF = 0.8;
  private static final double HALVED = 0.6;
  private static final double ONE_HALF = 0.4;
  private static final double SINGLE_SYMBOL = 1.2;
  private static final double BOTH_HALVES = 2;

  /** A split in the middle, the cheapest. */
  private static final double EVEN_SPLIT = 0.8;

  /** What the rounding of a split to units of two standard deviations costs on average: 1/6 nat. */
  private static final double SPLIT_ROUNDING = 0.24;

  private final SymbolCounts counts;

  /** The level of what is counted together: no interval is halved further. */
  private final int cell;

  private final long[] countsBefore;
  private final double penalty;
  private final int level;
  private final long base;
  private final double bits;

  /**
   * For each cell but the lowest: whether the interval is halved whose upper half starts with it.
   * An interval with several symbols in one half alone always is, since a leaf at half the size
   * takes a bit less for each of them.
   */
  private final boolean[] halved;

  private DistributionTree(CountedCells cells, double penalty) {
    counts = cells.counts();
    cell = cells.level();
    this.penalty = penalty;
    long[] symbols = counts.symbols();
    countsBefore = new long[symbols.length + 1];
    for (int i = 0; i < symbols.length; i++) {
      countsBefore[i + 1] = countsBefore[i] + counts.counts()[i];
    }
    int above = rootLevel(symbols[0], symbols[symbols.length - 1]);
    level = above + cell;
    base = (above == 0 ? symbols[0] : symbols[0] >> (above - 1) << (above - 1)) << cell;
    halved = new boolean[symbols.length];
    bits = cost() + nLogN(0, symbols.length);
  }

  /**
   * The best tree for at least one symbol.
   *
   * @param mostLeaves a tree with more is found again with dearer halvings
   */
  static DistributionTree best(CountedCells cells, int mostLeaves) {
    double penalty = 0;
    while (true) {
      DistributionTree tree = new DistributionTree(cells, penalty);
      LeafList leaves = new LeafList();
      if (cells.counts().symbols().length <= mostLeaves) {
        return tree;
      }
      tree.emit(null, leaves);
      if (leaves.size() <= mostLeaves) {
        return tree;
      }
      penalty = 2 * penalty + 4;
    }
  }

  /** About how many bits the symbols take, coded with this tree, and the tree itself. */
  double bits() {
    return bits;
  }

  /** The smallest level at which two neighbouring aligned half intervals hold both symbols. */
  static int rootLevel(long minimum, long maximum) {
    if (minimum == maximum) {
      return 0;
    }
    int level = 1;
    while (Long.compareUnsigned((maximum >> (level - 1)) - (minimum >> (level - 1)), 1) > 0) {
      level++;
    }
    return level;
  }

  /**
   * Decides about all intervals with symbols in both halves, in one pass over the cells: an
   * interval is complete when a cell comes that only a larger one holds.
   *
   * @return what the whole tree takes
   */
  private double cost() {
    int cells = counts.symbols().length;
    OpenIntervals open = new OpenIntervals();
    int start = 0;
    int size = 0;
    double cost = 0;
    for (int next = 1; ; next++) {
      // What is complete: the cells from start to next, in an interval of this size and cost.
      start = next - 1;
      size = 0;
      int joined = next == cells ? Integer.MAX_VALUE : joinedAt(next);
      while (open.number > 0 && open.levels[open.number - 1] < joined) {
        int last = --open.number;
        int level = open.levels[last];
        double upper = costWithin(level - 1, start, next, size, cost);
        start = open.starts[last];
        size = level;
        cost = costOfBoth(level, start, open.middles[last], next, open.costs[last], upper);
      }
      if (next == cells) {
        return costWithin(level, start, next, size, cost);
      }
      open.add(joined, start, next, costWithin(joined - 1, start, next, size, cost));
    }
  }

  /** The level of the smallest interval that holds a cell and the one before it. */
  private int joinedAt(int index) {
    long one = counts.symbols()[index - 1];
    long other = counts.symbols()[index];
    long middle = (base >> cell) + (1L << (level - cell - 1));
    return one < middle && other >= middle
        ? level
        : cell + Long.SIZE - Long.numberOfLeadingZeros(one ^ other);
  }

  /**
   * What an interval takes.
   *
   * @param size the level of the smallest interval that holds its cells
   * @param cost what that one takes, if it has several cells
   */
  private double costWithin(int level, int from, int to, int size, double cost) {
    if (to - from == 1) {
      return costOfOne(level, from) - nLogN(from, to);
    }
    return costAround(level, size, cost);
  }

  private double costOfOne(int level, int index) {
    if (level == 0) {
      return 0;
    }
    double whole = wholeBits(index, level);
    if (cell == 0) {
      return Math.min(whole, level + SINGLE_SYMBOL);
    }
    return isTold(level, index) ? costAround(level, cell, wholeBits(index, cell)) : whole;
  }

  /** What an interval takes with symbols in one half of one half, and so on to a smaller one. */
  private static double costAround(int level, int size, double cost) {
    double all = cost;
    for (int larger = size; larger < level; larger++) {
      all = HALVED + all + ONE_HALF;
    }
    return all;
  }

  /** What an interval takes with symbols in both halves, given what these take. */
  private double costOfBoth(int level, int from, int middle, int to, double lower, double upper) {
    int n = (int) count(from, to);
    double whole = (double) n * level - nLogN(from, to) + LEAF;
    double each = HALVED + lower + upper;
    // Most intervals are small, and even the cheapest split would cost too much.
    if (each + splitCost(EVEN_SPLIT) >= whole) {
      halved[middle] = false;
      return whole;
    }
    double halves = each + splitCost(splitBits(n, (int) count(from, middle)));
    halved[middle] = halves < whole;
    return Math.min(halves, whole);
  }

  private double splitCost(double bitsOfSplit) {
    return BOTH_HALVES + SPLIT_ROUNDING + penalty + bitsOfSplit;
  }

  /** Intervals whose lower half is complete and whose upper one is not, the smallest last. */
  private static final class OpenIntervals {
    final int[] levels = new int[Long.SIZE + 1];
    final int[] starts = new int[Long.SIZE + 1];
    final int[] middles = new int[Long.SIZE + 1];
    final double[] costs = new double[Long.SIZE + 1];
    int number;

    void add(int level, int start, int middle, double lowerCost) {
      levels[number] = level;
      starts[number] = start;
      middles[number] = middle;
      costs[number++] = lowerCost;
    }
  }

  /** What a leaf of one cell's symbols takes. */
  private double wholeBits(int index, int level) {
    return (double) counts.counts()[index] * level + LEAF;
  }

  private static double splitBits(int n, int lower) {
    long d = Math.abs(split(n, lower));
    return d == 0 ? EVEN_SPLIT : 2.5 + 2 * Log2.of((int) Math.min(d, Integer.MAX_VALUE));
  }

  /**
   * The split of n that comes nearest to {@code lower} in the lower half, in units from the middle.
   */
  private static long split(int n, int lower) {
    int unit = DistributionContexts.unit(n);
    return Math.floorDiv(lower - n / 2 + unit / 2, unit);
  }

  private double count(int from, int to) {
    return countsBefore[to] - countsBefore[from];
  }

  private double nLogN(int from, int to) {
    int n = (int) count(from, to);
    return n * Log2.of(n);
  }

  private int firstNotBelow(long symbol, int from, int to) {
    int found = Arrays.binarySearch(counts.symbols(), from, to, symbol >> cell);
    return found >= 0 ? found : -found - 1;
  }

  /** Writes the tree, root first, and collects its leaves; with a null encoder it only collects. */
  void emit(@Nullable BinaryEncoder encoder, LeafList leaves) {
    int total = (int) count(0, counts.symbols().length);
    if (encoder != null) {
      encoder.number(DistributionContexts.LEVEL, level);
      long place = level == 0 ? base : base >> (level - 1);
      encoder.number(DistributionContexts.PLACE, (place << 1) ^ (place >> 63));
    }
    emit(encoder, leaves, level, base, 0, counts.symbols().length, total, 0);
  }

  private void emit(
      @Nullable BinaryEncoder encoder,
      LeafList leaves,
      int level,
      long base,
      int from,
      int to,
      int n,
      int last) {
    if (level == 0) {
      leaves.add(base, 0, n);
      return;
    }
    int middle = firstNotBelow(base + (1L << (level - 1)), from, to);
    boolean both = middle > from && middle < to;
    // Where roundings above left a single count for symbols in both halves, they cannot be told
    // apart any more.
    boolean halve = both ? halved[middle] && n > 1 : to - from > 1 || isTold(level, from);
    if (encoder != null) {
      encoder.bit(DistributionContexts.leaf(n, level), halve ? 0 : 1);
    }
    if (!halve) {
      leaves.add(base, level, n);
      return;
    }
    long upperBase = base + (1L << (level - 1));
    if (encoder != null && n > 1) {
      encoder.bit(DistributionContexts.both(n, level), both ? 1 : 0);
    }
    if (both) {
      int exact = (int) Math.rint(n * (count(from, middle) / count(from, to)));
      long d = split(n, exact);
      if (encoder != null) {
        encoder.number(DistributionContexts.SPLIT, (d << 1) ^ (d >> 63));
      }
      int lower = DistributionContexts.lower(n, d);
      emit(encoder, leaves, level - 1, base, from, middle, lower, 0);
      emit(encoder, leaves, level - 1, upperBase, middle, to, n - lower, 0);
      return;
    }
    boolean single = cell == 0 && to - from == 1;
    if (encoder != null && level > 1) {
      encoder.bit(DistributionContexts.single(last, level), single ? 1 : 0);
    }
    if (single && level > 1) {
      long symbol = counts.symbols()[from];
      if (encoder != null) {
        encoder.flat(symbol - base, level);
      }
      leaves.add(symbol, 0, n);
      return;
    }
    int side = middle == from ? 1 : 0;
    if (encoder != null) {
      encoder.bit(DistributionContexts.side(last, level), side);
    }
    emit(encoder, leaves, level - 1, side == 1 ? upperBase : base, from, to, n, 1 + side);
  }

  /** Whether a cell alone in its interval is told, and not the whole interval a leaf. */
  private boolean isTold(int level, int index) {
    return cell == 0
        ? wholeBits(index, level) > level + SINGLE_SYMBOL
        : counts.counts()[index] > 1 && level > cell;
  }
}
