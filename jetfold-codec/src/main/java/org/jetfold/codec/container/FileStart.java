package org.jetfold.codec.container;

import java.io.IOException;
import java.util.Arrays;
import org.jetfold.codec.file.ByteSource;
import org.jetfold.codec.file.DamagedFileException;
import org.jetfold.codec.file.UnsupportedFormatException;

/** The magic and the version that a file starts with (docs/format.md section 3). */
final class FileStart {
  private FileStart() {}

  /**
   * Reads it.
   *
   * @throws UnsupportedFormatException where it is not that of a Jetfold file, or of another major
   *     version
   * @throws DamagedFileException where the file ends within it
   */
  static byte[] read(ByteSource source) throws IOException {
    byte[] start = source.read(0, (int) Math.min(source.size(), FormatVersion.START_LENGTH));
    int compared = Math.min(start.length, FormatVersion.MAGIC.length);
    if (start.length == 0 || !Arrays.equals(start, 0, compared, FormatVersion.MAGIC, 0, compared)) {
      throw new UnsupportedFormatException("not a Jetfold file: it does not begin as one");
    }
    if (start.length < FormatVersion.START_LENGTH) {
      throw new DamagedFileException(start.length, "the file ends within its first ten bytes");
    }
    int major = start[FormatVersion.MAGIC.length] & 0xFF;
    if (major != FormatVersion.MAJOR) {
      throw new UnsupportedFormatException(
          "the file has format version %s, this Jetfold reads version %d: use a newer one"
              .formatted(version(start), FormatVersion.MAJOR));
    }
    return start;
  }

  /** The version, as in {@code 1.0}. */
  static String version(byte[] start) {
    return (start[FormatVersion.MAGIC.length] & 0xFF)
        + "."
        + (start[FormatVersion.MAGIC.length + 1] & 0xFF);
  }
}
