package org.jetfold.tables.numpy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jetfold.codec.table.UnreadableTableException;

/**
 * A zip member's bytes. Its length and CRC-32 are checked when its end is reached, which
 * java.util.zip.ZipFile leaves to us; a member that gives more than it says ends there, so that a
 * small file cannot fill a disk.
 */
final class CheckedMember extends InputStream {
  private final InputStream in;
  private final String what;
  private final long size;
  private final long expected;
  private final CRC32 crc = new CRC32();
  private long read;

  /** Opens a member. */
  CheckedMember(ZipFile zip, ZipEntry entry, String what) throws IOException {
    this.what = what;
    size = entry.getSize();
    expected = entry.getCrc();
    try {
      in = zip.getInputStream(entry);
    } catch (ZipException | IllegalArgumentException e) {
      throw damaged(reason(e), e);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    int count;
    try {
      count = in.read(bytes, from, length);
    } catch (ZipException | EOFException e) {
      throw damaged(reason(e), e);
    }
    if (count > 0) {
      crc.update(bytes, from, count);
      read += count;
      if (read > size) {
        throw damaged("it has more than its %d bytes".formatted(size), null);
      }
    } else if (count < 0) {
      checkEnd();
    }
    return count;
  }

  private void checkEnd() {
    if (read != size) {
      throw damaged("it has %d bytes instead of %d".formatted(read, size), null);
    }
    if (crc.getValue() != expected) {
      throw damaged("its CRC-32 is %08x instead of %08x".formatted(crc.getValue(), expected), null);
    }
  }

  /** The library says nothing where the file ends before the member's head. */
  private static String reason(Exception e) {
    String message = e.getMessage();
    return message == null ? "the file ends before it does" : message;
  }

  private UnreadableTableException damaged(
      String reason, @org.jspecify.annotations.Nullable Throwable cause) {
    String message =
        "%s: it is damaged at its byte %d: %s; get the file again".formatted(what, read, reason);
    return cause == null
        ? new UnreadableTableException(message)
        : new UnreadableTableException(message, cause);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
