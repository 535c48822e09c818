package org.jetfold.tables.hdf5;

import io.jhdf.Constants;
import io.jhdf.Utils;
import io.jhdf.storage.HdfBackingStorage;
import java.nio.ByteBuffer;

/** HDF5's index of chunks whose number is fixed. Not thread-safe. */
final class FixedArray {
  private final ChunkEntries entries;
  private final long pageEntries;
  private final long count;
  private final long data;

  /** The array whose header is at an address. */
  FixedArray(HdfBackingStorage storage, long address, int chunkBytes) {
    int lengths = storage.getSizeOfLengths();
    int offsets = storage.getSizeOfOffsets();
    ByteBuffer in =
        ChunkEntries.checked(
            storage, address, ChunkEntries.HEAD + 2 + lengths + offsets + 4L, "FAHD");
    boolean filtered = in.get(5) == 1;
    entries = new ChunkEntries(storage, in.get(6), filtered, chunkBytes);
    pageEntries = 1L << (in.get(7) & 0x3F);
    in.position(8);
    count = Utils.readBytesAsUnsignedLong(in, lengths);
    data = Utils.readBytesAsUnsignedLong(in, offsets);
  }

  /** The chunk with a number. */
  StoredChunk at(long number) {
    if (number >= count || data == Constants.UNDEFINED_ADDRESS) {
      return StoredChunk.NONE;
    }
    int head = ChunkEntries.HEAD + entries.offsetBytes();
    if (count <= pageEntries) {
      ByteBuffer block =
          entries.block(data, head + entries.bytes(count) + ChunkEntries.CHECKSUM, "FADB");
      return entries.entry(block, head + entries.bytes(number));
    }
    long pages = Math.ceilDiv(count, pageEntries);
    long start = head + Math.ceilDiv(pages, 8) + ChunkEntries.CHECKSUM;
    ByteBuffer block = entries.block(data, start, "FADB");
    long page = number / pageEntries;
    if (!ChunkEntries.isSet(block, head, page)) {
      return StoredChunk.NONE;
    }
    long inPage = Math.min(pageEntries, count - page * pageEntries);
    return entries.paged(data + start, pageEntries, inPage, number);
  }
}
