package org.jetfold.root.compression;

import java.io.IOException;
import org.jetfold.root.RootFormatException;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks what ROOT has packed: any number of blocks, each with a header of nine bytes: two letters
 * for the algorithm, a byte for its method or version, the packed and the unpacked size as 24-bit
 * little-endian integers.
 */
public final class Blocks {
  private static final int HEADER = 9;

  private Blocks() {}

  /**
   * Unpacks bytes. Memory is allocated only for what the headers of the blocks can really hold.
   *
   * @param bytes the file's bytes
   * @param from where the blocks begin
   * @param to where they end
   * @param length the number of bytes when unpacked; equal to the packed length where the bytes are
   *     not packed at all
   * @param file the file's name, for messages
   * @param origin the offset of {@code bytes[0]} in the file
   * @throws RootFormatException if they are damaged or unpack to another length
   */
  public static byte[] unpack(byte[] bytes, int from, int to, long length, String file, long origin)
      throws RootFormatException {
    if (to - from == length) {
      return java.util.Arrays.copyOfRange(bytes, from, to);
    }
    checkLength(bytes, from, to, length, file, origin);
    byte[] out = new byte[(int) length];
    int at = from;
    int outAt = 0;
    while (outAt < length) {
      int packed = size(bytes, at + 3);
      int unpacked = size(bytes, at + 6);
      Decompressor algorithm = algorithm(bytes, at, file, origin);
      String problem;
      Exception cause = null;
      try {
        problem = algorithm.unpack(bytes, at + HEADER, packed, out, outAt, unpacked);
      } catch (IOException | RuntimeException e) {
        problem = "a packed block is damaged: " + e.getMessage();
        cause = e;
      }
      if (problem != null) {
        throw cause == null
            ? new RootFormatException(file, origin + at, problem)
            : new RootFormatException(file, origin + at, problem, cause);
      }
      at += HEADER + packed;
      outAt += unpacked;
    }
    return out;
  }

  /** Walks over the headers before anything is allocated. */
  private static void checkLength(
      byte[] bytes, int from, int to, long length, String file, long origin)
      throws RootFormatException {
    long total = 0;
    int at = from;
    while (total < length) {
      if (to - at < HEADER) {
        throw new RootFormatException(
            file,
            origin + at,
            "a packed block should begin here, but %d bytes are left".formatted(to - at));
      }
      Decompressor algorithm = algorithm(bytes, at, file, origin);
      int packed = size(bytes, at + 3);
      int unpacked = size(bytes, at + 6);
      if (packed > to - at - HEADER
          || unpacked == 0
          || unpacked > ((long) packed + 8) * algorithm.maxRatio()) {
        throw new RootFormatException(
            file,
            origin + at,
            "a packed block of %d bytes that unpacks to %d".formatted(packed, unpacked));
      }
      at += HEADER + packed;
      total += unpacked;
    }
    if (total != length || length > Integer.MAX_VALUE - 8) {
      throw new RootFormatException(
          file,
          origin + from,
          "packed blocks of %d bytes where %d are expected".formatted(total, length));
    }
  }

  private static int size(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) | (bytes[at + 1] & 0xFF) << 8 | (bytes[at + 2] & 0xFF) << 16;
  }

  private static Decompressor algorithm(byte[] bytes, int at, String file, long origin)
      throws RootFormatException {
    Decompressor algorithm = algorithm((char) bytes[at], (char) bytes[at + 1]);
    if (algorithm == null) {
      throw new RootFormatException(
          file,
          origin + at,
          "an unknown compression: bytes %02x %02x".formatted(bytes[at], bytes[at + 1]));
    }
    return algorithm;
  }

  private static @Nullable Decompressor algorithm(char first, char second) {
    return switch ("" + first + second) {
      case "ZL" -> Zlib.ZLIB;
      case "CS" -> Zlib.OLD;
      case "XZ" -> Lzma.INSTANCE;
      case "L4" -> Lz4.INSTANCE;
      case "ZS" -> Zstandard.INSTANCE;
      default -> null;
    };
  }
}
