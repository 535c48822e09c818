package org.jetfold.root.compression;

import java.io.IOException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Deflate: with zlib's header and checksum ({@code ZL}), or bare as ROOT's first algorithm wrote it
 * ({@code CS}).
 */
enum Zlib implements Decompressor {
  ZLIB(false),
  OLD(true);

  private final boolean bare;

  Zlib(boolean bare) {
    this.bare = bare;
  }

  @Override
  public int maxRatio() {
    return 1100;
  }

  @Override
  public @Nullable String unpack(byte[] from, int at, int length, byte[] to, int toAt, int toLength)
      throws IOException {
    Inflater inflater = new Inflater(bare);
    try {
      inflater.setInput(from, at, length);
      int done = 0;
      while (done < toLength) {
        int step = inflater.inflate(to, toAt + done, toLength - done);
        if (step == 0) {
          return "a packed block ends after %d of %d bytes".formatted(done, toLength);
        }
        done += step;
      }
      // The checksum stands behind the data: asking for one byte more makes the inflater read it.
      if (!bare
          && !inflater.finished()
          && (inflater.inflate(new byte[1]) != 0 || !inflater.finished())) {
        return "a packed block holds more than %d bytes".formatted(toLength);
      }
      return null;
    } catch (DataFormatException e) {
      throw new IOException(e.getMessage(), e);
    } finally {
      inflater.end();
    }
  }
}
