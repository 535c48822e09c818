package org.jetfold.tables.hdf5;

import io.jhdf.checksum.ChecksumUtils;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jetfold.tables.arrays.ArraySink;

/**
 * The data of a dataset as HDF5 keeps it with checksums: chunks of equal length with a Fletcher32
 * each, and behind them their index, a fixed array, which has checksums of its own. The last chunk
 * is padded with zeros.
 *
 * @param array what is stored
 * @param start where the first chunk is in the file
 */
record ChecksummedChunks(ArraySink.Stored array, long start) {
  /** As many bytes as programs keep of a dataset while they read it. */
  private static final int MAX_CHUNK = 1 << 20;

  private static final int ADDRESS = 8;
  private static final int HEAD = 4 + 1 + 1;
  private static final int CHECKSUM = 4;
  private static final int INDEX_HEADER = HEAD + 2 + 8 + ADDRESS + CHECKSUM;

  /** Chunks with filters: entries tell their size, too. */
  private static final byte FILTERED = 1;

  /** Elements in a chunk. */
  int chunkElements() {
    return (int) Math.min(array.length(), MAX_CHUNK / array.type().bytes());
  }

  private int chunkBytes() {
    return chunkElements() * array.type().bytes();
  }

  private long storedBytes() {
    return (long) chunkBytes() + Fletcher32.BYTES;
  }

  private long count() {
    return array.length() == 0 ? 0 : Math.ceilDiv(array.length(), chunkElements());
  }

  /** Where the index is in the file. */
  long indexAt() {
    return start + count() * storedBytes();
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
    try (Chunking chunking = new Chunking(out, new byte[chunkBytes()])) {
      array.copyTo(chunking);
    }
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
    for (long chunk = 0; chunk < count(); chunk++) {
      block.putLong(start + chunk * storedBytes());
      for (int i = 0; i < sizeBytes(); i++) {
        block.put((byte) (storedBytes() >>> (8 * i)));
      }
      block.putInt(0); // no filter was left out
    }
    return withChecksum(block);
  }

  /** Cuts what is written to it into chunks; closing pads the last. */
  private static final class Chunking extends OutputStream {
    private final OutputStream out;
    private final byte[] chunk;
    private int filled;

    Chunking(OutputStream out, byte[] chunk) {
      this.out = out;
      this.chunk = chunk;
    }

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
      out.write(chunk);
      byte[] checksum = new byte[Fletcher32.BYTES];
      ByteBuffer.wrap(checksum)
          .order(ByteOrder.LITTLE_ENDIAN)
          .putInt(Fletcher32.of(chunk, chunk.length));
      out.write(checksum);
      filled = 0;
    }

    @Override
    public void close() throws IOException {
      if (filled > 0) {
        Arrays.fill(chunk, filled, chunk.length, (byte) 0);
        writeChunk();
      }
    }
  }
}
