package org.jetfold.codec.file;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Bytes that can be read from any position, by several threads at a time. */
public interface ByteSource extends Closeable {
  /** The number of bytes. */
  long size() throws IOException;

  /**
   * Reads {@code length} bytes from {@code position} on.
   *
   * @throws EOFException where the source ends before
   */
  byte[] read(long position, int length) throws IOException;

  /** The bytes of a file. */
  static ByteSource of(Path file) throws IOException {
    return of(FileChannel.open(file, StandardOpenOption.READ));
  }

  /** The bytes of a file that is open for reading; closed with the source. */
  static ByteSource of(FileChannel channel) {
    return new ByteSource() {
      @Override
      public long size() throws IOException {
        return channel.size();
      }

      @Override
      public byte[] read(long position, int length) throws IOException {
        // The length may come from a damaged file: nothing is allocated that the file could not
        // fill.
        if (position < 0 || length < 0 || length > channel.size() - position) {
          throw new EOFException("the file ends before byte " + (position + length));
        }
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
          if (channel.read(buffer, position + buffer.position()) < 0) {
            throw new EOFException("the file ends before byte " + (position + length));
          }
        }
        return buffer.array();
      }

      @Override
      public void close() throws IOException {
        channel.close();
      }
    };
  }

  /** Bytes in memory; the array is shared, not copied. */
  static ByteSource of(byte[] bytes) {
    return new ByteSource() {
      @Override
      public long size() {
        return bytes.length;
      }

      @Override
      public byte[] read(long position, int length) throws IOException {
        if (position < 0 || length < 0 || length > bytes.length - position) {
          throw new EOFException("the file ends before byte " + (position + length));
        }
        return java.util.Arrays.copyOfRange(bytes, (int) position, (int) position + length);
      }

      @Override
      public void close() {
        // Memory needs no closing.
      }
    };
  }
}
