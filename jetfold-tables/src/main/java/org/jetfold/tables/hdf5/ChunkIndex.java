package org.jetfold.tables.hdf5;

import io.jhdf.Constants;
import io.jhdf.btree.BTreeV1;
import io.jhdf.btree.BTreeV2;
import io.jhdf.btree.record.BTreeDatasetChunkRecord;
import io.jhdf.dataset.chunked.Chunk;
import io.jhdf.dataset.chunked.DatasetInfo;
import io.jhdf.storage.HdfBackingStorage;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jetfold.tables.hdf5.StorageLayout.Chunked;

/** Finds the chunks of a dataset. */
interface ChunkIndex {
  /** The chunk that begins at a place in the dataset. */
  StoredChunk at(long[] place);

  /**
   * The index of a dataset.
   *
   * @param shape the lengths of the dataset
   * @param maximum the lengths that it can grow to; −1 for any
   * @param chunkBytes the bytes of a chunk without filters
   */
  static ChunkIndex of(
      HdfBackingStorage storage, Chunked layout, long[] shape, long[] maximum, int chunkBytes) {
    long address = layout.address();
    if (address == Constants.UNDEFINED_ADDRESS) {
      return unused -> StoredChunk.NONE;
    }
    int[] chunk = layout.chunk();
    return switch (layout.index()) {
      case OLD_TREE -> listed(BTreeV1.createDataBTree(storage, address, shape.length).getChunks());
      case TREE ->
          listed(
              new BTreeV2<BTreeDatasetChunkRecord>(
                      storage, address, new DatasetInfo(chunkBytes, shape, chunk))
                  .getRecords().stream().map(BTreeDatasetChunkRecord::getChunk).toList());
      case SINGLE -> {
        StoredChunk only =
            layout.single().isWritten() ? layout.single() : new StoredChunk(address, chunkBytes, 0);
        yield unused -> only;
      }
      case IMPLICIT -> {
        ChunkNumbers numbers = new ChunkNumbers(chunk, maximum);
        yield place ->
            new StoredChunk(
                Math.addExact(address, Math.multiplyExact(numbers.of(place), chunkBytes)),
                chunkBytes,
                0);
      }
      case FIXED_ARRAY -> {
        ChunkNumbers numbers = new ChunkNumbers(chunk, maximum);
        FixedArray array = new FixedArray(storage, address, chunkBytes);
        yield place -> array.at(numbers.of(place));
      }
      case EXTENSIBLE_ARRAY -> {
        ChunkNumbers numbers = new ChunkNumbers(chunk, maximum);
        ExtensibleArray array = new ExtensibleArray(storage, address, chunkBytes);
        yield place -> array.at(numbers.of(place));
      }
    };
  }

  private static ChunkIndex listed(List<Chunk> chunks) {
    Map<List<Long>, StoredChunk> byPlace = new HashMap<>();
    for (Chunk chunk : chunks) {
      long[] mask = chunk.getFilterMask().toLongArray();
      byPlace.put(
          Arrays.stream(chunk.getChunkOffset()).boxed().toList(),
          new StoredChunk(
              chunk.getAddress(), chunk.getSize(), mask.length == 0 ? 0 : (int) mask[0]));
    }
    return place -> byPlace.getOrDefault(Arrays.stream(place).boxed().toList(), StoredChunk.NONE);
  }
}
