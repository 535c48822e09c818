package org.jetfold.tables.hdf5;

import io.jhdf.exceptions.HdfException;
import io.jhdf.exceptions.UnsupportedHdfException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The bytes of a type. Versions 4 and 5 say the same as version 3 in the same bytes, except of
 * references and complex numbers, which no column holds; jHDF knows version 3.
 */
final class StoredType {
  private static final int KNOWN_VERSION = 3;
  private static final int MAX_DEPTH = 32;

  private static final int INTEGER = 0;
  private static final int FLOAT = 1;
  private static final int TIME = 2;
  private static final int TEXT = 3;
  private static final int BITS = 4;
  private static final int OPAQUE = 5;
  private static final int RECORD = 6;
  private static final int REFERENCE = 7;
  private static final int ENUM = 8;
  private static final int LIST = 9;
  private static final int ARRAY = 10;

  private final ByteBuffer bytes;

  private StoredType(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Puts a type as version 3 does, where it is of a newer version.
   *
   * @throws IllegalArgumentException where no older version can say it; the message is the end of a
   *     sentence about the dataset
   */
  static void downgrade(byte[] bytes) {
    new StoredType(bytes).type(0);
  }

  /** Goes over a type, and stays behind it; returns the bytes of an element. */
  private int type(int depth) {
    if (depth > MAX_DEPTH) {
      throw new UnsupportedHdfException("its type has more than %d levels".formatted(MAX_DEPTH));
    }
    int start = bytes.position();
    int head = bytes.getInt();
    int size = bytes.getInt();
    int version = head >>> 4 & 0xF;
    int kind = head & 0xF;
    if (version > KNOWN_VERSION) {
      bytes.put(start, (byte) (KNOWN_VERSION << 4 | kind));
    }
    if (kind == REFERENCE && depth == 0) {
      throw new IllegalArgumentException("it holds references to other objects");
    }
    int count = head >>> 8 & 0xFFFF;
    switch (kind) {
      case INTEGER, BITS -> skip(4);
      case FLOAT -> skip(12);
      case TIME -> skip(2);
      case TEXT, REFERENCE -> {
        // Nothing more is said of them.
      }
      case OPAQUE -> opaque(count & 0xFF);
      case RECORD -> record(version, count, size, depth);
      case ENUM -> enumeration(version, count, depth);
      case LIST -> type(depth + 1);
      case ARRAY -> {
        int dimensions = bytes.get() & 0xFF;
        skip(version < 3 ? 3 + 8 * dimensions : 4 * dimensions);
        type(depth + 1);
      }
      default ->
          throw new UnsupportedHdfException(
              "its type is of class %d, which is not read".formatted(kind));
    }
    return size;
  }

  private void skip(int count) {
    if (count < 0 || count > bytes.remaining()) {
      throw new HdfException("a type ends early");
    }
    bytes.position(bytes.position() + count);
  }

  /** Skips a name, which older versions pad. */
  private void name(boolean padded) {
    int start = bytes.position();
    while (bytes.hasRemaining() && bytes.get() != 0) {
      // To the end of the name.
    }
    if (padded) {
      skip(-(bytes.position() - start) & 7);
    }
  }

  /** Opaque bytes may have a tag without an end, which jHDF looks for. */
  private void opaque(int tagBytes) {
    if (tagBytes == 0) {
      throw new IllegalArgumentException("it holds raw bytes");
    }
    skip(tagBytes);
  }

  private void record(int version, int members, int size, int depth) {
    for (int i = 0; i < members; i++) {
      name(version < 3);
      if (version >= 3) {
        skip(widthOf(size));
      } else {
        // The offset, and in version 1 the dimensions of an array.
        skip(version == 1 ? 32 : 4);
      }
      type(depth + 1);
    }
  }

  /** How many bytes an offset within a record takes. */
  private static int widthOf(int size) {
    return size < 0 ? 4 : Math.max(1, (32 - Integer.numberOfLeadingZeros(size) + 7) / 8);
  }

  private void enumeration(int version, int members, int depth) {
    int valueBytes = type(depth + 1);
    for (int i = 0; i < members; i++) {
      name(version < 3);
    }
    skip(Math.multiplyExact(members, valueBytes));
  }
}
