package org.jetfold.codec.forge;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Bytes that are put together field by field; each call returns this, so that fields stand in a
 * row.
 */
public final class ForgedBytes {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  public ForgedBytes u8(int value) {
    out.write(value);
    return this;
  }

  private ForgedBytes littleEndian(long value, int bytes) {
    for (int i = 0; i < bytes; i++) {
      out.write((int) (value >>> (8 * i)));
    }
    return this;
  }

  public ForgedBytes u32(long value) {
    return littleEndian(value, 4);
  }

  public ForgedBytes u64(long value) {
    return littleEndian(value, 8);
  }

  public ForgedBytes f64(double value) {
    return u64(Double.doubleToRawLongBits(value));
  }

  /** An unsigned varint. */
  public ForgedBytes varint(long value) {
    long rest = value;
    while (Long.compareUnsigned(rest, 0x80) >= 0) {
      out.write((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.write((int) rest);
    return this;
  }

  public ForgedBytes zigzag(long value) {
    return varint((value << 1) ^ (value >> 63));
  }

  public ForgedBytes string(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    return varint(utf8.length).raw(utf8);
  }

  public ForgedBytes raw(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  public int size() {
    return out.size();
  }

  public byte[] bytes() {
    return out.toByteArray();
  }
}
