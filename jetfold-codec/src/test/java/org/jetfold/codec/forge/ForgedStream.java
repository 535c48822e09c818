package org.jetfold.codec.forge;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/** Streams of section 9, written the slow way. */
public final class ForgedStream {
  private final List<ForgedTree.Interval> leaves;
  private final boolean escape;
  private BigInteger total = BigInteger.ZERO;

  public ForgedStream(ForgedTree tree) {
    leaves = tree.leaves();
    escape = tree.escapeWeight() > 0;
    for (ForgedTree.Interval leaf : leaves) {
      total = total.add(BigInteger.valueOf(leaf.weight()));
    }
  }

  /** How many bits a state has. */
  private int stateBits() {
    int forValues = Math.min(12, total.subtract(BigInteger.ONE).bitLength());
    int forLeaves = 4 + BigInteger.valueOf(leaves.size() - 1L).bitLength();
    return Math.min(16, Math.max(forValues, forLeaves));
  }

  /** For each leaf, which states decode to it, in increasing order. */
  private List<List<Integer>> statesOf(int bits) {
    int states = 1 << bits;
    int m = leaves.size();
    BigInteger before = BigInteger.ZERO;
    int state = 0;
    List<List<Integer>> all = new ArrayList<>();
    for (int k = 0; k < m; k++) {
      BigInteger after = before.add(BigInteger.valueOf(leaves.get(k).weight()));
      int from = before.multiply(BigInteger.valueOf(states - m)).divide(total).intValueExact();
      int to = after.multiply(BigInteger.valueOf(states - m)).divide(total).intValueExact() + 1;
      List<Integer> own = new ArrayList<>();
      for (int s = from; s < to; s++) {
        own.add(state);
        state = (state + states / 2 + states / 8 + 3) % states;
      }
      all.add(own.stream().sorted().toList());
      before = after;
    }
    return all;
  }

  private int leafOf(long symbol) {
    int regular = escape ? leaves.size() - 1 : leaves.size();
    for (int k = 0; k < regular; k++) {
      ForgedTree.Interval leaf = leaves.get(k);
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

  /** The bytes of a stream; {@code symbols} are differences already where there is a reference. */
  public byte[] write(long[] symbols) {
    if (symbols.length == 0) {
      return new byte[0];
    }
    int[] chosen = Arrays.stream(symbols).mapToInt(this::leafOf).toArray();
    ForgedBytes out = new ForgedBytes();
    int beside = 0;
    if (leaves.size() > 1) {
      beside = 28 - stateBits();
      writeCoder(symbols, chosen, beside, out);
    }
    writeBitsBehind(symbols, chosen, beside, out);
    return out.bytes();
  }

  private void writeCoder(long[] symbols, int[] chosen, int beside, ForgedBytes out) {
    int bits = stateBits();
    List<List<Integer>> statesOf = statesOf(bits);
    int[] states = new int[chosen.length < 4096 ? 1 : 4];
    // From the last value to the first, so the bits of each are put before those of the next.
    Deque<boolean[]> pieces = new ArrayDeque<>();
    for (int i = chosen.length - 1; i >= 0; i--) {
      ForgedTree.Interval leaf = leaves.get(chosen[i]);
      pieces.addFirst(bits(symbols[i] - leaf.first(), Math.min(leaf.level(), beside)));
      List<Integer> own = statesOf.get(chosen[i]);
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

  private void writeBitsBehind(long[] symbols, int[] chosen, int beside, ForgedBytes out) {
    BitPacker packer = new BitPacker(out);
    for (int i = 0; i < symbols.length; i++) {
      ForgedTree.Interval leaf = leaves.get(chosen[i]);
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
