package org.jetfold.root.compression;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One of the algorithms that ROOT packs blocks with. Thread-safe. */
interface Decompressor {
  /**
   * The greatest possible ratio of unpacked to packed bytes, which bounds what a damaged length can
   * make us allocate.
   */
  int maxRatio();

  /**
   * Unpacks one block.
   *
   * @return null, or what is wrong with the block
   * @throws IOException if the block is damaged
   */
  @Nullable String unpack(byte[] from, int at, int length, byte[] to, int toAt, int toLength)
      throws IOException;
}
