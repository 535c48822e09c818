package org.jetfold.tables.numpy;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jetfold.codec.table.ValueType;
import org.jetfold.tables.rows.GrowingValues;
import org.jspecify.annotations.Nullable;

/**
 * The type of an array's elements as NumPy writes it: {@code <f4} is a little-endian float of four
 * bytes.
 *
 * @param kind NumPy's letter: {@code f} float, {@code i} integer, {@code u} unsigned, {@code b}
 *     boolean, {@code U} and {@code S} text, {@code O} pickled objects, …
 * @param bytes bytes an element takes
 * @param bigEndian the byte order
 */
record ElementType(char kind, int bytes, boolean bigEndian) {
  private static final Pattern TEXT =
      Pattern.compile("([<>|=]?)([a-zA-Z?])([0-9]{0,7})(\\[[^]]*])?");

  private static final VarHandle SHORT_LE = view(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle SHORT_BE = view(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT_LE = view(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT_BE = view(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG_LE = view(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG_BE = view(long[].class, ByteOrder.BIG_ENDIAN);

  private static VarHandle view(Class<?> array, ByteOrder order) {
    return MethodHandles.byteArrayViewVarHandle(array, order);
  }

  /**
   * The type that a text such as {@code <f4} names.
   *
   * @throws IllegalArgumentException where it names none
   */
  static ElementType parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("'" + text + "' is no element type");
    }
    char kind = parts.group(2).charAt(0);
    int count =
        parts.group(3).isEmpty()
            ? (kind == 'O' ? 8 : kind == '?' ? 1 : 0)
            : Integer.parseInt(parts.group(3));
    return new ElementType(
        kind == '?' ? 'b' : kind, kind == 'U' ? 4 * count : count, parts.group(1).equals(">"));
  }

  /** The column type that holds these elements; null where none does. */
  @Nullable ValueType valueType() {
    return switch (kind) {
      case 'f' ->
          bytes == 2 || bytes == 4 ? ValueType.FLOAT32 : bytes == 8 ? ValueType.FLOAT64 : null;
      case 'i' ->
          switch (bytes) {
            case 1 -> ValueType.INT8;
            case 2 -> ValueType.INT16;
            case 4 -> ValueType.INT32;
            case 8 -> ValueType.INT64;
            default -> null;
          };
      case 'u' ->
          switch (bytes) {
            case 1 -> ValueType.UINT8;
            case 2 -> ValueType.UINT16;
            case 4 -> ValueType.UINT32;
            case 8 -> ValueType.UINT64;
            default -> null;
          };
      case 'b' -> bytes == 1 ? ValueType.BOOL : null;
      default -> null;
    };
  }

  /** Whether the elements are text of a fixed length. */
  boolean isText() {
    return kind == 'U' || kind == 'S';
  }

  /** Whether the elements are pickled Python objects. */
  boolean isPickled() {
    return kind == 'O';
  }

  /** What such elements are, for the user. */
  String description() {
    return switch (kind) {
      case 'U', 'S', 'T' -> "text";
      case 'O' -> "pickled Python objects";
      case 'M', 'm' -> "dates or times";
      case 'c' -> "complex numbers";
      case 'V' -> "raw bytes";
      default -> "numbers of type %s%d".formatted(kind, bytes);
    };
  }

  /**
   * Adds elements to a column. Half-precision floats are widened, a NaN's payload moving to the top
   * of the longer one.
   *
   * @param from where the first element starts
   * @param stride bytes from one element to the next
   */
  void decode(byte[] buffer, int from, int stride, int count, GrowingValues to) {
    int start = to.size();
    to.extend(count);
    switch (kind) {
      case 'f' -> decodeFloats(buffer, from, stride, count, to, start);
      case 'b' -> {
        long[] target = to.integers();
        for (int i = 0; i < count; i++) {
          target[start + i] = buffer[from + i * stride] == 0 ? 0 : 1;
        }
      }
      default -> decodeIntegers(buffer, from, stride, count, to.integers(), start);
    }
  }

  private void decodeFloats(
      byte[] buffer, int from, int stride, int count, GrowingValues to, int start) {
    switch (bytes) {
      case 2 -> {
        VarHandle view = bigEndian ? SHORT_BE : SHORT_LE;
        float[] target = to.floats();
        for (int i = 0; i < count; i++) {
          target[start + i] = widened((short) view.get(buffer, from + i * stride));
        }
      }
      case 4 -> {
        VarHandle view = bigEndian ? INT_BE : INT_LE;
        float[] target = to.floats();
        for (int i = 0; i < count; i++) {
          target[start + i] = Float.intBitsToFloat((int) view.get(buffer, from + i * stride));
        }
      }
      default -> {
        VarHandle view = bigEndian ? LONG_BE : LONG_LE;
        double[] target = to.doubles();
        for (int i = 0; i < count; i++) {
          target[start + i] = Double.longBitsToDouble((long) view.get(buffer, from + i * stride));
        }
      }
    }
  }

  /**
   * Float.float16ToFloat quiets signalling NaNs where the hardware does; a bit pattern must come
   * through.
   */
  private static float widened(short half) {
    boolean nan = (half & 0x7C00) == 0x7C00 && (half & 0x3FF) != 0;
    return nan
        ? Float.intBitsToFloat((half & 0x8000) << 16 | 0x7F80_0000 | (half & 0x3FF) << 13)
        : Float.float16ToFloat(half);
  }

  private void decodeIntegers(
      byte[] buffer, int from, int stride, int count, long[] target, int start) {
    boolean signed = kind == 'i';
    switch (bytes) {
      case 1 -> {
        for (int i = 0; i < count; i++) {
          byte value = buffer[from + i * stride];
          target[start + i] = signed ? value : value & 0xFF;
        }
      }
      case 2 -> {
        VarHandle view = bigEndian ? SHORT_BE : SHORT_LE;
        for (int i = 0; i < count; i++) {
          short value = (short) view.get(buffer, from + i * stride);
          target[start + i] = signed ? value : value & 0xFFFF;
        }
      }
      case 4 -> {
        VarHandle view = bigEndian ? INT_BE : INT_LE;
        for (int i = 0; i < count; i++) {
          int value = (int) view.get(buffer, from + i * stride);
          target[start + i] = signed ? value : value & 0xFFFF_FFFFL;
        }
      }
      default -> {
        VarHandle view = bigEndian ? LONG_BE : LONG_LE;
        for (int i = 0; i < count; i++) {
          target[start + i] = (long) view.get(buffer, from + i * stride);
        }
      }
    }
  }

  /** The type that a column is written as: little-endian. */
  static ElementType of(ValueType type) {
    char kind =
        switch (type) {
          case FLOAT32, FLOAT64 -> 'f';
          case INT8, INT16, INT32, INT64 -> 'i';
          case UINT8, UINT16, UINT32, UINT64 -> 'u';
          case BOOL -> 'b';
        };
    return new ElementType(kind, type.bytes(), false);
  }

  /** NumPy's text for this type. */
  String text() {
    String order = (bytes == 1 && kind != 'U') || kind == 'S' ? "|" : bigEndian ? ">" : "<";
    return order + kind + (kind == 'U' ? bytes / 4 : bytes);
  }
}
