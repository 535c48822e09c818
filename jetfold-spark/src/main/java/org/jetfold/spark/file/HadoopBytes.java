package org.jetfold.spark.file;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileRange;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.functional.FutureIO;
import org.jetfold.codec.file.ByteSource;

/** The bytes of a file on any of Hadoop's file systems. Thread-safe. */
public final class HadoopBytes implements ByteSource {
  private final FSDataInputStream in;
  private final long size;
  private final boolean local;
  private final AtomicLong bytesRead = new AtomicLong();

  private HadoopBytes(FSDataInputStream in, long size, boolean local) {
    this.in = in;
    this.size = size;
    this.local = local;
  }

  /**
   * Opens a file.
   *
   * @param size its length in bytes, which need not be asked for again
   */
  public static HadoopBytes open(Path file, long size, Configuration configuration)
      throws IOException {
    FileSystem system = file.getFileSystem(configuration);
    return new HadoopBytes(system.open(file), size, system instanceof LocalFileSystem);
  }

  /** How many bytes were read so far. */
  public long bytesRead() {
    return bytesRead.get();
  }

  @Override
  public long size() {
    return size;
  }

  /** Over a network a call waits for as long as about a megabyte takes. */
  @Override
  public int bytesWorthACall() {
    return local ? ByteSource.super.bytesWorthACall() : 1 << 20;
  }

  @Override
  public byte[] read(long position, int length) throws IOException {
    // The length may come from a damaged file: nothing is allocated that the file could not fill.
    if (position < 0 || length < 0 || length > size - position) {
      throw new EOFException("the file ends before byte " + (position + length));
    }
    byte[] bytes = new byte[length];
    in.readFully(position, bytes);
    bytesRead.addAndGet(length);
    return bytes;
  }

  @Override
  public List<byte[]> readRanges(List<Range> ranges) throws IOException {
    List<FileRange> wanted = new ArrayList<>();
    for (Range range : ranges) {
      if (range.position() < 0 || range.length() < 0 || range.length() > size - range.position()) {
        throw new EOFException("the file ends before byte " + range.end());
      }
      if (range.length() > 0) {
        wanted.add(FileRange.createFileRange(range.position(), range.length()));
        bytesRead.addAndGet(range.length());
      }
    }
    if (!wanted.isEmpty()) {
      in.readVectored(wanted, ByteBuffer::allocate);
    }
    List<byte[]> read = new ArrayList<>();
    int next = 0;
    for (Range range : ranges) {
      byte[] bytes = new byte[range.length()];
      if (bytes.length > 0) {
        FutureIO.awaitFuture(wanted.get(next++).getData()).get(bytes);
      }
      read.add(bytes);
    }
    return read;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
