package org.jetfold.tables.hdf5;

import io.jhdf.Utils;
import io.jhdf.exceptions.HdfException;
import io.jhdf.exceptions.UnsupportedHdfException;
import io.jhdf.storage.HdfBackingStorage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Where the bytes of a dataset are. */
sealed interface StorageLayout {
  /** In the object's header. */
  record Compact(byte[] data) implements StorageLayout {}

  /** In one piece; nowhere where nothing was written. */
  record Contiguous(long address) implements StorageLayout {}

  /**
   * In chunks of equal shape.
   *
   * @param chunk the lengths of a chunk
   * @param index how the chunks are found
   * @param address where the index is, or the only chunk; nowhere where nothing was written
   * @param wholeEdges whether chunks that go over the dataset's edge are stored without filters
   * @param single what is known of an only chunk that has filters
   */
  record Chunked(int[] chunk, Index index, long address, boolean wholeEdges, StoredChunk single)
      implements StorageLayout {}

  /** How chunks are found. */
  enum Index {
    /** By a B-tree of version 1. */
    OLD_TREE,
    /** There is one chunk. */
    SINGLE,
    /** They follow one another. */
    IMPLICIT,
    /** By an array of known length. */
    FIXED_ARRAY,
    /** By an array that can grow. */
    EXTENSIBLE_ARRAY,
    /** By a B-tree of version 2. */
    TREE
  }

  /** The class of virtual datasets. */
  int VIRTUAL = 3;

  /**
   * Reads a layout.
   *
   * @param message the content of its message
   * @throws IllegalArgumentException where it is of a kind that is not read; the message is the end
   *     of a sentence about the dataset
   */
  static StorageLayout read(ByteBuffer message, HdfBackingStorage storage) {
    ByteBuffer in = message.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    int version = in.get();
    return switch (version) {
      case 1, 2 -> readOld(in, storage);
      case 3, 4, 5 -> {
        int kind = in.get();
        yield switch (kind) {
          case 0 -> new Compact(bytes(in, in.getShort() & 0xFFFF));
          case 1 -> new Contiguous(offset(in, storage));
          case 2 -> version == 3 ? readTree(in, storage) : readIndexed(in, storage);
          case VIRTUAL ->
              throw new IllegalArgumentException(
                  "it is virtual: its data is that of other datasets, which may be in other files");
          default -> throw new HdfException("no storage layout has the number " + kind);
        };
      }
      default ->
          throw new UnsupportedHdfException(
              "its storage layout is of version %d, and versions up to 5 are read"
                  .formatted(version));
    };
  }

  private static long offset(ByteBuffer in, HdfBackingStorage storage) {
    return Utils.readBytesAsUnsignedLong(in, storage.getSizeOfOffsets());
  }

  private static byte[] bytes(ByteBuffer in, int count) {
    if (count < 0 || count > in.remaining()) {
      throw new HdfException("its data has %d bytes, but its header ends before".formatted(count));
    }
    byte[] bytes = new byte[count];
    in.get(bytes);
    return bytes;
  }

  private static int[] lengths(ByteBuffer in, int count, int bytes) {
    int[] lengths = new int[Math.max(0, count)];
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = Utils.readBytesAsUnsignedInt(in, bytes);
    }
    return lengths;
  }

  private static StorageLayout readOld(ByteBuffer in, HdfBackingStorage storage) {
    int dimensions = in.get();
    int kind = in.get();
    in.position(in.position() + 5);
    return switch (kind) {
      case 0 -> {
        lengths(in, dimensions, 4);
        yield new Compact(bytes(in, in.getInt()));
      }
      case 1 -> new Contiguous(offset(in, storage));
      case 2 -> {
        long address = offset(in, storage);
        yield chunked(lengths(in, dimensions - 1, 4), Index.OLD_TREE, address, false);
      }
      default -> throw new HdfException("no storage layout has the number " + kind);
    };
  }

  private static Chunked chunked(int[] chunk, Index index, long address, boolean wholeEdges) {
    return new Chunked(chunk, index, address, wholeEdges, StoredChunk.NONE);
  }

  private static StorageLayout readTree(ByteBuffer in, HdfBackingStorage storage) {
    int dimensions = in.get();
    long address = offset(in, storage);
    return chunked(lengths(in, dimensions - 1, 4), Index.OLD_TREE, address, false);
  }

  private static StorageLayout readIndexed(ByteBuffer in, HdfBackingStorage storage) {
    int flags = in.get();
    int dimensions = in.get();
    int[] lengths = lengths(in, dimensions, in.get());
    int[] chunk = Arrays.copyOf(lengths, Math.max(0, lengths.length - 1));
    int number = in.get();
    if (number < 1 || number >= Index.values().length) {
      throw new UnsupportedHdfException(
          "the index of its chunks is of kind %d, which is not read".formatted(number));
    }
    Index index = Index.values()[number];
    boolean wholeEdges = (flags & 1) != 0;
    if (index == Index.SINGLE && (flags & 2) != 0) {
      long size = Utils.readBytesAsUnsignedLong(in, storage.getSizeOfLengths());
      int skipped = in.getInt();
      long address = offset(in, storage);
      return new Chunked(
          chunk, index, address, wholeEdges, new StoredChunk(address, size, skipped));
    }
    in.position(
        in.position()
            + switch (index) {
              case FIXED_ARRAY -> 1;
              case EXTENSIBLE_ARRAY -> 5;
              case TREE -> 6;
              default -> 0;
            });
    return chunked(chunk, index, offset(in, storage), wholeEdges);
  }
}
