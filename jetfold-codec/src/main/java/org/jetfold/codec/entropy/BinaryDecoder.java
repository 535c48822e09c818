package org.jetfold.codec.entropy;

/**
 * The reading half of the binary coder (docs/format.md section 7.1). Never fails: behind the end it
 * reads zeros. Not thread-safe.
 */
final class BinaryDecoder {
  private final BinaryContexts contexts;
  private final byte[] bytes;
  private final int end;
  private int position;
  private int range = -1;
  private int code;

  BinaryDecoder(BinaryContexts contexts, byte[] bytes, int from, int length) {
    this.contexts = contexts;
    this.bytes = bytes;
    this.position = from;
    this.end = from + length;
    for (int i = 0; i < 4; i++) {
      code = code << 8 | next();
    }
  }

  private int next() {
    return position < end ? bytes[position++] & 0xFF : 0;
  }

  int bit(int context) {
    int bit = decode(contexts.bound(context, range));
    contexts.update(context, bit);
    return bit;
  }

  int flat() {
    return decode(range >>> 1);
  }

  /** An unsigned 64-bit integer with the 65 contexts from {@code set} on. */
  long number(int set) {
    int exponent = 0;
    while (exponent < 64 && bit(set + exponent) == 1) {
      exponent++;
    }
    if (exponent == 64) {
      return -1;
    }
    long plusOne = 1;
    for (int i = 0; i < exponent; i++) {
      plusOne = plusOne << 1 | flat();
    }
    return plusOne - 1;
  }

  private int decode(int bound) {
    int bit;
    if (Integer.compareUnsigned(code, bound) < 0) {
      range = bound;
      bit = 0;
    } else {
      code -= bound;
      range -= bound;
      bit = 1;
    }
    while (Integer.compareUnsigned(range, 1 << 24) < 0) {
      range <<= 8;
      code = code << 8 | next();
    }
    return bit;
  }
}
