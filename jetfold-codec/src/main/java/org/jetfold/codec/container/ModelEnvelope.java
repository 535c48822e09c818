package org.jetfold.codec.container;

import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.ByteWriter;
import org.jetfold.codec.bytes.MalformedBytesException;

/** What all {@code .jetm} files begin with (docs/format.md section 12.1). */
public final class ModelEnvelope {
  private static final byte[] MAGIC = {(byte) 0x8A, 'J', 'E', 'T', 'M', '\r', '\n', 0x1A};
  private static final int MAJOR = 1;
  private static final int MINOR = 0;
  private static final int START = MAGIC.length + 2 + Integer.BYTES;

  private ModelEnvelope() {}

  /** A whole file of what begins with the model's kind. */
  public static byte[] seal(ByteWriter body) {
    ByteWriter out = new ByteWriter(START + body.size());
    out.raw(MAGIC, 0, MAGIC.length);
    out.u8(MAJOR);
    out.u8(MINOR);
    out.u32(checksum(body.array(), 0, body.size()));
    out.raw(body.array(), 0, body.size());
    return out.toByteArray();
  }

  private static int checksum(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }

  /** Whether bytes begin as a model file does. */
  public static boolean begins(byte[] bytes) {
    return bytes.length >= MAGIC.length
        && Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  /**
   * A reader that stands before the model's kind.
   *
   * @throws MalformedBytesException where the bytes are not a whole, undamaged model file of a
   *     version that is known
   */
  public static ByteReader open(byte[] bytes) {
    ByteReader in = new ByteReader(bytes, 0);
    if (!begins(bytes)) {
      throw in.malformed("not a Jetfold model: it does not begin as one");
    }
    in.skip(MAGIC.length);
    int major = in.u8();
    int minor = in.u8();
    if (major != MAJOR) {
      throw in.malformed(
          "a model of version %d.%d, this Jetfold reads version %d: use a newer one"
              .formatted(major, minor, MAJOR));
    }
    if (in.u32() != checksum(bytes, START, bytes.length - START)) {
      throw in.malformed("the model is damaged: its checksum does not match");
    }
    return in;
  }
}
