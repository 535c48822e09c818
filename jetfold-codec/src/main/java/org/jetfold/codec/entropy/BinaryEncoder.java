package org.jetfold.codec.entropy;

import java.util.Arrays;
import org.jetfold.codec.bytes.ByteWriter;

/**
 * The writing half of the binary coder (docs/format.md section 7.1): a range coder with carry
 * propagation, after Martin's range encoding (1979) and Schindler's carry-less-by-caching form. Not
 * thread-safe.
 */
final class BinaryEncoder {
  private final BinaryContexts contexts;
  private final ByteWriter out = new ByteWriter();
  private long low;
  private int range = -1;
  private int cached;
  private long pending;
  private boolean started;

  BinaryEncoder(BinaryContexts contexts) {
    this.contexts = contexts;
  }

  void bit(int context, int bit) {
    code(contexts.bound(context, range), bit);
    contexts.update(context, bit);
  }

  void flat(int bit) {
    code(range >>> 1, bit);
  }

  /** An unsigned 64-bit integer with the 65 contexts from {@code set} on. */
  void number(int set, long value) {
    // value + 1 wraps to 0 for the largest value, whose exponent is 64.
    long plusOne = value + 1;
    int exponent = plusOne == 0 ? 64 : 63 - Long.numberOfLeadingZeros(plusOne);
    for (int i = 0; i < exponent; i++) {
      bit(set + i, 1);
    }
    if (exponent < 64) {
      bit(set + exponent, 0);
      for (int i = exponent - 1; i >= 0; i--) {
        flat((int) (plusOne >>> i) & 1);
      }
    }
  }

  private void code(int bound, int bit) {
    if (bit == 0) {
      range = bound;
    } else {
      low += Integer.toUnsignedLong(bound);
      range -= bound;
    }
    while (Integer.compareUnsigned(range, 1 << 24) < 0) {
      range <<= 8;
      shiftLow();
    }
  }

  /** Moves the top byte of low out; a run of 0xFF waits, as a carry may still turn it over. */
  private void shiftLow() {
    if (low < 0xFF00_0000L || low > 0xFFFF_FFFFL) {
      int carry = (int) (low >>> 32);
      if (started) {
        out.u8(cached + carry);
      }
      started = true;
      for (; pending > 0; pending--) {
        out.u8(0xFF + carry);
      }
      cached = (int) (low >>> 24) & 0xFF;
    } else {
      pending++;
    }
    low = (low & 0x00FF_FFFFL) << 8;
  }

  /**
   * Ends the run: the fewest bytes that decode to the same bits, given that a decoder reads zeros
   * behind them.
   */
  byte[] finish() {
    // Of the numbers in [low, last], the one with the most trailing zero bits, so that trailing
    // zero bytes can go. Where the two first
    // differ, last has a 1: cutting last there stays above low.
    long last = low + Integer.toUnsignedLong(range) - 1;
    int differs = 63 - Long.numberOfLeadingZeros(low ^ last);
    boolean lowIsRound = (low & ((2L << differs) - 1)) == 0;
    low = lowIsRound ? low : last & (-1L << differs);
    for (int i = 0; i < 5; i++) {
      shiftLow();
    }
    int size = out.size();
    while (size > 0 && out.array()[size - 1] == 0) {
      size--;
    }
    return Arrays.copyOf(out.array(), size);
  }
}
