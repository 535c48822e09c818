package org.jetfold.tables.numpy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.jetfold.codec.table.UnreadableTableException;
import org.jspecify.annotations.Nullable;

/**
 * A zip has each member's name twice, in its directory and before the member, and no checksum of
 * them. A changed name makes another table of the file, for example one without events.
 */
final class MemberNames {
  private static final int HEADER = 30;
  private static final int SIGNATURE = 0x0403_4B50;
  private static final int LENGTH_AT = 26;

  private MemberNames() {}

  /**
   * Compares the names in the directory with those before the members.
   *
   * @throws UnreadableTableException where two differ
   * @throws IOException where the device fails
   */
  static void check(Path file, String shown) throws IOException {
    try (FileChannel channel = FileChannel.open(file);
        ZipFile zip = directory(channel)) {
      List<ZipArchiveEntry> entries = zip == null ? List.of() : Collections.list(zip.getEntries());
      for (ZipArchiveEntry entry : entries) {
        check(channel, entry, shown);
      }
    }
  }

  private static void check(FileChannel channel, ZipArchiveEntry entry, String shown)
      throws IOException {
    byte[] name = entry.getRawName();
    ByteBuffer header = ByteBuffer.allocate(HEADER + name.length);
    channel.read(header, entry.getLocalHeaderOffset());
    header.flip().order(ByteOrder.LITTLE_ENDIAN);
    // Where there is no header, reading the member says so.
    if (header.remaining() < HEADER || header.getInt(0) != SIGNATURE) {
      return;
    }
    byte[] before = new byte[header.remaining() - HEADER];
    header.get(HEADER, before);
    if (header.getShort(LENGTH_AT) != (short) name.length || !Arrays.equals(before, name)) {
      throw new UnreadableTableException(
          "%s: it is damaged: its directory calls an array %s, but the array itself has another name; get the file again"
              .formatted(shown, new String(name, StandardCharsets.UTF_8)));
    }
  }

  /** The directory; null where it cannot be read, which the reader of the members says better. */
  private static @Nullable ZipFile directory(FileChannel channel) {
    try {
      return ZipFile.builder().setSeekableByteChannel(channel).setIgnoreLocalFileHeader(true).get();
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }
}
