package org.jetfold.root.streamer;

import org.jetfold.root.RootFormatException;
import org.jetfold.root.source.ByteCursor;

/**
 * What stands before most streamed objects: a byte count and a version; behind version 0 of a class
 * without a version number, a checksum.
 *
 * @param end the index at which the object ends; −1 where there is no byte count
 * @param version the version, without the mark for member-wise streaming
 * @param memberWise whether a collection's objects are streamed member by member
 * @param checksum the checksum; 0 where there is none
 */
public record ObjectHeader(int end, int version, boolean memberWise, int checksum) {
  /** Marks a byte count. */
  public static final int BYTE_COUNT = 0x40000000;

  /** Stands before the name of a class that is met for the first time. */
  public static final int NEW_CLASS = 0xFFFFFFFF;

  /** Marks the tag of a class, met before or not, apart from that of an object. */
  public static final int CLASS_MASK = 0x80000000;

  private static final int MEMBER_WISE = 1 << 14;

  /** Reads one. */
  public static ObjectHeader read(ByteCursor in) throws RootFormatException {
    return read(in, false);
  }

  /**
   * Reads one of an object of a class.
   *
   * @param withChecksum whether version 0 is followed by a checksum: true for objects, false for
   *     collections
   */
  public static ObjectHeader read(ByteCursor in, boolean withChecksum) throws RootFormatException {
    int end = -1;
    if ((in.peek4() & 0xC0000000) == BYTE_COUNT) {
      int count = in.i4() & ~BYTE_COUNT;
      if (count < 2 || count > in.remaining()) {
        throw in.error("an object of %d bytes, but %d are left".formatted(count, in.remaining()));
      }
      end = in.position() + count;
    }
    int version = in.i2();
    boolean memberWise = version >= 0 && (version & MEMBER_WISE) != 0;
    if (memberWise) {
      version &= ~MEMBER_WISE;
    }
    int checksum = 0;
    if (withChecksum && version <= 0 && end >= 0 && end - in.position() >= 4) {
      checksum = in.i4();
    }
    return new ObjectHeader(end, version, memberWise, checksum);
  }

  /**
   * Whether a header with a byte count stands here, of something that is not streamed member by
   * member: by far the most frequent.
   */
  public static boolean isPlain(ByteCursor in) {
    return (in.peek4() & 0xC0000000) == BYTE_COUNT
        && in.remaining() >= 6
        && (in.peek1(4) & 0x40) == 0;
  }

  /**
   * Reads such a header, quicker than {@link #read}, and returns the index at which the object
   * ends.
   */
  public static int readPlain(ByteCursor in) throws RootFormatException {
    int count = in.i4() & ~BYTE_COUNT;
    if (count < 2 || count > in.remaining()) {
      throw in.error("an object of %d bytes, but %d are left".formatted(count, in.remaining()));
    }
    int end = in.position() + count;
    in.i2();
    return end;
  }

  /** Checks that the object ended where its byte count says. */
  public void check(ByteCursor in, String what) throws RootFormatException {
    if (end >= 0 && in.position() != end) {
      throw in.error("%s should end at %d but ends at %d".formatted(what, end, in.position()));
    }
  }
}
