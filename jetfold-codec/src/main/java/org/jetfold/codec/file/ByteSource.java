package org.jetfold.codec.file;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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

  /**
   * Some consecutive bytes.
   *
   * @param position of the first
   * @param length how many, at least 0
   */
  record Range(long position, int length) {
    /** Where the next byte stands. */
    public long end() {
      return position + length;
    }
  }

  /**
   * How many bytes take as long to read as one more call of {@link #read}. {@link #readRanges}
   * reads what lies between two ranges, and drops it, where it is no more.
   *
   * <p>16 KiB suit a file on this machine: a system call takes about as long as it takes to copy
   * these. Where bytes come over a network, a call waits for as long as some megabyte takes: such a
   * source should say so.
   */
  default int bytesWorthACall() {
    return 1 << 14;
  }

  /**
   * Reads ranges, neighbours together. A source that can read several ranges at a time may do it
   * better.
   *
   * @param ranges in increasing order; they do not overlap
   * @return the bytes of each
   * @throws EOFException where the source ends before
   */
  default List<byte[]> readRanges(List<Range> ranges) throws IOException {
    List<byte[]> read = new ArrayList<>();
    for (int first = 0; first < ranges.size(); ) {
      long from = ranges.get(first).position();
      int last = first;
      while (last + 1 < ranges.size()
          && ranges.get(last + 1).position() - ranges.get(last).end() <= bytesWorthACall()
          && ranges.get(last + 1).end() - from <= Integer.MAX_VALUE - Long.BYTES) {
        last++;
      }
      byte[] together = read(from, Math.toIntExact(ranges.get(last).end() - from));
      for (Range range : ranges.subList(first, last + 1)) {
        int at = (int) (range.position() - from);
        read.add(
            range.length() == together.length
                ? together
                : Arrays.copyOfRange(together, at, at + range.length()));
      }
      first = last + 1;
    }
    return read;
  }

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
        return Arrays.copyOfRange(bytes, (int) position, (int) position + length);
      }

      @Override
      public void close() {
        // Memory needs no closing.
      }
    };
  }
}
