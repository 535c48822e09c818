package org.jetfold.root.compression;

import com.github.luben.zstd.Zstd;
import org.jspecify.annotations.Nullable;

/** Zstandard frames ({@code ZS}). */
enum Zstandard implements Decompressor {
  INSTANCE;

  @Override
  public int maxRatio() {
    return 1 << 16;
  }

  @Override
  public @Nullable String unpack(
      byte[] from, int at, int length, byte[] to, int toAt, int toLength) {
    long done = Zstd.decompressByteArray(to, toAt, toLength, from, at, length);
    if (Zstd.isError(done)) {
      return "a packed block is damaged: " + Zstd.getErrorName(done);
    }
    return done == toLength
        ? null
        : "a packed block ends after %d of %d bytes".formatted(done, toLength);
  }
}
