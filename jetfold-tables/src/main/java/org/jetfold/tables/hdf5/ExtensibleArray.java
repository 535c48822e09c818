package org.jetfold.tables.hdf5;

import io.jhdf.Constants;
import io.jhdf.Utils;
import io.jhdf.exceptions.HdfException;
import io.jhdf.storage.HdfBackingStorage;
import java.nio.ByteBuffer;

/**
 * HDF5's index of chunks whose number can grow: an index block holds the first entries and the
 * addresses of the first data blocks; super blocks hold those of the others. Super block u has
 * 2^⌊u/2⌋ data blocks, each with 2^⌈u/2⌉ times as many entries as the first. Not thread-safe.
 */
final class ExtensibleArray {
  private static final int MAX_BITS = 62;

  private final ChunkEntries entries;
  private final int placeBytes;
  private final int superBlocks;
  private final int direct;
  private final int firstBlockEntries;
  private final int directSuperBlocks;
  private final int directBlocks;
  private final long pageEntries;
  private final long indexBlock;

  /** The array whose header is at an address. */
  ExtensibleArray(HdfBackingStorage storage, long address, int chunkBytes) {
    int lengths = storage.getSizeOfLengths();
    int offsets = storage.getSizeOfOffsets();
    ByteBuffer in =
        ChunkEntries.checked(
            storage, address, ChunkEntries.HEAD + 6 + 6L * lengths + offsets + 4, "EAHD");
    entries = new ChunkEntries(storage, in.get(6), in.get(5) == 1, chunkBytes);
    int bits = in.get(7);
    direct = in.get(8) & 0xFF;
    firstBlockEntries = in.get(9) & 0xFF;
    int pointers = in.get(10) & 0xFF;
    pageEntries = 1L << (in.get(11) & 0x3F);
    if (bits < 1
        || bits > MAX_BITS
        || Integer.bitCount(firstBlockEntries) != 1
        || Integer.bitCount(pointers) != 1) {
      throw new HdfException("the index of its chunks has sizes that are no powers of 2");
    }
    placeBytes = (bits + 7) / 8;
    superBlocks = 1 + bits - Integer.numberOfTrailingZeros(firstBlockEntries);
    directSuperBlocks = 2 * Integer.numberOfTrailingZeros(pointers);
    directBlocks = 2 * (pointers - 1);
    in.position(12 + 6 * lengths);
    indexBlock = Utils.readBytesAsUnsignedLong(in, offsets);
  }

  /** The chunk with a number. */
  StoredChunk at(long number) {
    if (indexBlock == Constants.UNDEFINED_ADDRESS) {
      return StoredChunk.NONE;
    }
    int head = ChunkEntries.HEAD + entries.offsetBytes();
    long blocksAt = head + entries.bytes(direct);
    long supersAt = blocksAt + (long) directBlocks * entries.offsetBytes();
    int listed = Math.max(0, superBlocks - directSuperBlocks);
    ByteBuffer index =
        entries.block(
            indexBlock,
            supersAt + (long) listed * entries.offsetBytes() + ChunkEntries.CHECKSUM,
            "EAIB");
    if (number < direct) {
      return entries.entry(index, head + entries.bytes(number));
    }
    long left = number - direct;
    long before = 0;
    for (int u = 0; u < superBlocks; u++) {
      long blocks = 1L << (u / 2);
      long blockEntries = (long) firstBlockEntries << ((u + 1) / 2);
      if (left < blocks * blockEntries) {
        long block = left / blockEntries;
        long within = left % blockEntries;
        if (u >= directSuperBlocks) {
          long at = supersAt + (long) (u - directSuperBlocks) * entries.offsetBytes();
          return inSuperBlock(entries.address(index, at), blocks, blockEntries, block, within);
        }
        long at = blocksAt + (before + block) * entries.offsetBytes();
        return inBlock(entries.address(index, at), blockEntries, within);
      }
      left -= blocks * blockEntries;
      before += blocks;
    }
    return StoredChunk.NONE;
  }

  private StoredChunk inSuperBlock(
      long address, long blocks, long blockEntries, long block, long within) {
    if (address == Constants.UNDEFINED_ADDRESS) {
      return StoredChunk.NONE;
    }
    long pages = blockEntries > pageEntries ? blockEntries / pageEntries : 0;
    long bitsAt = ChunkEntries.HEAD + entries.offsetBytes() + (long) placeBytes;
    long blocksAt = bitsAt + blocks * Math.ceilDiv(pages, 8);
    ByteBuffer bytes =
        entries.block(
            address, blocksAt + blocks * entries.offsetBytes() + ChunkEntries.CHECKSUM, "EASB");
    long data = entries.address(bytes, blocksAt + block * entries.offsetBytes());
    if (pages == 0) {
      return inBlock(data, blockEntries, within);
    }
    if (data == Constants.UNDEFINED_ADDRESS
        || !ChunkEntries.isSet(bytes, bitsAt, block * pages + within / pageEntries)) {
      return StoredChunk.NONE;
    }
    long head = bitsAt + ChunkEntries.CHECKSUM;
    return entries.paged(data + head, pageEntries, pageEntries, within);
  }

  private StoredChunk inBlock(long address, long blockEntries, long within) {
    if (address == Constants.UNDEFINED_ADDRESS) {
      return StoredChunk.NONE;
    }
    long head = ChunkEntries.HEAD + entries.offsetBytes() + (long) placeBytes;
    ByteBuffer block =
        entries.block(address, head + entries.bytes(blockEntries) + ChunkEntries.CHECKSUM, "EADB");
    return entries.entry(block, head + entries.bytes(within));
  }
}
