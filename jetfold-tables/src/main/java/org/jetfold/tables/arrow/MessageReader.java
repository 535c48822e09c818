package org.jetfold.tables.arrow;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.flatbuf.Message;
import org.jetfold.codec.table.UnreadableTableException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the messages of a stream or file: each is the length of its metadata, the metadata, and a
 * body. Lengths are believed only as far as the file has bytes. Thread-safe.
 */
final class MessageReader {
  private static final int PREFIX = 2 * Integer.BYTES;
  private static final int MAX_METADATA = 1 << 26;
  private static final int MAGIC_BYTES = 6;
  private static final String BROKEN = "its metadata is broken";

  private final String name;
  private final FileChannel channel;
  private final boolean file;

  /** Where the messages end at the latest. */
  private final long end;

  /**
   * A message.
   *
   * @param at where it begins
   * @param metadataBytes the length of its metadata
   * @param body where its buffers begin
   * @param bodyBytes the length of its body, which is there
   * @param type what it holds, one of {@link org.apache.arrow.flatbuf.MessageHeader}
   */
  record Stored(long at, int metadataBytes, long body, long bodyBytes, byte type, Message message) {
    /** Where the next one begins. */
    long next() {
      return body + bodyBytes;
    }
  }

  /** Takes something out of metadata, any of which may be damaged. */
  interface Taken<T> {
    T take() throws IOException;
  }

  /**
   * What a message's metadata has.
   *
   * @throws UnreadableTableException where they point out of themselves
   */
  <T> T taken(Stored stored, Taken<T> what) throws IOException {
    try {
      return what.take();
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw damaged(stored.at(), BROKEN, e);
    }
  }

  /**
   * A reader.
   *
   * @param name the file's name, for messages
   */
  MessageReader(String name, FileChannel channel) throws IOException {
    this.name = name;
    this.channel = channel;
    byte[] start = new byte[(int) Math.min(channel.size(), MAGIC_BYTES)];
    read(0, start, start.length);
    file = isMagic(start);
    if (channel.size() == 0) {
      throw new UnreadableTableException(name + ": is empty (0 bytes)");
    }
    if (new String(start, StandardCharsets.US_ASCII).startsWith("FEA1")) {
      throw new UnreadableTableException(
          name + ": is a Feather file of version 1, which is not supported: write version 2");
    }
    end = file ? contentsAt() : channel.size();
  }

  private static boolean isMagic(byte[] bytes) {
    return Arrays.equals(bytes, Arrays.copyOf(MessageWriter.FILE_START, MAGIC_BYTES));
  }

  /** Where a file's table of contents begins; its end where it has none. */
  private long contentsAt() throws IOException {
    long size = channel.size();
    byte[] tail = new byte[Integer.BYTES + MAGIC_BYTES];
    if (size < first() + tail.length) {
      return size;
    }
    read(size - tail.length, tail, tail.length);
    if (!isMagic(Arrays.copyOfRange(tail, Integer.BYTES, tail.length))) {
      return size;
    }
    long contents = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt();
    long at = size - tail.length - contents;
    return contents < 0 || at < first() ? size : at;
  }

  /**
   * A file's table of contents.
   *
   * @param at where it begins
   * @param bytes its length
   */
  record Contents(long at, int bytes, Footer footer) {}

  /** The table of contents; null for a stream, and for a file that lacks it. */
  @Nullable Contents contents() throws IOException {
    if (!file || lacksContents()) {
      return null;
    }
    long length = channel.size() - MAGIC_BYTES - Integer.BYTES - end;
    if (length < Integer.BYTES || length > MAX_METADATA) {
      throw damaged(end, "its table of contents would have %d bytes".formatted(length));
    }
    byte[] bytes = new byte[(int) length];
    read(end, bytes, bytes.length);
    try {
      return new Contents(end, bytes.length, Footer.getRootAsFooter(ByteBuffer.wrap(bytes)));
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw damaged(end, BROKEN, e);
    }
  }

  /** The message at a place that a table of contents tells. */
  Stored message(Contents contents, long at) throws IOException {
    Stored message = at < first() || at >= end ? null : message(at, 0);
    if (message == null) {
      throw damaged(contents.at(), "no message is at byte %d, where one should be".formatted(at));
    }
    return message;
  }

