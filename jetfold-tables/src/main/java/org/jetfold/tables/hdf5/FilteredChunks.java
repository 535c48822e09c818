package org.jetfold.tables.hdf5;

import io.jhdf.checksum.ChecksumUtils;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import org.jetfold.tables.arrays.ArraySink;
import org.jetfold.tables.rows.Spool;

/**
 * The data of a dataset as HDF5 keeps it behind filters: chunks of equal length, each shuffled (all
 * first bytes of its elements, then all second ones), deflated and followed by a Fletcher32. Behind
 * them is their index, a fixed array, which has checksums of its own. The last chunk is padded with
 * zeros. Not thread-safe.
 */
final class FilteredChunks {
  /** As many bytes as programs keep of a dataset while they read it. */
  private static final int MAX_CHUNK = 1 << 20;

  private static final int ADDRESS = 8;
  private static final int HEAD = 4 + 1 + 1;
  private static final int CHECKSUM = 4;
  private static final int INDEX_HEADER = HEAD + 2 + 8 + ADDRESS + CHECKSUM;

  /** Chunks with filters: entries tell their size, too. */
  private static final byte FILTERED = 1;

  /** zlib's level; a higher one takes much longer for a per cent. */
  static final int LEVEL = 4;

  private final ArraySink.Stored array;

  /** Where the first chunk is in the file. */
  private final long start;

  private final Spool spool;
  private final long spooledAt;

  /** The bytes of each chunk as stored. */
  private final List<Integer> sizes = new ArrayList<>();

  private long stored;

  /**
   * Filters all chunks of an array; they wait in a spool, because their index and much else is
   * before them.
   *
   * @param start where the first chunk will be in the file
   */
  FilteredChunks(ArraySink.Stored array, long start, Spool spool) throws IOException {
    this.array = array;
    this.start = start;
    this.spool = spool;
    spooledAt = spool.size();
    if (array.length() > 0) {
      try (Chunking chunking = new Chunking()) {
        array.copyTo(chunking);
      }
    }
  }

  /** What is stored. */
  ArraySink.Stored array() {
    return array;
  }

  /** Elements in a chunk. */
  int chunkElements() {
    return (int) Math.min(array.length(), MAX_CHUNK / array.type().bytes());
  }

  private int chunkBytes() {
    return chunkElements() * array.type().bytes();
  }

  private long count() {
    return sizes.size();
  }

  /** Where the index is in the file. */
  long indexAt() {
    return start + stored;
  }

  /**
   * How many entries a page of the index has at most, as a power of 2: all are in one.
   *
   * @throws ArithmeticException where there are more than 2³⁰ chunks
   */
  int pageBits() {
    return Math.max(10, 64 - Long.numberOfLeadingZeros(Math.toIntExact(count()) - 1L));
  }

  /** The width of a chunk's size in the index, as HDF5 finds it. */
  private int sizeBytes() {
    int log = 31 - Integer.numberOfLeadingZeros(chunkBytes());
    return 1 + (log + 8) / 8;
  }

  private int entryBytes() {
    return ADDRESS + sizeBytes() + 4;
  }

  /** The bytes of chunks and index. */
  long bytes() {
    return count() == 0
        ? 0
        : indexAt() - start + INDEX_HEADER + HEAD + ADDRESS + count() * entryBytes() + CHECKSUM;
  }

  /** Writes chunks and index. */
  void write(OutputStream out) throws IOException {
    if (count() == 0) {
      return;
    }
    spool.copyTo(spooledAt, stored, out);
    out.write(indexHeader());
    out.write(indexEntries());
  }

  private static ByteBuffer block(String signature, int bytes) {
    return ByteBuffer.allocate(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(signature.getBytes(StandardCharsets.US_ASCII))
        .put((byte) 0)
        .put(FILTERED);
  }

  private static byte[] withChecksum(ByteBuffer block) {
    byte[] checked = new byte[block.position()];
    block.get(0, checked);
    block.putInt(ChecksumUtils.checksum(checked));
    byte[] bytes = new byte[block.capacity()];
    block.get(0, bytes);
    return bytes;
  }

  private byte[] indexHeader() {
    return withChecksum(
        block("FAHD", INDEX_HEADER)
            .put((byte) entryBytes())
            .put((byte) pageBits())
            .putLong(count())
            .putLong(indexAt() + INDEX_HEADER));
  }

  private byte[] indexEntries() {
    int bytes = Math.toIntExact(HEAD + ADDRESS + count() * entryBytes() + CHECKSUM);
    ByteBuffer block = block("FADB", bytes).putLong(indexAt());
    long at = start;
    for (int size : sizes) {
      block.putLong(at);
      for (int i = 0; i < sizeBytes(); i++) {
        block.put((byte) ((long) size >>> (8 * i)));
      }
      block.putInt(0); // no filter was left out
      at += size;
    }
    return withChecksum(block);
  }

  /** Cuts what is written to it into chunks and filters them; closing pads the last. */
  private final class Chunking extends OutputStream {
    private final byte[] chunk = new byte[chunkBytes()];
    private final byte[] shuffled = new byte[chunkBytes()];
    private final Deflater deflater = new Deflater(LEVEL);
    private final byte[] filtered = new byte[1 << 16];
    private int filled;

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      int at = from;
      int left = length;
      while (left > 0) {
        int count = Math.min(left, chunk.length - filled);
        System.arraycopy(bytes, at, chunk, filled, count);
        at += count;
        left -= count;
        filled += count;
        if (filled == chunk.length) {
          writeChunk();
        }
      }
    }

    private void writeChunk() throws IOException {
      int width = array.type().bytes();
      int elements = chunk.length / width;
      for (int octet = 0; octet < width; octet++) {
        for (int i = 0; i < elements; i++) {
          shuffled[octet * elements + i] = chunk[i * width + octet];
        }
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      deflater.reset();
      deflater.setInput(shuffled);
      deflater.finish();
      while (!deflater.finished()) {
        bytes.write(filtered, 0, deflater.deflate(filtered));
      }
      byte[] deflated = bytes.toByteArray();
      byte[] checksum = new byte[Fletcher32.BYTES];
      ByteBuffer.wrap(checksum)
          .order(ByteOrder.LITTLE_ENDIAN)
          .putInt(Fletcher32.of(deflated, deflated.length));
      spool.append(deflated, 0, deflated.length);
      spool.append(checksum, 0, checksum.length);
      sizes.add(deflated.length + checksum.length);
      stored += deflated.length + checksum.length;
      filled = 0;
    }

    @Override
    public void close() throws IOException {
      try {
        if (filled > 0) {
          Arrays.fill(chunk, filled, chunk.length, (byte) 0);
          writeChunk();
        }
      } finally {
        deflater.end();
      }
    }
  }
}
