package org.jetfold.codec.reference;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Section 9: a stream's symbols from its bytes. */
final class SymbolStream {
  private SymbolStream() {}

  /** Decodes a stream; {@code column} holds the symbols of the column that it may refer to. */
  static long[] decode(ByteCursor in, Leaves distribution, int n, long[] column) {
    long[] decoded = differences(in, List.of(distribution), new int[n]);
    long[] q = new long[n];
    long[] symbols = new long[n];
    for (int i = 0; i < n; i++) {
      q[i] = decoded[i];
      switch (distribution.reference()) {
        case 0 -> {}
        case 1 -> q[i] += i == 0 ? 0 : q[i - 1];
        default -> q[i] += column[i] >> distribution.grid();
      }
      symbols[i] = onGrid(q[i], distribution.grid(), in);
    }
    return symbols;
  }

  /** What a stream codes of rows in these contexts, each of which has a distribution. */
  static long[] differences(ByteCursor in, List<Leaves> distributions, int[] contexts) {
    int n = contexts.length;
    if (n == 0) {
      in.expectEnd();
      return new long[0];
    }
    int r = 0;
    int usual = distributions.size() > 1 ? 11 : 12;
    for (Leaves distribution : distributions) {
      r = distribution.count() < 2 ? r : Math.max(r, distribution.stateBits(usual));
    }
    for (int context : contexts) {
      if (distributions.get(context).count() == 0) {
        throw in.damaged("symbols without a distribution");
      }
    }
    int[] leaves = new int[n];
    long[] offsets = new long[n];
    int beside = r == 0 ? 0 : new Coder(in, distributions, r).decode(contexts, leaves, offsets);
    int[] behind = new int[n];
    for (int i = 0; i < n; i++) {
      int level = distributions.get(contexts[i]).leaf(leaves[i]).level();
      behind[i] = Math.max(0, level - beside);
    }
    long[] above = rawBits(in, behind);
    long[] decoded = new long[n];
    for (int i = 0; i < n; i++) {
      long first = distributions.get(contexts[i]).leaf(leaves[i]).first();
      decoded[i] = first + offsets[i] + (above[i] << beside);
    }
    return decoded;
  }

  static long onGrid(long q, int grid, ByteCursor in) {
    BigInteger step = BigInteger.ONE.shiftLeft(grid);
    BigInteger symbol = BigInteger.valueOf(q).multiply(step);
    if (q < 0) {
      symbol = symbol.add(step).subtract(BigInteger.ONE);
    }
    if (symbol.bitLength() > 63) {
      throw in.damaged("a symbol is not within 64 bits");
    }
    return symbol.longValueExact();
  }

  /** What the states mean that a distribution has, if it has leaves. */
  private static final class States {
    private final int[] leafOf;
    private final int[] bitsOf;
    private final int[] nextOf;

    States(Leaves distribution, int r) {
      int states = 1 << r;
      int m = distribution.count();
      long[] start = distribution.shares(r);
      leafOf = new int[states];
      int state = 0;
      for (int k = 0; k < m; k++) {
        for (long left = start[k + 1] - start[k]; left > 0; left--) {
          leafOf[state] = k;
          state = (state + states / 2 + states / 8 + 3) % states;
        }
      }
      bitsOf = new int[states];
      nextOf = new int[states];
      int[] seen = new int[m];
      for (int s = 0; s < states; s++) {
        int k = leafOf[s];
        int y = (int) (start[k + 1] - start[k]) + seen[k]++;
        while (y << bitsOf[s] < states) {
          bitsOf[s]++;
        }
        nextOf[s] = (y << bitsOf[s]) - states;
      }
    }
  }

  /** The coder of a stream some distribution of which has several leaves. */
  private static final class Coder {
    private final ByteCursor in;
    private final List<Leaves> distributions;

    /** R of the document. */
    private final int r;

    private final List<States> states = new ArrayList<>();
    private int bit;
    private int current;

    Coder(ByteCursor in, List<Leaves> distributions, int r) {
      this.in = in;
      this.distributions = distributions;
      this.r = r;
      for (Leaves distribution : distributions) {
        states.add(distribution.count() == 0 ? null : new States(distribution, r));
      }
    }

    private long bits(int count) {
      long value = 0;
      for (int b = 0; b < count; b++, bit++) {
        if (bit % 8 == 0) {
          current = in.bytes(1)[0];
        }
        value |= (long) (current >> (bit % 8) & 1) << b;
      }
      return value;
    }

    /** Decodes leaves and the offsets' bits that stand beside; at most so many as it returns. */
    int decode(int[] contexts, int[] leaves, long[] offsets) {
      int[] state = new int[leaves.length < 4096 ? 1 : 4];
      for (int w = 0; w < state.length; w++) {
        state[w] = (int) bits(r);
      }
      for (int i = 0; i < leaves.length; i++) {
        int s = state[i % state.length];
        States own = states.get(contexts[i]);
        leaves[i] = own.leafOf[s];
        state[i % state.length] = own.nextOf[s] + (int) bits(own.bitsOf[s]);
        int level = distributions.get(contexts[i]).leaf(leaves[i]).level();
        offsets[i] = bits(Math.min(level, 28 - r));
      }
      while (bit % 8 != 0) {
        if (bits(1) != 0) {
          throw in.damaged("the last byte is not filled with zeros");
        }
      }
      for (int last : state) {
        if (last != 0) {
          throw in.damaged("a state is not what it was at first");
        }
      }
      return 28 - r;
    }
  }

  /** Reads offsets of so many bits each, which are all that is left of a stream. */
  static long[] rawBits(ByteCursor in, int[] levels) {
    long bits = 0;
    for (int level : levels) {
      bits += level;
    }
    if (in.remaining() != (bits + 7) / 8) {
      throw in.damaged("raw bits of the wrong length");
    }
    byte[] littleEndian = in.bytes(in.remaining());
    long[] offsets = new long[levels.length];
    long at = 0;
    for (int i = 0; i < levels.length; i++) {
      for (int b = 0; b < levels[i]; b++, at++) {
        offsets[i] |= (long) (littleEndian[(int) (at / 8)] >> (at % 8) & 1) << b;
      }
    }
    for (; at < 8L * littleEndian.length; at++) {
      if ((littleEndian[(int) (at / 8)] >> (at % 8) & 1) != 0) {
        throw in.damaged("the last byte is not filled with zeros");
      }
    }
    return offsets;
  }
}
