package org.jetfold.tables.hdf5;

import io.jhdf.Constants;
import io.jhdf.Utils;
import io.jhdf.checksum.ChecksumUtils;
import io.jhdf.exceptions.HdfException;
import io.jhdf.storage.HdfBackingStorage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * What both kinds of arrays of chunks have in common: blocks with a signature and a checksum, and
 * entries that say where a chunk is. Not thread-safe.
 */
final class ChunkEntries {
  /** The bytes of a checksum. */
  static final int CHECKSUM = 4;

  /** The signature, the version, and whether chunks have filters. */
  static final int HEAD = 6;

  private static final int MASK = 4;

  private final HdfBackingStorage storage;
  private final int entryBytes;
  private final boolean filtered;
  private final int chunkBytes;
  private final Map<Long, ByteBuffer> blocks = new HashMap<>();

  /**
   * Entries.
   *
   * @param entryBytes the bytes of an entry
   * @param filtered whether an entry also tells the size of its chunk
   * @param chunkBytes the size of a chunk without filters
   */
  ChunkEntries(HdfBackingStorage storage, int entryBytes, boolean filtered, int chunkBytes) {
    this.storage = storage;
    this.entryBytes = entryBytes;
    this.filtered = filtered;
    this.chunkBytes = chunkBytes;
    int least = offsetBytes() + (filtered ? 1 + MASK : 0);
    if (entryBytes < least || entryBytes > least + Long.BYTES) {
      throw new HdfException(
          "the entries of an array of chunks have %d bytes".formatted(entryBytes));
    }
  }

  /** The bytes of an address. */
  int offsetBytes() {
    return storage.getSizeOfOffsets();
  }

  /** The bytes of so many entries. */
  long bytes(long entries) {
    return Math.multiplyExact(entries, entryBytes);
  }

  /** Reads a block whose last bytes are its checksum; each is read once. */
  ByteBuffer block(long address, long length, String signature) {
    ByteBuffer known = blocks.get(address);
    if (known == null) {
      known = checked(storage, address, length, signature);
      blocks.put(address, known);
    }
    return known;
  }

  /** Reads the bytes of something that begins with a signature and ends with a checksum. */
  static ByteBuffer checked(
      HdfBackingStorage storage, long address, long length, String signature) {
    ByteBuffer bytes = storage.readBufferFromAddress(address, Math.toIntExact(length)).slice();
    byte[] expected = signature.getBytes(StandardCharsets.US_ASCII);
    if (!bytes.slice(0, expected.length).equals(ByteBuffer.wrap(expected))) {
      throw new HdfException(
          "the index of its chunks has no %s at %d".formatted(signature, address));
    }
    ChecksumUtils.validateChecksum(bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN));
    return bytes.order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The address at a place in a block. */
  long address(ByteBuffer block, long at) {
    ByteBuffer in = block.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    return Utils.readBytesAsUnsignedLong(in.position(Math.toIntExact(at)), offsetBytes());
  }

  /** The entry at a place in a block. */
  StoredChunk entry(ByteBuffer block, long at) {
    long address = address(block, at);
    if (address == Constants.UNDEFINED_ADDRESS) {
      return StoredChunk.NONE;
    }
    if (!filtered) {
      return new StoredChunk(address, chunkBytes, 0);
    }
    ByteBuffer in = block.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    in.position(Math.toIntExact(at) + offsetBytes());
    long size = Utils.readBytesAsUnsignedLong(in, entryBytes - offsetBytes() - MASK);
    return new StoredChunk(address, size, in.getInt());
  }

  /** Whether a bit of a block is set; the first of each byte is its highest. */
  static boolean isSet(ByteBuffer block, long at, long bit) {
    return (block.get(Math.toIntExact(at + bit / 8)) & 0x80 >> (int) (bit % 8)) != 0;
  }

  /**
   * An entry of a page: pages follow one another, each with a checksum of its own.
   *
   * @param first where the first page is
   * @param pageEntries how many entries a page has
   * @param entries how many entries this page has; the last may have fewer
   */
  StoredChunk paged(long first, long pageEntries, long entries, long number) {
    long page = number / pageEntries;
    long at = first + page * (bytes(pageEntries) + CHECKSUM);
    return entry(block(at, bytes(entries) + CHECKSUM, ""), bytes(number % pageEntries));
  }
}