  /** Where the first message begins. */
  long first() {
    return file ? MessageWriter.FILE_START.length : 0;
  }

  /** Whether it is a file that lacks the table of contents at its end. */
  private boolean lacksContents() throws IOException {
    return file && end == channel.size();
  }

  /**
   * The message at some place.
   *
   * @param batches how many record batches are before it, for messages
   * @return null for the end of the stream
   * @throws UnreadableTableException where it is damaged, or not all there
   */
  @Nullable Stored message(long at, int batches) throws IOException {
    if (file && at == end && !lacksContents()) {
      return null;
    }
    byte[] prefix = new byte[PREFIX];
    require(at, Integer.BYTES, batches);
    int available = (int) Math.min(PREFIX, channel.size() - at);
    read(at, prefix, available);
    ByteBuffer numbers = ByteBuffer.wrap(prefix).order(ByteOrder.LITTLE_ENDIAN);
    // Before version 0.15, nothing stood before the length.
    boolean old = numbers.getInt(0) != MessageWriter.CONTINUATION;
    int prefixBytes = old ? Integer.BYTES : PREFIX;
    require(at, prefixBytes, batches);
    int length = numbers.getInt(prefixBytes - Integer.BYTES);
    if (length == 0) {
      requireContents(at, batches);
      return null;
    }
    boolean first = at == first();
    if (length < 0 || length > MAX_METADATA || (first && old && length > channel.size() - at)) {
      throw first
          ? new UnreadableTableException(name + ": it is no Arrow stream or file")
          : damaged(at, "its metadata would have %d bytes".formatted(length & 0xFFFF_FFFFL));
    }
    require(at + prefixBytes, length, batches);
    byte[] metadata = new byte[length];
    read(at + prefixBytes, metadata, length);
    try {
      Message message = Message.getRootAsMessage(ByteBuffer.wrap(metadata));
      long bodyBytes = message.bodyLength();
      if (bodyBytes < 0) {
        throw damaged(at, "its body would have %d bytes".formatted(bodyBytes));
      }
      long body = at + prefixBytes + length;
      require(body, bodyBytes, batches);
      return new Stored(at, length, body, bodyBytes, message.headerType(), message);
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      if (first) {
        // Some files begin with what is no message, and have a whole schema at their end.
        requireContents(at, batches);
      }
      throw damaged(at, BROKEN, e);
    }
  }

  /** How many bytes a stream has behind the mark of its end. */
  long behindEnd(long at) throws IOException {
    byte[] mark = new byte[Integer.BYTES];
    if (file) {
      return 0;
    }
    read(at, mark, mark.length);
    boolean old = ByteBuffer.wrap(mark).getInt() != MessageWriter.CONTINUATION;
    return end - at - (old ? Integer.BYTES : PREFIX);
  }

  private void requireContents(long at, int batches) throws IOException {
    if (lacksContents()) {
      throw new UnreadableTableException(
          "%s: breaks off behind record batch %d, at byte %d: the table of contents is not there; get the file again"
              .formatted(name, batches, at));
    }
  }

  private void require(long at, long bytes, int batches) throws IOException {
    if (bytes > end - at) {
      throw new UnreadableTableException(
          "%s: breaks off at byte %d, behind %d whole record batches: %s; get it again"
              .formatted(
                  name,
                  end,
                  batches,
                  at == end
                      ? "nothing marks the end of the stream"
                      : "at byte %d there should be %d bytes".formatted(at, bytes)));
    }
  }

  /** That a message is damaged. */
  UnreadableTableException damaged(long at, String reason) {
    return new UnreadableTableException(damage(at, reason));
  }

  /** That a message is damaged. */
  UnreadableTableException damaged(long at, String reason, Exception cause) {
    return new UnreadableTableException(damage(at, reason), cause);
  }

  private String damage(long at, String reason) {
    return "%s: the message at byte %d is damaged: %s; get it again".formatted(name, at, reason);
  }

  /** Reads bytes that are there. */
  void read(long at, byte[] to, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(to, 0, count);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, at + buffer.position()) < 0) {
        throw new EOFException("it became shorter while it was read");
      }
    }
  }

  /** The file's name, for messages. */
  String name() {
    return name;
  }
}
