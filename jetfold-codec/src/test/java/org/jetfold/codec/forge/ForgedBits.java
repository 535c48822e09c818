package org.jetfold.codec.forge;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The binary coder of section 7.1, writing. Contexts are called by name. */
public final class ForgedBits {
  private final List<Integer> out = new ArrayList<>();
  private final Map<String, int[]> contexts = new HashMap<>();
  private long low;
  private long range = 0xFFFF_FFFFL;

  private void decide(long bound, int bit) {
    if (bit == 0) {
      range = bound;
    } else {
      low += bound;
      range -= bound;
      carry();
    }
    while (range < 1 << 24) {
      out.add((int) (low >>> 24));
      low = low << 8 & 0xFFFF_FFFFL;
      range = range << 8 & 0xFFFF_FFFFL;
    }
  }

  private void carry() {
    if (low > 0xFFFF_FFFFL) {
      low &= 0xFFFF_FFFFL;
      int at = out.size() - 1;
      while (out.get(at) == 0xFF) {
        out.set(at--, 0);
      }
      out.set(at, out.get(at) + 1);
    }
  }

  public void bit(String context, int bit) {
    int[] pn = contexts.computeIfAbsent(context, fresh -> new int[] {32768, 0});
    decide((range >>> 12) * (pn[0] >>> 4), bit);
    int divisor = pn[1] + 2;
    pn[0] += bit == 0 ? (65536 - pn[0]) / divisor : -(pn[0] / divisor);
    pn[0] = Math.max(64, Math.min(65472, pn[0]));
    pn[1] = Math.min(pn[1] + 1, 30);
  }

  /** An unsigned number below 2^64. */
  public void number(String set, BigInteger value) {
    BigInteger plusOne = value.add(BigInteger.ONE);
    int k = plusOne.bitLength() - 1;
    for (int i = 0; i < k; i++) {
      bit(set + i, 1);
    }
    if (k == 64) {
      return;
    }
    bit(set + k, 0);
    for (int i = k - 1; i >= 0; i--) {
      decide(range >>> 1, plusOne.testBit(i) ? 1 : 0);
    }
  }

  public void number(String set, long value) {
    number(set, BigInteger.valueOf(value));
  }

  /** A signed 64-bit number. */
  public void signed(String set, long value) {
    number(set, new BigInteger(Long.toUnsignedString((value << 1) ^ (value >> 63))));
  }

  /** All bytes; the last four are the lower end of what is left, which need not be the shortest. */
  public byte[] finish() {
    ForgedBytes bytes = new ForgedBytes();
    out.forEach(bytes::u8);
    for (int i = 24; i >= 0; i -= 8) {
      bytes.u8((int) (low >>> i));
    }
    return bytes.bytes();
  }
}
