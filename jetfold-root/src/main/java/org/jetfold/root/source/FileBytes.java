package org.jetfold.root.source;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jetfold.root.RootFormatException;
import org.jetfold.root.UnsupportedRootException;

/** A file's bytes, read at any offset. Thread-safe: reading has no position. */
public final class FileBytes implements Closeable {
  private final String name;
  private final FileChannel channel;
  private final long size;

  private FileBytes(String name, FileChannel channel, long size) {
    this.name = name;
    this.channel = channel;
    this.size = size;
  }

  /** Opens a file. */
  public static FileBytes open(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      Path last = file.getFileName();
      return new FileBytes(
          last == null ? file.toString() : last.toString(), channel, channel.size());
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** The name that messages give the file. */
  public String name() {
    return name;
  }

  /** The file's size in bytes. */
  public long size() {
    return size;
  }

  /** An error at an offset of this file. */
  public RootFormatException error(long offset, String message) {
    return new RootFormatException(name, offset, message);
  }

  /** Something at an offset of this file that is not supported. */
  public UnsupportedRootException unsupported(long offset, String message) {
    return new UnsupportedRootException(name, offset, message);
  }

  /**
   * Reads bytes. Nothing is allocated before it is clear that the file has that many.
   *
   * @throws RootFormatException if they are not all in the file
   */
  public byte[] read(long offset, long length) throws IOException {
    if (offset < 0 || length < 0 || offset > size || length > size - offset) {
      throw error(
          offset,
          "%d bytes should be here, but the file has only %d bytes".formatted(length, size));
    }
    if (length > Integer.MAX_VALUE - 8) {
      throw unsupported(offset, "%d bytes in one piece are not supported".formatted(length));
    }
    byte[] bytes = new byte[(int) length];
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, offset + buffer.position()) < 0) {
        throw error(offset + buffer.position(), "the file ended while it was read");
      }
    }
    return bytes;
  }

  /** A cursor over bytes of the file; see {@link #read}. */
  public ByteCursor cursor(long offset, long length) throws IOException {
    return new ByteCursor(read(offset, length), name, offset);
  }

  /** A cursor over at most {@code length} bytes of the file, fewer where it ends before. */
  public ByteCursor cursorUpTo(long offset, long length) throws IOException {
    return cursor(offset, Math.min(length, Math.max(0, size - offset)));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
