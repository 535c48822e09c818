package org.jetfold.root.ntuple;

import java.io.IOException;
import java.nio.ByteOrder;
import org.jetfold.root.ValueType;
import org.jetfold.root.shape.GrowingValues;

/** Turns the unpacked bytes of a page into values. */
final class PageDecoder {
  private static final ByteOrder LITTLE = ByteOrder.LITTLE_ENDIAN;

  private final PhysicalColumn column;

  PageDecoder(PhysicalColumn column) {
    this.column = column;
  }

  /** The size of a page of some elements, in bytes. */
  long pageBytes(long elements) {
    return (elements * column.bits() + 7) / 8;
  }

  /** Adds the elements from {@code from} to before {@code to} of a page of {@code elements}. */
  void decode(byte[] page, int elements, int from, int to, GrowingValues out) throws IOException {
    switch (column.type().kind()) {
      case BIT -> {
        for (int i = from; i < to; i++) {
          addLong(out, page[i >> 3] >> (i & 7) & 1);
        }
      }
      case UNSIGNED, SIGNED, REAL -> numbers(page, elements, from, to, out);
      case INDEX -> {
        for (long end : indexes(page, elements, from, to)) {
          addLong(out, end);
        }
      }
      case TRUNCATED -> {
        for (int i = from; i < to; i++) {
          out.add(Float.intBitsToFloat((int) bits(page, i) << (32 - column.bits())));
        }
      }
      case QUANTIZED -> {
        double step = (column.maximum() - column.minimum()) / ((1L << column.bits()) - 1);
        for (int i = from; i < to; i++) {
          out.add(bits(page, i) * step + column.minimum());
        }
      }
      case OTHER -> throw new IllegalStateException("no numbers: " + column.type());
    }
  }

  /**
   * The ends of a collection's lists: the elements from {@code from} to before {@code to} of a
   * page.
   */
  long[] indexes(byte[] page, int elements, int from, int to) {
    long[] out = new long[to - from];
    int width = column.bits() / 8;
    if (!column.type().isSplit()) {
      for (int i = from; i < to; i++) {
        out[i - from] = little(page, i * width, width);
      }
      return out;
    }
    long sum = 0;
    for (int i = 0; i < to; i++) {
      sum += split(page, elements, i, width);
      if (i >= from) {
        out[i - from] = width == 4 ? sum & 0xFFFFFFFFL : sum;
      }
    }
    return out;
  }

  private void numbers(byte[] page, int elements, int from, int to, GrowingValues out)
      throws IOException {
    int width = column.bits() / 8;
    byte[] bytes = page;
    int at = from * width;
    if (column.type().isSplit()) {
      bytes = unsplit(page, elements, from, to, width);
      at = 0;
    }
    int count = to - from;
    ValueType natural = natural();
    if (natural == out.type() || (natural != null && sameBits(natural, out.type()))) {
      out.add(bytes, at, count, LITTLE);
      return;
    }
    for (int i = 0; i < count; i++) {
      long raw = little(bytes, at + i * width, width);
      switch (column.type().kind()) {
        case REAL -> {
          switch (width) {
            case 2 -> out.add(Float.float16ToFloat((short) raw));
            case 4 -> out.add(Float.intBitsToFloat((int) raw));
            default -> out.add(Double.longBitsToDouble(raw));
          }
        }
        case SIGNED -> addLong(out, raw << (64 - column.bits()) >> (64 - column.bits()));
        default -> addLong(out, raw);
      }
    }
  }

  /** Elements in one piece; signed integers are taken out of their zigzag. */
  private byte[] unsplit(byte[] page, int elements, int from, int to, int width) {
    byte[] bytes = new byte[(to - from) * width];
    for (int b = 0; b < width; b++) {
      int source = b * elements + from;
      for (int i = b; i < bytes.length; i += width) {
        bytes[i] = page[source++];
      }
    }
    if (column.type().kind() == ColumnType.Kind.SIGNED) {
      for (int at = 0; at < bytes.length; at += width) {
        long zigzag = little(bytes, at, width);
        long value = zigzag >>> 1 ^ -(zigzag & 1);
        for (int b = 0; b < width; b++) {
          bytes[at + b] = (byte) (value >>> (8 * b));
        }
      }
    }
    return bytes;
  }

  private ValueType natural() {
    boolean signed = column.type().kind() == ColumnType.Kind.SIGNED;
    if (column.type().kind() == ColumnType.Kind.REAL) {
      return column.bits() == 64
          ? ValueType.FLOAT64
          : column.bits() == 32 ? ValueType.FLOAT32 : ValueType.INT16;
    }
    return switch (column.bits()) {
      case 8 -> signed ? ValueType.INT8 : ValueType.UINT8;
      case 16 -> signed ? ValueType.INT16 : ValueType.UINT16;
      case 32 -> signed ? ValueType.INT32 : ValueType.UINT32;
      default -> signed ? ValueType.INT64 : ValueType.UINT64;
    };
  }

  /** 64-bit integers are the same bits in a long, signed or not. */
  private static boolean sameBits(ValueType natural, ValueType asked) {
    return natural.bytes() == 8 && asked.bytes() == 8 && !natural.isFloat() && !asked.isFloat();
  }

  private static void addLong(GrowingValues out, long value) throws IOException {
    if (out.type() == ValueType.BOOL) {
      out.add(value == 0 ? 0L : 1L);
    } else if (out.type().isFloat()) {
      out.add((double) value);
    } else {
      out.add(value);
    }
  }

  private long bits(byte[] page, int index) {
    int width = column.bits();
    long bit = (long) index * width;
    int at = (int) (bit >> 3);
    int shift = (int) (bit & 7);
    long raw = 0;
    for (int b = 0; b < 5 && at + b < page.length; b++) {
      raw |= (page[at + b] & 0xFFL) << (8 * b);
    }
    return raw >>> shift & (1L << width) - 1;
  }

  private static long little(byte[] bytes, int at, int width) {
    long value = 0;
    for (int b = 0; b < width; b++) {
      value |= (bytes[at + b] & 0xFFL) << (8 * b);
    }
    return value;
  }

  private static long split(byte[] page, int elements, int index, int width) {
    long value = 0;
    for (int b = 0; b < width; b++) {
      value |= (page[b * elements + index] & 0xFFL) << (8 * b);
    }
    return value;
  }
}
