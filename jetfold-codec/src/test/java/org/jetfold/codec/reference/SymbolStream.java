package org.jetfold.codec.reference;

import java.math.BigInteger;

/** Section 9: a stream's symbols from its bytes. */
final class SymbolStream {
  private static final long LOWEST = 1L << 31;

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
    int[] leaves = distribution.count() == 1 ? new int[n] : coded(in, distribution, n);
    int[] levels = new int[n];
    for (int i = 0; i < n; i++) {
      levels[i] = distribution.leaf(leaves[i]).level();
    }
    long[] q = rawBits(in, levels);
    long[] symbols = new long[n];
    for (int i = 0; i < n; i++) {
      q[i] += distribution.leaf(leaves[i]).first();
      switch (distribution.reference()) {
        case 0 -> {}
        case 1 -> q[i] += i == 0 ? 0 : q[i - 1];
        default -> q[i] += column[i] >> distribution.grid();
      }
      symbols[i] = onGrid(q[i], distribution.grid(), in);
    }
    return symbols;
  }

  private static long onGrid(long q, int grid, ByteCursor in) {
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

  private static int[] coded(ByteCursor in, Leaves distribution, int n) {
    long[] states = new long[n < 4096 ? 1 : 4];
    for (int w = 0; w < states.length; w++) {
      states[w] = in.u64();
      if (states[w] < LOWEST) {
        throw in.damaged("a state is out of range");
      }
    }
    int[] leaves = new int[n];
    for (int i = 0; i < n; i++) {
      long x = states[i % states.length];
      int slot = (int) (x % 65536);
      int k = distribution.leafOf(slot);
      long frequency = (long) distribution.cumulative(k + 1) - distribution.cumulative(k);
      x = frequency * (x >>> 16) + slot - distribution.cumulative(k);
      if (x < LOWEST) {
        x = x << 32 | in.u32();
      }
      states[i % states.length] = x;
      leaves[i] = k;
    }
    for (long state : states) {
      if (state != LOWEST) {
        throw in.damaged("a state is not what it was at first");
      }
    }
    return leaves;
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
