package org.jetfold.codec.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads the field types of docs/format.md section 1 from a range of an array. Not thread-safe.
 *
 * <p>Every method throws {@link MalformedBytesException} where the bytes end early or are not
 * canonical; its offset is counted from the file's start when the reader was told where its bytes
 * come from.
 */
public final class ByteReader {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] bytes;
  private final int start;
  private final int end;
  private final long fileOffset;
  private int position;

  /**
   * Reads {@code length} bytes of an array.
   *
   * @param fileOffset where the first of them stands in its file, for messages
   */
  public ByteReader(byte[] bytes, int from, int length, long fileOffset) {
    this.bytes = bytes;
    this.start = from;
    this.position = from;
    this.end = from + length;
    this.fileOffset = fileOffset;
  }

  /** Reads a whole array. */
  public ByteReader(byte[] bytes, long fileOffset) {
    this(bytes, 0, bytes.length, fileOffset);
  }

  private void need(long count) {
    if (end - position < count) {
      throw malformed("%d bytes are missing".formatted(count - (end - position)));
    }
  }

  /** An exception that points at the next byte. */
  public MalformedBytesException malformed(String message) {
    return new MalformedBytesException(offset(), message);
  }

  /** Where the next byte stands in its file. */
  public long offset() {
    return fileOffset + (position - start);
  }

  /** The number of bytes left. */
  public int remaining() {
    return end - position;
  }

  /** Where the next byte stands in the array. */
  public int position() {
    return position;
  }

  /** The array that is read. */
  public byte[] array() {
    return bytes;
  }

  /** Skips {@code count} bytes. */
  public void skip(int count) {
    need(count);
    position += count;
  }

  /** Reads an unsigned byte. */
  public int u8() {
    need(1);
    return bytes[position++] & 0xFF;
  }

  /** Reads 32 bits. */
  public int u32() {
    need(4);
    int value = (int) INT.get(bytes, position);
    position += 4;
    return value;
  }

  /** Reads 64 bits. */
  public long u64() {
    need(8);
    long value = (long) LONG.get(bytes, position);
    position += 8;
    return value;
  }

  /** Reads a float, NaN payload included. */
  public float f32() {
    return Float.intBitsToFloat(u32());
  }

  /** Reads a double, NaN payload included. */
  public double f64() {
    return Double.longBitsToDouble(u64());
  }

  /**
   * Reads an unsigned 64-bit integer in groups of seven bits; only the shortest form is accepted.
   */
  public long varint() {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      int next = u8();
      if (shift == 63 && next > 1) {
        throw malformed("a variable-length integer exceeds 64 bits");
      }
      value |= (long) (next & 0x7F) << shift;
      if ((next & 0x80) == 0) {
        if (next == 0 && shift > 0) {
          throw malformed("a variable-length integer is longer than it need be");
        }
        return value;
      }
    }
    throw malformed("a variable-length integer exceeds 64 bits");
  }

  /**
   * Reads a varint that must lie between 0 and {@code maximum}.
   *
   * @param what names the number in the message
   */
  public int count(int maximum, String what) {
    long offset = offset();
    long value = varint();
    if (value < 0 || value > maximum) {
      throw new MalformedBytesException(
          offset,
          "%s is %s, more than the %d allowed"
              .formatted(what, Long.toUnsignedString(value), maximum));
    }
    return (int) value;
  }

  /** Reads a signed 64-bit integer. */
  public long zigzag() {
    long value = varint();
    return (value >>> 1) ^ -(value & 1);
  }

  /** Reads a string; malformed UTF-8 is an error. */
  public String string() {
    int length = count(remaining(), "a string's length");
    need(length);
    try {
      String value =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes, position, length))
              .toString();
      position += length;
      return value;
    } catch (CharacterCodingException e) {
      throw malformed("a name is not UTF-8");
    }
  }

  /** Reads {@code length} bytes into a new array. */
  public byte[] raw(int length) {
    need(length);
    byte[] copy = new byte[length];
    System.arraycopy(bytes, position, copy, 0, length);
    position += length;
    return copy;
  }

  /** Throws where bytes are left over. */
  public void expectEnd(String what) {
    if (remaining() != 0) {
      throw malformed("%s has %d bytes too many".formatted(what, remaining()));
    }
  }
}
