package org.jetfold.codec.forge;

import java.util.zip.CRC32C;

/** Frames with right checksums, one after the other; what they hold may be anything. */
public final class ForgedFile {
  private static final byte[] MAGIC = {(byte) 0x8A, 'J', 'E', 'T', 'F', 0x0D, 0x0A, 0x1A};

  private final ForgedBytes out = new ForgedBytes();
  private byte[] salt;
  private int frames;
  private long lastOffset;
  private int lastCheck;

  /** Begins with the magic number and a version. */
  public ForgedFile(int major, int minor) {
    out.raw(MAGIC).u8(major).u8(minor);
    salt = out.bytes();
  }

  /** Where the next frame starts. */
  public long offset() {
    return out.size();
  }

  /** Where the last frame started. */
  public long lastOffset() {
    return lastOffset;
  }

  /** The checksum of the last frame. */
  public int lastCheck() {
    return lastCheck;
  }

  /** The number of upper-case frames so far. */
  public int frames() {
    return frames;
  }

  /** A frame with the number that is due; the first one salts all others. */
  public ForgedFile frame(int kind, byte[] head, byte[] body) {
    frame(kind, frames, head, body.length, body);
    frames += kind >= 'A' && kind <= 'Z' ? 1 : 0;
    return this;
  }

  /** A frame with any number and any length told for its body. */
  public ForgedFile frame(int kind, long ordinal, byte[] head, long bodyLength, byte[] body) {
    lastOffset = out.size();
    ForgedBytes prefix = new ForgedBytes();
    prefix.u8(0xF7).u8(0x6A).u8(0x66).u8(0x0A).u8(kind).u32(ordinal).u32(head.length);
    prefix.u32(bodyLength);
    lastCheck = crc(salt, prefix.bytes(), head);
    out.raw(prefix.bytes()).u32(lastCheck).raw(head).raw(body);
    if (salt.length == 10) {
      salt = new ForgedBytes().u32(lastCheck).bytes();
    }
    return this;
  }

  /** Bytes that are no frame. */
  public ForgedFile raw(byte[] bytes) {
    out.raw(bytes);
    return this;
  }

  /** The trailer, pointing at a footer. */
  public byte[] trailer(long footerOffset) {
    byte[] place = new ForgedBytes().u64(footerOffset).bytes();
    out.raw(place).u32(crc(salt, place)).u8(0x1A).u8('F').u8('T').u8('E');
    return out.bytes();
  }

  /** What was written, with no trailer. */
  public byte[] bytes() {
    return out.bytes();
  }

  /** CRC-32C of some parts. */
  public static int crc(byte[]... parts) {
    CRC32C crc = new CRC32C();
    for (byte[] part : parts) {
      crc.update(part);
    }
    return (int) crc.getValue();
  }
}
