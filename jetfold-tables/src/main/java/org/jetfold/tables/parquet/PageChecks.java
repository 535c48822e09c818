package org.jetfold.tables.parquet;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.tables.parquet.ColumnChunks.Chunk;

/**
 * Looks at the checksums of pages, as DuckDB does not: of those columns that are read, and each row
 * group before its first row is handed out. Memory holds a part of a page. Not thread-safe.
 */
final class PageChecks {
  private static final int BUFFER = 1 << 16;

  /** A page's header is seldom longer than this; statistics in it may be. */
  private static final int FIRST_LOOK = 1 << 10;

  private static final int MAX_HEADER = 1 << 24;

  private final FileChannel file;
  private final String name;
  private final List<Chunk> chunks;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
  private int next;

  /**
   * Nothing is checked yet.
   *
   * @param name the file's name, for messages
   * @param chunks where the columns are that are read
   */
  PageChecks(FileChannel file, String name, List<Chunk> chunks) {
    this.file = file;
    this.name = name;
    this.chunks =
        chunks.stream()
            .sorted(Comparator.comparingInt(Chunk::group).thenComparingLong(Chunk::start))
            .toList();
  }

  /**
   * Checks all row groups that have some of the rows before {@code row}, each once.
   *
   * @throws UnreadableTableException where a page is damaged
   */
  void before(long row) throws IOException {
    while (next < chunks.size() && chunks.get(next).firstRow() < row) {
      check(chunks.get(next++));
    }
  }

  private void check(Chunk chunk) throws IOException {
    long at = chunk.start();
    long values = 0;
    while (values < chunk.values()) {
      try {
        PageHeader page = header(at);
        long data = at + page.length();
        if (page.stored() > file.size() - data) {
          throw new IllegalArgumentException("it ends early");
        }
        if (page.checked()) {
          checkCrc(page, data);
        }
        values += page.values();
        at = data + page.stored();
      } catch (BufferUnderflowException e) {
        throw damaged(chunk, at, "it ends early", e);
      } catch (IllegalArgumentException e) {
        throw damaged(chunk, at, String.valueOf(e.getMessage()), e);
      }
    }
  }

  private UnreadableTableException damaged(Chunk chunk, long at, String reason, Exception cause) {
    return new UnreadableTableException(
        "%s: column %s, row group %d: the page at byte %d is damaged: %s; get the file again"
            .formatted(name, chunk.column(), chunk.group(), at, reason),
        cause);
  }

  private PageHeader header(long at) throws IOException {
    for (int look = FIRST_LOOK; ; look *= 4) {
      ByteBuffer in = look <= BUFFER ? buffer : ByteBuffer.allocate(look);
      boolean whole = fill(in.clear().limit(look), at);
      try {
        return PageHeader.read(in);
      } catch (BufferUnderflowException e) {
        if (!whole || look >= MAX_HEADER) {
          throw e;
        }
      }
    }
  }

  /** Reads as much as the file has; says whether the buffer is full. */
  private boolean fill(ByteBuffer in, long at) throws IOException {
    while (in.hasRemaining()) {
      if (file.read(in, at + in.position()) < 0) {
        in.flip();
        return false;
      }
    }
    in.flip();
    return true;
  }

  private void checkCrc(PageHeader page, long at) throws IOException {
    CRC32 crc = new CRC32();
    long end = at + page.stored();
    for (long from = at; from < end; ) {
      buffer.clear().limit((int) Math.min(BUFFER, end - from));
      if (!fill(buffer, from)) {
        throw new BufferUnderflowException();
      }
      from += buffer.limit();
      crc.update(buffer);
    }
    if ((int) crc.getValue() != page.crc()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "its CRC-32 is %08x instead of %08x", (int) crc.getValue(), page.crc()));
    }
  }
}
