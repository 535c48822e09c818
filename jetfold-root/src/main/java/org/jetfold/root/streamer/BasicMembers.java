package org.jetfold.root.streamer;

import org.jetfold.root.RootFormatException;
import org.jetfold.root.source.ByteCursor;
import org.jspecify.annotations.Nullable;

/** Reads members of basic types as {@code Long} or {@code Double}, and arrays of them. */
final class BasicMembers {
  private BasicMembers() {}

  /** One value; null where it is passed over. */
  static @Nullable Object read(ByteCursor in, int type, PackedRange range)
      throws RootFormatException {
    return switch (type) {
      case ElementType.FLOAT -> (double) in.f4();
      case ElementType.DOUBLE -> in.f8();
      case ElementType.DOUBLE32, ElementType.FLOAT16 -> packed(in, type, range);
      case ElementType.CHAR_STAR -> null;
      default -> integer(in, type);
    };
  }

  private static @Nullable Object packed(ByteCursor in, int type, PackedRange range)
      throws RootFormatException {
    if (range.factor() != 0) {
      return in.u4() / range.factor() + range.minimum();
    }
    if (type == ElementType.DOUBLE32 && range.bits() == 0) {
      return (double) in.f4();
    }
    in.skip(3); // exponent and mantissa: no member that a reader needs is packed so
    return null;
  }

  private static long integer(ByteCursor in, int type) throws RootFormatException {
    return switch (type) {
      case ElementType.CHAR, ElementType.LEGACY_CHAR -> (byte) in.u1();
      case ElementType.UNSIGNED_CHAR, ElementType.BOOL -> in.u1();
      case ElementType.SHORT -> in.i2();
      case ElementType.UNSIGNED_SHORT -> in.u2();
      case ElementType.INT, ElementType.COUNTER -> in.i4();
      case ElementType.UNSIGNED_INT, ElementType.BITS -> in.u4();
      default -> in.i8();
    };
  }

  private static int size(int type) {
    return switch (type) {
      case ElementType.CHAR, ElementType.LEGACY_CHAR, ElementType.UNSIGNED_CHAR, ElementType.BOOL ->
          1;
      case ElementType.SHORT, ElementType.UNSIGNED_SHORT -> 2;
      case ElementType.FLOAT16 -> 3;
      case ElementType.INT,
          ElementType.COUNTER,
          ElementType.UNSIGNED_INT,
          ElementType.BITS,
          ElementType.FLOAT,
          ElementType.DOUBLE32 ->
          4;
      default -> 8;
    };
  }

  /** An array of integers as {@code long[]}; one of floats is passed over. */
  static @Nullable Object array(ByteCursor in, int type, long count) throws RootFormatException {
    int from = in.take(count, size(type));
    if (type == ElementType.FLOAT
        || type == ElementType.DOUBLE
        || type == ElementType.DOUBLE32
        || type == ElementType.FLOAT16) {
      return null;
    }
    ByteCursor part = in.part(from, in.position());
    long[] values = new long[(int) count];
    for (int i = 0; i < values.length; i++) {
      values[i] = integer(part, type);
    }
    return values;
  }
}
