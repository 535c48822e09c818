package org.jetfold.root.compression;

import java.nio.ByteBuffer;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.xxhash.XXHashFactory;
import org.jspecify.annotations.Nullable;

/**
 * LZ4 blocks ({@code L4}), each behind the xxHash64 of its packed bytes (eight bytes, big-endian).
 */
enum Lz4 implements Decompressor {
  INSTANCE;

  private static final int CHECKSUM = 8;

  @Override
  public int maxRatio() {
    return 256;
  }

  @Override
  public @Nullable String unpack(
      byte[] from, int at, int length, byte[] to, int toAt, int toLength) {
    if (length < CHECKSUM) {
      return "a packed block of %d bytes has no room for its checksum".formatted(length);
    }
    long stored = ByteBuffer.wrap(from, at, CHECKSUM).getLong();
    long actual =
        XXHashFactory.fastestJavaInstance()
            .hash64()
            .hash(from, at + CHECKSUM, length - CHECKSUM, 0);
    if (stored != actual) {
      return "the checksum of a packed block does not match: it is damaged";
    }
    try {
      int done =
          LZ4Factory.fastestInstance()
              .safeDecompressor()
              .decompress(from, at + CHECKSUM, length - CHECKSUM, to, toAt, toLength);
      return done == toLength
          ? null
          : "a packed block ends after %d of %d bytes".formatted(done, toLength);
    } catch (LZ4Exception e) {
      return "a packed block is damaged: " + e.getMessage();
    }
  }
}
