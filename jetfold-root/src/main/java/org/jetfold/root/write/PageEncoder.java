package org.jetfold.root.write;

import org.jetfold.root.ColumnValues;
import org.jetfold.root.ValueType;

/** Turns values into the bytes of pages. */
final class PageEncoder {
  private PageEncoder() {}

  /** The places of floats on a grid, packed bit by bit, the lowest first. */
  static byte[] places(ColumnValues values, FloatGrid grid, int from, int to) {
    float[] floats = ((ColumnValues.Floats) values).values();
    byte[] page = new byte[(int) (((long) (to - from) * grid.bits() + 7) / 8)];
    long waiting = 0;
    int bits = 0;
    int at = 0;
    for (int i = from; i < to; i++) {
      waiting |= (long) grid.place(floats[i]) << bits;
      for (bits += grid.bits(); bits >= 8; bits -= 8) {
        page[at++] = (byte) waiting;
        waiting >>>= 8;
      }
    }
    if (bits > 0) {
      page[at] = (byte) waiting;
    }
    return page;
  }

  /** The values from {@code from} to before {@code to}. */
  static byte[] numbers(ColumnValues values, ValueType type, int from, int to) {
    int count = to - from;
    if (type == ValueType.BOOL) {
      long[] bits = ((ColumnValues.Integers) values).values();
      byte[] page = new byte[(count + 7) / 8];
      for (int i = 0; i < count; i++) {
        page[i >> 3] |= (byte) ((bits[from + i] == 0 ? 0 : 1) << (i & 7));
      }
      return page;
    }
    boolean zigzag = type == ValueType.INT16 || type == ValueType.INT32 || type == ValueType.INT64;
    int width = type.bytes();
    byte[] page = new byte[Math.multiplyExact(count, width)];
    for (int i = 0; i < count; i++) {
      long bits =
          switch (values) {
            case ColumnValues.Floats(float[] floats) -> Float.floatToRawIntBits(floats[from + i]);
            case ColumnValues.Doubles(double[] doubles) ->
                Double.doubleToRawLongBits(doubles[from + i]);
            case ColumnValues.Integers(long[] integers) -> integers[from + i];
          };
      if (zigzag) {
        bits = (bits << 1) ^ (bits >> 63);
      }
      split(page, count, i, width, bits);
    }
    return page;
  }

  /**
   * The ends of lists, from offsets that begin with 0: those of the lists from {@code from} to
   * before {@code to}.
   */
  static byte[] indexes(int[] offsets, int from, int to) {
    int count = to - from;
    byte[] page = new byte[Math.multiplyExact(count, 8)];
    long before = 0;
    for (int i = 0; i < count; i++) {
      long end = offsets[from + i + 1];
      split(page, count, i, 8, end - before);
      before = end;
    }
    return page;
  }

  private static void split(byte[] page, int count, int index, int width, long bits) {
    for (int b = 0; b < width; b++) {
      page[b * count + index] = (byte) (bits >>> (8 * b));
    }
  }
}
