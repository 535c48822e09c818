package org.jetfold.root.write;

import com.github.luben.zstd.Zstd;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Packs bytes in ROOT's blocks with Zstandard. */
final class Packing {
  /** ROOT's number for Zstandard at this level. */
  static final int SETTINGS = 505;

  private static final int LEVEL = 5;
  private static final int MAX_BLOCK = 0xFFFFFF;

  private Packing() {}

  /** The packed bytes; the bytes themselves where packing saves nothing. */
  static byte[] packed(byte[] bytes) {
    Bytes out = new Bytes(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < bytes.length; from += MAX_BLOCK) {
      byte[] block = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + MAX_BLOCK));
      byte[] packed = Zstd.compress(block, LEVEL);
      if (packed.length > MAX_BLOCK) {
        return bytes;
      }
      out.u1('Z').u1('S').u1(1);
      for (int size : new int[] {packed.length, block.length}) {
        out.u1(size).u1(size >> 8).u1(size >> 16);
      }
      out.raw(packed);
    }
    return out.size() < bytes.length ? out.toArray() : bytes;
  }
}
