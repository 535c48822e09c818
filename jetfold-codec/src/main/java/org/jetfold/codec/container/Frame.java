package org.jetfold.codec.container;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import org.jetfold.codec.bytes.ByteReader;
import org.jetfold.codec.bytes.ByteWriter;
import org.jetfold.codec.file.ByteSource;
import org.jetfold.codec.file.DamagedFileException;

/**
 * One frame of a file, its head checked, its body not yet read (docs/format.md section 3.1).
 *
 * @param kind its letter
 * @param ordinal the number of frames before it
 * @param offset where it starts in the file
 * @param head its head's bytes
 * @param bodyLength the length of its body
 * @param check its checksum
 */
record Frame(int kind, int ordinal, long offset, byte[] head, int bodyLength, int check) {
  static final int HEADER = 'H';
  static final int MODEL = 'M';
  static final int DISTRIBUTIONS = 'T';
  static final int BLOCK = 'B';
  static final int FOOTER = 'F';

  static final byte[] MARKER = {(byte) 0xF7, 0x6A, 0x66, 0x0A};
  private static final int FIELDS_LENGTH = MARKER.length + 1 + 4 + 4 + 4;
  static final int PREFIX_LENGTH = FIELDS_LENGTH + 4;

  /** Where the body starts in the file. */
  long bodyOffset() {
    return offset + PREFIX_LENGTH + head.length;
  }

  /** Where the next frame starts in the file. */
  long end() {
    return bodyOffset() + bodyLength;
  }

  /** A reader of the head. */
  ByteReader headReader() {
    return new ByteReader(head, offset + PREFIX_LENGTH);
  }

  /** How many bytes {@link #read} may have looked at before it gave up at {@code offset}. */
  static long promisedLength(ByteSource source, long offset) throws IOException {
    if (offset + PREFIX_LENGTH > source.size()) {
      return PREFIX_LENGTH;
    }
    ByteReader fields = new ByteReader(source.read(offset, PREFIX_LENGTH), offset);
    fields.skip(MARKER.length + 1 + 4);
    long headLength = fields.u32();
    return headLength < 0 || headLength > source.size()
        ? PREFIX_LENGTH
        : PREFIX_LENGTH + headLength;
  }

  /** What salts the checksums of all other frames when this is the header. */
  byte[] salt() {
    ByteWriter writer = new ByteWriter();
    writer.u32(check);
    return writer.toByteArray();
  }

  /** Writes prefix and head of a frame; the body follows. Returns the frame's checksum. */
  static int write(
      int kind, int ordinal, byte[] head, int bodyLength, byte[] salt, ByteWriter out) {
    ByteWriter prefix = new ByteWriter();
    prefix.raw(MARKER, 0, MARKER.length);
    prefix.u8(kind);
    prefix.u32(ordinal);
    prefix.u32(head.length);
    prefix.u32(bodyLength);
    int check = new Checksum().add(salt).add(prefix.array(), 0, FIELDS_LENGTH).add(head).value();
    prefix.u32(check);
    out.raw(prefix.array(), 0, prefix.size());
    out.raw(head, 0, head.length);
    return check;
  }

  /**
   * Reads and checks a frame's prefix and head.
   *
   * @throws DamagedFileException where there is no undamaged frame at {@code offset}
   */
  static Frame read(ByteSource source, long offset, byte[] salt) throws IOException {
    return read(source, offset, 0, salt);
  }

  /**
   * As above, with one call of the source where the head is no longer than expected.
   *
   * @param expected the length of the head, or more; the source has as many bytes
   */
  static Frame read(ByteSource source, long offset, int expected, byte[] salt) throws IOException {
    try {
      byte[] start = source.read(offset, PREFIX_LENGTH + expected);
      ByteReader fields = new ByteReader(start, offset);
      for (byte next : MARKER) {
        if ((byte) fields.u8() != next) {
          throw new DamagedFileException(offset, "a frame should start here");
        }
      }
      int kind = fields.u8();
      int ordinal = fields.u32();
      int headLength = fields.u32();
      int bodyLength = fields.u32();
      int check = fields.u32();
      if (headLength < 0 || bodyLength < 0) {
        throw new DamagedFileException(offset, "a frame's length is out of range");
      }
      byte[] head =
          headLength <= expected
              ? Arrays.copyOfRange(start, PREFIX_LENGTH, PREFIX_LENGTH + headLength)
              : source.read(offset + PREFIX_LENGTH, headLength);
      if (check != new Checksum().add(salt).add(start, 0, FIELDS_LENGTH).add(head).value()) {
        throw new DamagedFileException(offset, "a frame's checksum does not match");
      }
      return new Frame(kind, ordinal, offset, head, bodyLength, check);
    } catch (EOFException e) {
      throw new DamagedFileException(
          source.size(), "the file ends within a frame that starts at byte " + offset);
    }
  }
}
