package org.jetfold.codec.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing array of bytes with the field types of docs/format.md section 1. Not thread-safe. */
public final class ByteWriter {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes;
  private int size;

  /** An empty array with room for 64 bytes. */
  public ByteWriter() {
    this(64);
  }

  /** An empty array with room for {@code capacity} bytes. */
  public ByteWriter(int capacity) {
    bytes = new byte[Math.max(capacity, 16)];
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      bytes =
          Arrays.copyOf(
              bytes,
              Math.max(
                  Math.addExact(size, more),
                  (int) Math.min(2L * bytes.length, Integer.MAX_VALUE - 8)));
    }
  }

  /** Writes the low eight bits. */
  public void u8(int value) {
    reserve(1);
    bytes[size++] = (byte) value;
  }

  /** Writes 32 bits. */
  public void u32(int value) {
    reserve(4);
    INT.set(bytes, size, value);
    size += 4;
  }

  /** Writes 32 bits of each integer from index {@code from} to before {@code to}. */
  public void u32s(int[] values, int from, int to) {
    reserve(Math.multiplyExact(4, to - from));
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .position(size)
        .asIntBuffer()
        .put(values, from, to - from);
    size += 4 * (to - from);
  }

  /** Writes 64 bits. */
  public void u64(long value) {
    reserve(8);
    LONG.set(bytes, size, value);
    size += 8;
  }

  /** Writes the bits of a float, NaN payloads included. */
  public void f32(float value) {
    u32(Float.floatToRawIntBits(value));
  }

  /** Writes the bits of a double, NaN payloads included. */
  public void f64(double value) {
    u64(Double.doubleToRawLongBits(value));
  }

  /** Writes an unsigned 64-bit integer in groups of seven bits. */
  public void varint(long value) {
    reserve(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  /** Writes a signed 64-bit integer so that numbers near zero are short. */
  public void zigzag(long value) {
    varint((value << 1) ^ (value >> 63));
  }

  /** Writes the length in bytes and the UTF-8 bytes of a string. */
  public void string(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    varint(utf8.length);
    raw(utf8, 0, utf8.length);
  }

  /** Writes a part of an array. */
  public void raw(byte[] source, int from, int length) {
    reserve(length);
    System.arraycopy(source, from, bytes, size, length);
    size += length;
  }

  /** The number of bytes written. */
  public int size() {
    return size;
  }

  /**
   * The array that holds the bytes, of which the first {@link #size} count. Valid until the next
   * write.
   */
  public byte[] array() {
    return bytes;
  }

  /** A copy of the bytes written. */
  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  /** Forgets what was written and keeps the capacity. */
  public void clear() {
    size = 0;
  }
}
