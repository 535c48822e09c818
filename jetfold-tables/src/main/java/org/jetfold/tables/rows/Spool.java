package org.jetfold.tables.rows;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.SplittableRandom;

/**
 * A nameless file on disk for data that must wait, or be read twice. It is gone with {@link
 * #close}, and on systems where an open file can be unlinked also after a crash. Not thread-safe.
 */
public final class Spool implements Closeable {
  private final FileChannel channel;

  private Spool(FileChannel channel) {
    this.channel = channel;
  }

  /** An empty spool in a folder. */
  public static Spool in(Path folder) throws IOException {
    Path path =
        folder.resolve(
            ".jetfold-" + HexFormat.of().toHexDigits(new SplittableRandom().nextLong()) + ".tmp");
    FileChannel channel =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      // Windows keeps the name of an open file; there it goes when the channel closes.
      return new Spool(channel);
    }
    return new Spool(channel);
  }

  /**
   * A spool in the folder for temporary files, filled with all that a stream gives. The stream
   * stays open.
   */
  public static Spool of(InputStream in) throws IOException {
    Spool spool = in(Path.of(System.getProperty("java.io.tmpdir", ".")));
    try {
      byte[] buffer = new byte[1 << 16];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        spool.append(buffer, 0, read);
      }
    } catch (IOException | RuntimeException e) {
      spool.close();
      throw e;
    }
    return spool;
  }

  /** Adds bytes at the end. */
  public void append(byte[] bytes, int from, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, from, length);
    long at = channel.size();
    while (buffer.hasRemaining()) {
      at += channel.write(buffer, at);
    }
  }

  /** Writes some of the bytes to a stream. */
  public void copyTo(long from, long length, OutputStream out) throws IOException {
    byte[] block = new byte[(int) Math.min(length, 1 << 16)];
    long at = from;
    while (at < from + length) {
      ByteBuffer buffer =
          ByteBuffer.wrap(block, 0, (int) Math.min(block.length, from + length - at));
      int read = channel.read(buffer, at);
      if (read < 0) {
        throw new IOException("a temporary file was cut off");
      }
      out.write(block, 0, read);
      at += read;
    }
  }

  /** The number of bytes. */
  public long size() throws IOException {
    return channel.size();
  }

  /** The file, to be read at any place. */
  public FileChannel channel() {
    return channel;
  }

  /** All bytes from the front; one such stream at a time. Closing it closes nothing. */
  public InputStream read() throws IOException {
    channel.position(0);
    return new BufferedInputStream(Channels.newInputStream(channel), 1 << 16) {
      @Override
      public void close() {
        // The spool's owner closes the channel.
      }
    };
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
