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

  /** What the rounding of a split to units of two standard deviations costs on average: 1/6 nat. */
  private static final double SPLIT_ROUNDING = 0.24;

  /** Up to this many distinct symbols of an interval are passed over one by one. */
  private static final int FEW = 16;

  private final SymbolCounts counts;
  private final long[] countsBefore;
  private final double penalty;
  private final int level;
  private final long base;
  private final double bits;

  /**
   * For each interval with several distinct symbols, parents before halves, lower before upper
   * half: whether it is halved.
   */
  private boolean[] halved;

  private int decisions;
  private int next;

  private DistributionTree(SymbolCounts counts, double penalty) {
    this.counts = counts;
    this.penalty = penalty;
    long[] symbols = counts.symbols();
    countsBefore = new long[symbols.length + 1];
    for (int i = 0; i < symbols.length; i++) {
      countsBefore[i + 1] = countsBefore[i] + counts.counts()[i];
    }
    level = rootLevel(symbols[0], symbols[symbols.length - 1]);
    base = level == 0 ? symbols[0] : symbols[0] >> (level - 1) << (level - 1);
    halved = new boolean[64];
    bits = cost(level, base, 0, symbols.length) + nLogN(0, symbols.length);
  }

  /**
   * The best tree for at least one symbol.
   *
   * @param mostLeaves a tree with more is found again with dearer halvings
   */
  static DistributionTree best(SymbolCounts counts, int mostLeaves) {
    double penalty = 0;
    while (true) {
      DistributionTree tree = new DistributionTree(counts, penalty);
      LeafList leaves = new LeafList();
      if (counts.symbols().length <= mostLeaves) {
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

  private double cost(int level, long base, int from, int to) {
    if (level == 0) {
      return -nLogN(from, to);
    }
    if (to - from == 1) {
      return -nLogN(from, to) + Math.min(wholeBits(from, level), level + SINGLE_SYMBOL);
    }
    int decision = decisions++;
    if (decision == halved.length) {
      halved = Arrays.copyOf(halved, 2 * decision);
    }
    int middle = firstNotBelow(base + (1L << (level - 1)), from, to);
    double halves = HALVED;
    if (middle > from) {
      halves += cost(level - 1, base, from, middle);
    }
    if (middle < to) {
      halves += cost(level - 1, base + (1L << (level - 1)), middle, to);
    }
    double n = count(from, to);
    if (middle > from && middle < to) {
      halves +=
          BOTH_HALVES + SPLIT_ROUNDING + penalty + splitBits((int) n, (int) count(from, middle));
    } else {
      halves += ONE_HALF;
    }
    double whole = n * level - nLogN(from, to) + LEAF;
    if (halves < whole) {
      halved[decision] = true;
      return halves;
    }
    // The decisions made below are void: nothing below a leaf is coded.
    decisions = decision + 1;
    halved[decision] = false;
    return whole;
  }

  /** What a leaf of one distinct symbol takes. */
  private double wholeBits(int symbol, int level) {
    return (double) counts.counts()[symbol] * level + LEAF;
  }

  private static double splitBits(int n, int lower) {
    long d = Math.abs(split(n, lower));
    return d == 0 ? 0.8 : 2.5 + 2 * Log2.of((int) Math.min(d, Integer.MAX_VALUE));
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
    if (to - from <= FEW) {
      // Most intervals hold but few symbols, and passing over them is faster than a search.
      int below = from;
      for (int i = from; i < to; i++) {
        below += counts.symbols()[i] < symbol ? 1 : 0;
      }
      return below;
    }
    int found = Arrays.binarySearch(counts.symbols(), from, to, symbol);
    return found >= 0 ? found : -found - 1;
  }

  /** Writes the tree, root first, and collects its leaves; with a null encoder it only collects. */
  void emit(@Nullable BinaryEncoder encoder, LeafList leaves) {
    next = 0;
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
    boolean halve = nextDecision(level, from, to);
    if (halve && both && n == 1) {
      // Roundings above left a single count for symbols in both halves, which cannot be told apart
      // any more.
      skip(level, base, from, to);
      halve = false;
    }
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
    boolean single = to - from == 1;
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

  private boolean nextDecision(int level, int from, int to) {
    if (to - from == 1) {
      return wholeBits(from, level) > level + SINGLE_SYMBOL;
    }
    return halved[next++];
  }

  /** Passes over the decisions below an interval whose own has been taken. */
  private void skip(int level, long base, int from, int to) {
    if (level == 0 || to - from == 1) {
      return;
    }
    int middle = firstNotBelow(base + (1L << (level - 1)), from, to);
    if (middle > from) {
      skipWhole(level - 1, base, from, middle);
    }
    if (middle < to) {
      skipWhole(level - 1, base + (1L << (level - 1)), middle, to);
    }
  }

  private void skipWhole(int level, long base, int from, int to) {
    if (level > 0 && to - from > 1 && halved[next++]) {
      skip(level, base, from, to);
    }
  }
}
