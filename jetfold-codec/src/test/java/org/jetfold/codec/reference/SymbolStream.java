package org.jetfold.codec.reference;

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
    long[] symbols = withRawBits(in, distribution, leaves);
    for (int i = 0; i < n; i++) {
      switch (distribution.reference()) {
        case 0 -> {}
        case 1 -> symbols[i] += i == 0 ? 0 : symbols[i - 1];
        default -> symbols[i] += column[i];
      }
    }
    return symbols;
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

  private static long[] withRawBits(ByteCursor in, Leaves distribution, int[] leaves) {
    long bits = 0;
    for (int k : leaves) {
      bits += distribution.leaf(k).level();
    }
    if (in.remaining() != (bits + 7) / 8) {
      throw in.damaged("raw bits of the wrong length");
    }
    byte[] littleEndian = in.bytes(in.remaining());
    long[] symbols = new long[leaves.length];
    long at = 0;
    for (int i = 0; i < leaves.length; i++) {
      Leaves.Leaf leaf = distribution.leaf(leaves[i]);
      long offset = 0;
      for (int b = 0; b < leaf.level(); b++, at++) {
        offset |= (long) (littleEndian[(int) (at / 8)] >> (at % 8) & 1) << b;
      }
      symbols[i] = leaf.first() + offset;
    }
    for (; at < 8L * littleEndian.length; at++) {
      if ((littleEndian[(int) (at / 8)] >> (at % 8) & 1) != 0) {
        throw in.damaged("the last byte is not filled with zeros");
      }
    }
    return symbols;
  }
}
