package org.jetfold.codec.forge;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Streams of section 9, written the slow way. */
public final class ForgedStream {
  private final List<Leaves> distributions;

  /** The leaves of a distribution. */
  private static final class Leaves {
    private final List<ForgedTree.Interval> all;
    private final boolean escape;
    private BigInteger total = BigInteger.ZERO;

    Leaves(ForgedTree tree) {
      all = tree.leaves();
      escape = tree.escapeWeight() > 0;
      for (ForgedTree.Interval leaf : all) {
        total = total.add(BigInteger.valueOf(leaf.weight()));
      }
    }

    /** How many bits a state has that serves this distribution. */
    int stateBits(int usual) {
      int forValues = Math.min(usual, total.subtract(BigInteger.ONE).bitLength());
      int forLeaves = 4 + BigInteger.valueOf(all.size() - 1L).bitLength();
      return all.size() < 2 ? 0 : Math.min(16, Math.max(forValues, forLeaves));
    }

    /** For each leaf, which states decode to it, in increasing order. */
    List<List<Integer>> statesOf(int bits) {
      int states = 1 << bits;
      int m = all.size();
      BigInteger before = BigInteger.ZERO;
      int state = 0;
      List<List<Integer>> statesOf = new ArrayList<>();
      for (int k = 0; k < m; k++) {
        BigInteger after = before.add(BigInteger.valueOf(all.get(k).weight()));
        int from = before.multiply(BigInteger.valueOf(states - m)).divide(total).intValueExact();
        int to = after.multiply(BigInteger.valueOf(states - m)).divide(total).intValueExact() + 1;
        List<Integer> own = new ArrayList<>();
        for (int s = from; s < to; s++) {
          own.add(state);
          state = (state + states / 2 + states / 8 + 3) % states;
        }
        statesOf.add(own.stream().sorted().toList());
        before = after;
      }
      return statesOf;
    }

    int leafOf(long symbol) {
      int regular = escape ? all.size() - 1 : all.size();
      for (int k = 0; k < regular; k++) {
        ForgedTree.Interval leaf = all.get(k);
        if (symbol >= leaf.first()
            && (leaf.level() >= 63 || symbol - leaf.first() < 1L << leaf.level())
            && symbol - leaf.first() >= 0) {
          return k;
        }
        if (leaf.level() == 64) {
          return k;
        }
      }
      if (!escape) {
        throw new IllegalArgumentException("no leaf for " + symbol);
      }
      return regular;
    }
  }

  /** Streams with one distribution. */
  public ForgedStream(ForgedTree tree) {
    this(List.of(tree));
  }

  /** Streams with a distribution for each context. */
  public ForgedStream(List<ForgedTree> trees) {
    distributions = trees.stream().map(Leaves::new).toList();
  }

  /** The bytes of a stream; {@code symbols} are differences already where there is a reference. */
  public byte[] write(long[] symbols) {
    return write(new int[symbols.length], symbols);
  }

  /** The bytes of a stream of rows in contexts. */
  public byte[] write(int[] contexts, long[] symbols) {
    if (symbols.length == 0) {
      return new byte[0];
    }
    int[] chosen = new int[symbols.length];
    for (int i = 0; i < chosen.length; i++) {
      chosen[i] = distributions.get(contexts[i]).leafOf(symbols[i]);
    }
    int usual = distributions.size() > 1 ? 11 : 12;
    int bits =
        distributions.stream().mapToInt(leaves -> leaves.stateBits(usual)).max().orElseThrow();
    ForgedBytes out = new ForgedBytes();
    int beside = bits == 0 ? 0 : 28 - bits;
    if (bits > 0) {
      writeCoder(contexts, symbols, chosen, bits, out);
    }
    writeBitsBehind(contexts, symbols, chosen, beside, out);
    return out.bytes();
  }

  private void writeCoder(int[] contexts, long[] symbols, int[] chosen, int bits, ForgedBytes out) {
    List<List<List<Integer>>> statesOf = new ArrayList<>();
    for (Leaves distribution : distributions) {
      statesOf.add(distribution.all.isEmpty() ? List.of() : distribution.statesOf(bits));
    }
    int[] states = new int[chosen.length < 4096 ? 1 : 4];
    // From the last value to the first, so the bits of each are put before those of the next.
    Deque<boolean[]> pieces = new ArrayDeque<>();
    for (int i = chosen.length - 1; i >= 0; i--) {
      ForgedTree.Interval leaf = distributions.get(contexts[i]).all.get(chosen[i]);
      pieces.addFirst(bits(symbols[i] - leaf.first(), Math.min(leaf.level(), 28 - bits)));
      List<Integer> own = statesOf.get(contexts[i]).get(chosen[i]);
      int x = (1 << bits) + states[i % states.length];
      int given = 0;
      while (x >> given >= 2 * own.size()) {
        given++;
      }
      pieces.addFirst(bits(x, given));
      states[i % states.length] = own.get((x >> given) - own.size());
    }
    BitPacker packer = new BitPacker(out);
    for (int state : states) {
      packer.put(bits(state, bits));
    }
    pieces.forEach(packer::put);
    packer.finish();
  }

  private static boolean[] bits(long value, int count) {
    boolean[] bits = new boolean[count];
    for (int b = 0; b < count; b++) {
      bits[b] = (value >>> b & 1) == 1;
    }
    return bits;
  }

  private void writeBitsBehind(
      int[] contexts, long[] symbols, int[] chosen, int beside, ForgedBytes out) {
    BitPacker packer = new BitPacker(out);
    for (int i = 0; i < symbols.length; i++) {
      ForgedTree.Interval leaf = distributions.get(contexts[i]).all.get(chosen[i]);
      if (leaf.level() > beside) {
        packer.put(bits((symbols[i] - leaf.first()) >>> beside, leaf.level() - beside));
      }
    }
    packer.finish();
  }

  /** Fills bytes from their lowest bits up. */
  private static final class BitPacker {
    private final ForgedBytes out;
    private int pending;
    private int filled;

    BitPacker(ForgedBytes out) {
      this.out = out;
    }

    void put(boolean[] bits) {
      for (boolean bit : bits) {
        pending |= (bit ? 1 : 0) << filled++;
        if (filled == 8) {
          finish();
        }
      }
    }

    void finish() {
      if (filled > 0) {
        out.u8(pending);
      }
      pending = 0;
      filled = 0;
    }
  }
}
