package org.jetfold.root.compression;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/** LZMA in an xz stream ({@code XZ}). */
enum Lzma implements Decompressor {
  INSTANCE;

  /**
   * A dictionary is no larger than this whatever a damaged header says; ROOT's blocks have at most
   * 16 MiB.
   */
  private static final int MAX_MEMORY_KIB = 1 << 17;

  @Override
  public int maxRatio() {
    return 1 << 14;
  }

  @Override
  public @Nullable String unpack(byte[] from, int at, int length, byte[] to, int toAt, int toLength)
      throws IOException {
    try (XZInputStream in =
        new XZInputStream(new ByteArrayInputStream(from, at, length), MAX_MEMORY_KIB)) {
      int done = in.readNBytes(to, toAt, toLength);
      if (done != toLength) {
        return "a packed block ends after %d of %d bytes".formatted(done, toLength);
      }
      // The check stands behind the data.
      return in.read() < 0 ? null : "a packed block holds more than %d bytes".formatted(toLength);
    }
  }
}
