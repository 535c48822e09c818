package org.jetfold.tables.hdf5;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * HDF5's checksum of chunks: two sums of big-endian 16-bit words modulo 65,535. It stands in four
 * bytes behind the chunk.
 */
final class Fletcher32 {
  /** The bytes that a checksum takes. */
  static final int BYTES = 4;

  /** So many words can be added before the sums must be folded. */
  private static final int BLOCK = 360;

  private Fletcher32() {}

  /** The checksum of the first bytes of an array. */
  static int of(byte[] bytes, int length) {
    int words = length / 2;
    int at = 0;
    int low = 0;
    int high = 0;
    while (words > 0) {
      int block = Math.min(BLOCK, words);
      words -= block;
      for (int i = 0; i < block; i++, at += 2) {
        low += (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
        high += low;
      }
      low = folded(low);
      high = folded(high);
    }
    if (length % 2 == 1) {
      low += (bytes[at] & 0xFF) << 8;
      high += low;
      low = folded(low);
      high = folded(high);
    }
    return folded(high) << 16 | folded(low);
  }

  private static int folded(int sum) {
    return (sum & 0xFFFF) + (sum >>> 16);
  }

  /** The checksum that stands behind a chunk. */
  static int behind(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(bytes.length - BYTES);
  }
}
