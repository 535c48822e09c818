package org.jetfold.codec.reference;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads the fields of section 1, byte by byte. */
final class ByteCursor {
  private static final BigInteger TOO_LARGE = BigInteger.ONE.shiftLeft(64);

  private final byte[] file;
  private final int end;
  private int at;

  /** Reads the bytes of a file from {@code from} to before {@code end}. */
  ByteCursor(byte[] file, long from, long end) {
    this.file = file;
    if (from < 0 || from > end || end > file.length) {
      throw FileError.damaged(file.length, "the file ends early");
    }
    this.at = (int) from;
    this.end = (int) end;
  }

  int offset() {
    return at;
  }

  int remaining() {
    return end - at;
  }

  FileError damaged(String message) {
    return FileError.damaged(at, message);
  }

  int u8() {
    if (at >= end) {
      throw damaged("bytes are missing");
    }
    return file[at++] & 0xFF;
  }

  private long littleEndian(int bytes) {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (long) u8() << (8 * i);
    }
    return value;
  }

  /** An unsigned 32-bit integer. */
  long u32() {
    return littleEndian(4);
  }

  /** The bits of an unsigned 64-bit integer. */
  long u64() {
    return littleEndian(8);
  }

  float f32() {
    return Float.intBitsToFloat((int) littleEndian(4));
  }

  double f64() {
    return Double.longBitsToDouble(u64());
  }

  BigInteger bigVarint() {
    BigInteger value = BigInteger.ZERO;
    for (int i = 0; ; i++) {
      int next = u8();
      value = value.add(BigInteger.valueOf(next & 0x7F).shiftLeft(7 * i));
      if (value.compareTo(TOO_LARGE) >= 0 || i == 10) {
        throw damaged("a varint is too large");
      }
      if (next < 0x80) {
        if (next == 0 && i > 0) {
          throw damaged("a varint has a superfluous byte");
        }
        return value;
      }
    }
  }

  /** A varint of at most {@code most}. */
  long varint(long most) {
    BigInteger value = bigVarint();
    if (value.compareTo(BigInteger.valueOf(most)) > 0) {
      throw damaged(value + " is more than " + most);
    }
    return value.longValueExact();
  }

  /** Signed 64 bits. */
  long zigzag() {
    return unzigzag(bigVarint()).longValueExact();
  }

  /** The number whose zigzag form is {@code value}. */
  static BigInteger unzigzag(BigInteger value) {
    BigInteger half = value.shiftRight(1);
    return value.testBit(0) ? half.not() : half;
  }

  String string() {
    byte[] utf8 = bytes(varint(Integer.MAX_VALUE));
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw damaged("a string is not UTF-8");
    }
  }

  /** The next bytes, with a cursor of their own. */
  ByteCursor part(long length) {
    long from = offset();
    return new ByteCursor(file, from, from + bytes(length).length);
  }

  byte[] bytes(long length) {
    if (length > remaining()) {
      throw damaged("bytes are missing");
    }
    byte[] copy = Arrays.copyOfRange(file, at, at + (int) length);
    at += (int) length;
    return copy;
  }

  void expectEnd() {
    if (at != end) {
      throw damaged("bytes are left over");
    }
  }
}
