package org.jetfold.tables.arrays;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jetfold.codec.table.ValueType;
import org.jetfold.tables.rows.GrowingValues;

/**
 * How a file stores one number in bytes, and the column type that holds every such number exactly.
 * Immutable.
 */
public final class Element {
  private static final VarHandle SHORT_LE = view(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle SHORT_BE = view(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT_LE = view(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT_BE = view(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG_LE = view(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG_BE = view(long[].class, ByteOrder.BIG_ENDIAN);

  private final ValueType type;
  private final int bytes;
  private final boolean bigEndian;
  private final Decoder decoder;

  /** Takes a number out of its bits. */
  private interface Decoder {
    /** Puts {@code count} numbers into a column, from its row {@code start} on. */
    void decode(Element of, byte[] buffer, int from, int stride, GrowingValues to, int start);
  }

  private Element(ValueType type, int bytes, boolean bigEndian, Decoder decoder) {
    this.type = type;
    this.bytes = bytes;
    this.bigEndian = bigEndian;
    this.decoder = decoder;
  }

  private static VarHandle view(Class<?> array, ByteOrder order) {
    return MethodHandles.byteArrayViewVarHandle(array, order);
  }

  /**
   * Floats.
   *
   * @param layout one that has a column type
   * @param bytes at most eight
   */
  public static Element floats(FloatLayout layout, int bytes, boolean bigEndian) {
    ValueType type = layout.valueType();
    if (type == null) {
      throw new IllegalArgumentException("no column holds floats of " + layout);
    }
    Decoder decoder;
    if (layout.equals(FloatLayout.SINGLE)) {
      decoder =
          (of, buffer, from, stride, to, start) -> {
            float[] target = to.floats();
            for (int i = start, at = from; i < to.size(); i++, at += stride) {
              target[i] = Float.intBitsToFloat((int) of.bits(buffer, at));
            }
          };
    } else if (layout.equals(FloatLayout.DOUBLE)) {
      decoder =
          (of, buffer, from, stride, to, start) -> {
            double[] target = to.doubles();
            for (int i = start, at = from; i < to.size(); i++, at += stride) {
              target[i] = Double.longBitsToDouble(of.bits(buffer, at));
            }
          };
    } else if (type == ValueType.FLOAT32) {
      decoder =
          (of, buffer, from, stride, to, start) -> {
            float[] target = to.floats();
            for (int i = start, at = from; i < to.size(); i++, at += stride) {
              target[i] = layout.toFloat(of.bits(buffer, at));
            }
          };
    } else {
      decoder =
          (of, buffer, from, stride, to, start) -> {
            double[] target = to.doubles();
            for (int i = start, at = from; i < to.size(); i++, at += stride) {
              target[i] = layout.toDouble(of.bits(buffer, at));
            }
          };
    }
    return new Element(type, bytes, bigEndian, decoder);
  }

  /**
   * Integers of any width up to eight bytes.
   *
   * @param bitOffset the lowest bit that belongs to the integer
   * @param precision how many bits do
   */
  public static Element integers(
      boolean signed, int bytes, boolean bigEndian, int bitOffset, int precision) {
    if (bytes < 1
        || bytes > 8
        || precision < 1
        || bitOffset < 0
        || bitOffset + precision > 8 * bytes) {
      throw new IllegalArgumentException(
          "no integer has %d bits from bit %d of %d bytes".formatted(precision, bitOffset, bytes));
    }
    ValueType type =
        switch (bytes) {
          case 1 -> signed ? ValueType.INT8 : ValueType.UINT8;
          case 2 -> signed ? ValueType.INT16 : ValueType.UINT16;
          case 3, 4 -> signed ? ValueType.INT32 : ValueType.UINT32;
          default -> signed ? ValueType.INT64 : ValueType.UINT64;
        };
    int left = Long.SIZE - bitOffset - precision;
    int right = Long.SIZE - precision;
    return new Element(
        type,
        bytes,
        bigEndian,
        (of, buffer, from, stride, to, start) -> {
          long[] target = to.integers();
          for (int i = start, at = from; i < to.size(); i++, at += stride) {
            long bits = of.bits(buffer, at) << left;
            target[i] = signed ? bits >> right : bits >>> right;
          }
        });
  }

  /** Integers that take all their bytes. */
  public static Element integers(boolean signed, int bytes, boolean bigEndian) {
    return integers(signed, bytes, bigEndian, 0, 8 * bytes);
  }

  /**
   * Booleans: any number but 0 is true.
   *
   * @param bytes at most eight
   */
  public static Element booleans(int bytes) {
    return new Element(
        ValueType.BOOL,
        bytes,
        false,
        (of, buffer, from, stride, to, start) -> {
          long[] target = to.integers();
          for (int i = start, at = from; i < to.size(); i++, at += stride) {
            target[i] = of.bits(buffer, at) == 0 ? 0 : 1;
          }
        });
  }

  /** The column type that holds these numbers. */
  public ValueType type() {
    return type;
  }

  /** The bytes that a number takes. */
  public int bytes() {
    return bytes;
  }

  /**
   * Adds numbers to a column.
   *
   * @param from where the first number starts
   * @param stride bytes from one number to the next
   */
  public void decode(byte[] buffer, int from, int stride, int count, GrowingValues to) {
    int start = to.size();
    to.extend(count);
    decoder.decode(this, buffer, from, stride, to, start);
  }

  /** The bytes of a number as bits. */
  private long bits(byte[] buffer, int at) {
    return switch (bytes) {
      case 1 -> buffer[at] & 0xFF;
      case 2 -> (short) (bigEndian ? SHORT_BE : SHORT_LE).get(buffer, at) & 0xFFFF;
      case 4 -> (int) (bigEndian ? INT_BE : INT_LE).get(buffer, at) & 0xFFFF_FFFFL;
      case 8 -> (long) (bigEndian ? LONG_BE : LONG_LE).get(buffer, at);
      default -> {
        long bits = 0;
        for (int i = 0; i < bytes; i++) {
          bits = bits << 8 | (buffer[at + (bigEndian ? i : bytes - 1 - i)] & 0xFF);
        }
        yield bits;
      }
    };
  }
}
