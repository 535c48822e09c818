package org.jetfold.codec.container;

import java.util.Arrays;

/** What docs/format.md fixes for this version: the magic number, version numbers and limits. */
public final class FormatVersion {
  /** The major version that is written, and the only one that is read. */
  public static final int MAJOR = 1;

  /** The minor version that is written; files of higher ones are read. */
  public static final int MINOR = 0;

  /**
   * The most values that the streams of one block hold together, which bounds what a reader must
   * have in memory.
   */
  public static final int MAX_VALUES_IN_BLOCK = 1 << 24;

  static final byte[] MAGIC = {(byte) 0x8A, 'J', 'E', 'T', 'F', 0x0D, 0x0A, 0x1A};
  static final int START_LENGTH = MAGIC.length + 2;
  static final byte[] END = {0x1A, 'F', 'T', 'E'};
  static final int TRAILER_LENGTH = 16;

  private FormatVersion() {}

  /** Whether bytes begin as a file of any version does. */
  public static boolean begins(byte[] bytes) {
    return bytes.length >= MAGIC.length
        && Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  /** The first bytes of every file of this version, which also salt the header's checksum. */
  static byte[] start() {
    byte[] start = Arrays.copyOf(MAGIC, START_LENGTH);
    start[MAGIC.length] = MAJOR;
    start[MAGIC.length + 1] = MINOR;
    return start;
  }
}
