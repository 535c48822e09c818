package org.jetfold.codec.reference;

import java.math.BigInteger;

/** Section 9: a stream's symbols from its bytes. */
final class SymbolStream {
  private SymbolStream() {}

  /** Decodes a stream; {@code column} holds the symbols of the column that it may refer to. */
  static long[] decode(ByteCursor in, Leaves distribution, int n, long[] column) {
    if (n == 0) {
      in.expectEnd();
      return new long[0];
    }
    if (distribution.count() == 0) {
      throw in.damaged("symbols without a distribution");
    }
    int[] leaves = new int[n];
    long[] offsets = new long[n];
    int beside =
        distribution.count() == 1 ? 0 : new Coder(in, distribution).decode(leaves, offsets);
    int[] behind = new int[n];
    for (int i = 0; i < n; i++) {
      behind[i] = Math.max(0, distribution.leaf(leaves[i]).level() - beside);
    }
    long[] above = rawBits(in, behind);
    long[] q = new long[n];
    long[] symbols = new long[n];
    for (int i = 0; i < n; i++) {
      q[i] = distribution.leaf(leaves[i]).first() + offsets[i] + (above[i] << beside);
      switch (distribution.reference()) {
        case 0 -> {}
        case 1 -> q[i] += i == 0 ? 0 : q[i - 1];
        default -> q[i] += column[i] >> distribution.grid();
      }
      symbols[i] = onGrid(q[i], distribution.grid(), in);
    }
    return symbols;
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

  /** The coder of a stream with several leaves. */
  private static final class Coder {
    private final ByteCursor in;
    private final Leaves distribution;

    /** R of the document. */
    private final int r;

    private final int[] leafOf;
    private final int[] bitsOf;
    private final int[] nextOf;
    private int bit;
    private int current;

    Coder(ByteCursor in, Leaves distribution) {
      this.in = in;
      this.distribution = distribution;
      r = distribution.stateBits();
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
    int decode(int[] leaves, long[] offsets) {
      int[] state = new int[leaves.length < 4096 ? 1 : 4];
      for (int w = 0; w < state.length; w++) {
        state[w] = (int) bits(r);
      }
      for (int i = 0; i < leaves.length; i++) {
        int s = state[i % state.length];
        leaves[i] = leafOf[s];
        state[i % state.length] = nextOf[s] + (int) bits(bitsOf[s]);
        offsets[i] = bits(Math.min(distribution.leaf(leaves[i]).level(), 28 - r));
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
