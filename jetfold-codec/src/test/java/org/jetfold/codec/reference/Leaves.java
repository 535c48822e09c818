package org.jetfold.codec.reference;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** One distribution, sections 7.2 and 7.3. */
public final class Leaves {
  static final int MAX_LEAVES = 32768;
  static final long MAX_IN_FRAME = 1 << 24;

  /** A leaf: its first symbol, its level, its weight. */
  record Leaf(long first, int level, long weight) {}

  private final CodedBits coder;
  private final long offset;
  private final List<Leaf> leaves = new ArrayList<>();
  private int reference;
  private int grid;
  private boolean escape;

  private Leaves(CodedBits coder, long offset) {
    this.coder = coder;
    this.offset = offset;
  }

  /** The next distribution of a run. */
  static Leaves readOne(CodedBits coder, long offset) {
    return readRun(coder, offset, 1).getFirst();
  }

  /** So many distributions of one run of the coder. */
  static List<Leaves> readRun(byte[] bytes, long offset, int number) {
    return readRun(new CodedBits(bytes), offset, number);
  }

  private static List<Leaves> readRun(CodedBits coder, long offset, int number) {
    List<Leaves> all = new ArrayList<>();
    long together = 0;
    for (int i = 0; i < number; i++) {
      Leaves leaves = new Leaves(coder, offset);
      leaves.read();
      all.add(leaves);
      together += leaves.count();
      if (together > MAX_IN_FRAME) {
        throw leaves.damaged("a frame has too many leaves");
      }
    }
    return all;
  }

  private FileError damaged(String message) {
    return FileError.damaged(offset, message);
  }

  /** The column that it refers to, if any. */
  List<Integer> columns() {
    return reference < 2 ? List.of() : List.of(reference - 2);
  }

  private void read() {
    reference = number("REFERENCE", Integer.MAX_VALUE);
    int total = number("TOTAL", Integer.MAX_VALUE);
    if (total == 0) {
      return;
    }
    grid = number("GRID", 63);
    escape = coder.bit("ESCAPE") == 1;
    int escapeWeight = escape ? number("WEIGHT", Integer.MAX_VALUE - 1) + 1 : 0;
    int level = number("LEVEL", 64);
    BigInteger place = ByteCursor.unzigzag(coder.number("PLACE"));
    BigInteger base = level == 0 ? place : place.shiftLeft(level - 1);
    BigInteger last = base.add(BigInteger.ONE.shiftLeft(level)).subtract(BigInteger.ONE);
    if (base.bitLength() > 63 || last.bitLength() > 63) {
      throw damaged("an interval is not within 64 bits");
    }
    node(level, base, total, 0);
    if (escape) {
      add(0, 64, escapeWeight);
    }
  }

  private int number(String set, int most) {
    BigInteger value = coder.number(set);
    if (value.compareTo(BigInteger.valueOf(most)) > 0) {
      throw damaged("a " + set + " of " + value);
    }
    return value.intValueExact();
  }

  private void node(int level, BigInteger base, long n, int last) {
    int size = Math.min(63 - Long.numberOfLeadingZeros(n), 15);
    int shownLevel = Math.min(level, 11);
    String place = size + "," + shownLevel;
    if (level == 0 || coder.bit("LEAF" + place) == 1) {
      add(base.longValueExact(), level, n);
      return;
    }
    BigInteger upper = base.add(BigInteger.ONE.shiftLeft(level - 1));
    if (n > 1 && coder.bit("BOTH" + place) == 1) {
      BigInteger d = ByteCursor.unzigzag(coder.number("SPLIT"));
      if (d.abs().bitLength() > 31) {
        throw damaged("a split is out of range");
      }
      BigInteger root = BigInteger.valueOf(n).sqrt();
      BigInteger lower = BigInteger.valueOf(n / 2).add(d.multiply(root));
      long l = lower.max(BigInteger.ONE).min(BigInteger.valueOf(n - 1)).longValueExact();
      node(level - 1, base, l, 0);
      node(level - 1, upper, n - l, 0);
      return;
    }
    if (level > 1 && coder.bit("SINGLE" + last + "," + shownLevel) == 1) {
      add(base.add(coder.flat(level)).longValueExact(), 0, n);
      return;
    }
    int half = coder.bit("SIDE" + last + "," + shownLevel);
    node(level - 1, half == 0 ? base : upper, n, 1 + half);
  }

  private void add(long first, int level, long weight) {
    leaves.add(new Leaf(first, level, weight));
    if (leaves.size() > MAX_LEAVES) {
      throw damaged("a distribution has too many leaves");
    }
  }

  /** 2^p shared among the leaves: C_0, C_1, … of section 7.3. */
  long[] shares(int p) {
    int m = leaves.size();
    long[] shares = new long[m + 1];
    BigInteger before = BigInteger.ZERO;
    for (int k = 0; k <= m; k++) {
      BigInteger share = BigInteger.valueOf((1L << p) - m).multiply(before).divide(total());
      shares[k] = k + share.longValueExact();
      before = k < m ? before.add(BigInteger.valueOf(leaves.get(k).weight())) : before;
    }
    return shares;
  }

  private BigInteger total() {
    BigInteger total = BigInteger.ZERO;
    for (Leaf leaf : leaves) {
      total = total.add(BigInteger.valueOf(leaf.weight()));
    }
    return total;
  }

  /**
   * R of section 9.
   *
   * @param usual 12, and 11 in several contexts
   */
  int stateBits(int usual) {
    int forValues = Math.min(usual, total().subtract(BigInteger.ONE).bitLength());
    int forLeaves = 4 + BigInteger.valueOf(leaves.size() - 1L).bitLength();
    return Math.min(16, Math.max(forValues, forLeaves));
  }

  /** What the stream codes differences to. */
  int reference() {
    return reference;
  }

  /** How many low bits are left out. */
  int grid() {
    return grid;
  }

  /** Whether the last leaf is the escape. */
  boolean hasEscape() {
    return escape;
  }

  /** The number of leaves. */
  int count() {
    return leaves.size();
  }

  Leaf leaf(int k) {
    return leaves.get(k);
  }
}
