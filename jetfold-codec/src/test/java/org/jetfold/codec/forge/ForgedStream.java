package org.jetfold.codec.forge;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Streams of section 9, written the slow way. */
public final class ForgedStream {
  private static final BigInteger LOWEST = BigInteger.ONE.shiftLeft(31);
  private static final BigInteger WORD = BigInteger.ONE.shiftLeft(32);

  private final List<ForgedTree.Interval> leaves;
  private final boolean escape;
  private final long[] cumulative;

  public ForgedStream(ForgedTree tree) {
    leaves = tree.leaves();
    escape = tree.escapeWeight() > 0;
    int m = leaves.size();
    BigInteger sum = BigInteger.ZERO;
    for (ForgedTree.Interval leaf : leaves) {
      sum = sum.add(BigInteger.valueOf(leaf.weight()));
    }
    cumulative = new long[m + 1];
    BigInteger before = BigInteger.ZERO;
    for (int k = 0; k < m; k++) {
      cumulative[k] =
          k + BigInteger.valueOf(65536 - m).multiply(before).divide(sum).longValueExact();
      before = before.add(BigInteger.valueOf(leaves.get(k).weight()));
    }
    cumulative[m] = 65536;
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
    if (leaves.size() > 1) {
      writeCoder(chosen, out);
    }
    writeRawBits(symbols, chosen, out);
    return out.bytes();
  }

  private void writeCoder(int[] chosen, ForgedBytes out) {
    BigInteger[] states = new BigInteger[chosen.length < 4096 ? 1 : 4];
    Arrays.fill(states, LOWEST);
    List<Long> words = new ArrayList<>();
    for (int i = chosen.length - 1; i >= 0; i--) {
      BigInteger x = states[i % states.length];
      long start = cumulative[chosen[i]];
      BigInteger frequency = BigInteger.valueOf(cumulative[chosen[i] + 1] - start);
      // The state after must be below 2^63: that is x / 2^47 below the frequency.
      if (x.shiftRight(47).compareTo(frequency) >= 0) {
        words.add(x.mod(WORD).longValueExact());
        x = x.shiftRight(32);
      }
      BigInteger[] parts = x.divideAndRemainder(frequency);
      states[i % states.length] =
          parts[0].shiftLeft(16).add(parts[1]).add(BigInteger.valueOf(start));
    }
    for (BigInteger state : states) {
      out.u64(state.longValueExact());
    }
    words.reversed().forEach(out::u32);
  }

  private void writeRawBits(long[] symbols, int[] chosen, ForgedBytes out) {
    int pending = 0;
    int filled = 0;
    for (int i = 0; i < symbols.length; i++) {
      ForgedTree.Interval leaf = leaves.get(chosen[i]);
      long offset = symbols[i] - leaf.first();
      for (int b = 0; b < leaf.level(); b++) {
        pending |= (int) (offset >>> b & 1) << filled++;
        if (filled == 8) {
          out.u8(pending);
          pending = 0;
          filled = 0;
        }
      }
    }
    if (filled > 0) {
      out.u8(pending);
    }
  }
}
