package org.jetfold.codec.entropy;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jetfold.codec.bytes.ByteReader;

/**
 * The reading half of the entropy coder (docs/format.md section 9). Immutable and safe to share.
 */
final class RansDecoder {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int PRECISION = Distribution.PRECISION;
  private static final int SLOTS = (1 << PRECISION) - 1;

  private static final int FREQUENCY_AT = 16;
  private static final int FREQUENCY = (1 << 17) - 1;
  private static final int LAST_AT = 33;

  /**
   * Slots are looked up in groups of 16, and from the group's first leaf on, one by one: a table
   * that stays in the nearest cache.
   */
  private static final int GROUP = 4;

  /** For each leaf, from the lowest bit up: its first slot, its frequency, its last slot. */
  private final long[] slots;

  private final char[] firstLeaf = new char[1 << (PRECISION - GROUP)];

  RansDecoder(Distribution distribution) {
    slots = new long[distribution.leaves()];
    for (int k = 0; k < slots.length; k++) {
      long start = distribution.cumulative(k);
      long end = distribution.cumulative(k + 1);
      slots[k] = start | (end - start) << FREQUENCY_AT | (end - 1) << LAST_AT;
    }
    int leaf = 0;
    for (int group = 0; distribution.leaves() > 0 && group < firstLeaf.length; group++) {
      while (slots[leaf] >>> LAST_AT < (long) group << GROUP) {
        leaf++;
      }
      firstLeaf[group] = (char) leaf;
    }
  }

  /** Decodes {@code count} leaves and leaves the reader behind the coder's last word. */
  void decode(ByteReader in, char[] leaves, int count) {
    int width = RansEncoder.states(count);
    long[] x = new long[width];
    for (int lane = 0; lane < width; lane++) {
      x[lane] = in.u64();
      if (x[lane] < RansEncoder.LOWEST_STATE) {
        throw in.malformed("a coder's state is out of range");
      }
    }
    byte[] bytes = in.array();
    int start = in.position();
    int end = start + in.remaining();
    int at = start;
    int i = 0;
    if (width == 4) {
      long x0 = x[0];
      long x1 = x[1];
      long x2 = x[2];
      long x3 = x[3];
      // Four symbols take at most four words; nearer to the end each word is looked at. Whether a
      // state
      // is low is a matter of chance, which a branch would predict wrong too often.
      for (; i < count - 3; i += 4) {
        if (end - at < 16) {
          break;
        }
        int slot0 = (int) x0 & SLOTS;
        int slot1 = (int) x1 & SLOTS;
        int slot2 = (int) x2 & SLOTS;
        int slot3 = (int) x3 & SLOTS;
        int k0 = leafOf(slot0);
        int k1 = leafOf(slot1);
        int k2 = leafOf(slot2);
        int k3 = leafOf(slot3);
        leaves[i] = (char) k0;
        leaves[i + 1] = (char) k1;
        leaves[i + 2] = (char) k2;
        leaves[i + 3] = (char) k3;
        x0 = popped(x0, slot0, k0);
        x1 = popped(x1, slot1, k1);
        x2 = popped(x2, slot2, k2);
        x3 = popped(x3, slot3, k3);
        int low0 = low(x0);
        x0 = x0 << (low0 << 5) | (word(bytes, at) & -(long) low0);
        at += low0 << 2;
        int low1 = low(x1);
        x1 = x1 << (low1 << 5) | (word(bytes, at) & -(long) low1);
        at += low1 << 2;
        int low2 = low(x2);
        x2 = x2 << (low2 << 5) | (word(bytes, at) & -(long) low2);
        at += low2 << 2;
        int low3 = low(x3);
        x3 = x3 << (low3 << 5) | (word(bytes, at) & -(long) low3);
        at += low3 << 2;
      }
      x[0] = x0;
      x[1] = x1;
      x[2] = x2;
      x[3] = x3;
    }
    for (; i < count; i++) {
      int lane = i % width;
      int slot = (int) x[lane] & SLOTS;
      int k = leafOf(slot);
      leaves[i] = (char) k;
      x[lane] = popped(x[lane], slot, k);
      if (x[lane] < RansEncoder.LOWEST_STATE) {
        if (end - at < 4) {
          in.skip(at - start);
          throw in.malformed("a coder's words end early");
        }
        x[lane] = x[lane] << 32 | word(bytes, at);
        at += 4;
      }
    }
    in.skip(at - start);
    for (long state : x) {
      if (state != RansEncoder.LOWEST_STATE) {
        throw in.malformed("a coder does not end where it began");
      }
    }
  }

  /** 1 where a state needs another word, else 0. */
  private static int low(long x) {
    return (int) ((x - RansEncoder.LOWEST_STATE) >>> 63);
  }

  private static long word(byte[] bytes, int at) {
    return Integer.toUnsignedLong((int) INT.get(bytes, at));
  }

  private int leafOf(int slot) {
    int k = firstLeaf[slot >>> GROUP];
    while ((int) (slots[k] >>> LAST_AT) < slot) {
      k++;
    }
    return k;
  }

  private long popped(long x, int slot, int k) {
    long leaf = slots[k];
    return (leaf >>> FREQUENCY_AT & FREQUENCY) * (x >>> PRECISION) + slot - (leaf & SLOTS);
  }
}
