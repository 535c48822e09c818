package org.jetfold.codec.reference;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;

/** The binary coder of section 7.1, reading. Contexts are called by name. */
final class CodedBits {
  private static final long ALL = 0xFFFF_FFFFL;

  private final byte[] head;
  private final Map<String, int[]> contexts = new HashMap<>();
  private int at;
  private long range = ALL;
  private long code;

  CodedBits(byte[] head) {
    this.head = head;
    for (int i = 0; i < 4; i++) {
      code = code << 8 | next();
    }
  }

  private int next() {
    return at < head.length ? head[at++] & 0xFF : 0;
  }

  private int decide(long bound) {
    int bit = code < bound ? 0 : 1;
    if (bit == 0) {
      range = bound;
    } else {
      code -= bound;
      range -= bound;
    }
    while (range < 1 << 24) {
      range = range << 8 & ALL;
      code = (code << 8 | next()) & ALL;
    }
    return bit;
  }

  int bit(String context) {
    int[] pn = contexts.computeIfAbsent(context, fresh -> new int[] {32768, 0});
    int bit = decide((range >>> 12) * (pn[0] >>> 4));
    int divisor = pn[1] + 2;
    pn[0] += bit == 0 ? (65536 - pn[0]) / divisor : -(pn[0] / divisor);
    pn[0] = Math.max(64, Math.min(65472, pn[0]));
    pn[1] = Math.min(pn[1] + 1, 30);
    return bit;
  }

  private int flat() {
    return decide(range >>> 1);
  }

  BigInteger number(String set) {
    int k = 0;
    while (k < 64 && bit(set + k) == 1) {
      k++;
    }
    BigInteger rest = BigInteger.ZERO;
    for (int i = 0; i < k && k < 64; i++) {
      rest = rest.shiftLeft(1).add(BigInteger.valueOf(flat()));
    }
    return BigInteger.ONE.shiftLeft(k).add(rest).subtract(BigInteger.ONE);
  }
}
