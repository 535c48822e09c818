package org.jetfold.tables.hdf5;

import io.jhdf.Constants;
import io.jhdf.ObjectHeader;
import io.jhdf.dataset.DatasetReader;
import io.jhdf.exceptions.HdfException;
import io.jhdf.exceptions.UnsupportedHdfException;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.message.AttributeMessage;
import io.jhdf.object.message.DataSpace;
import io.jhdf.object.message.DataSpaceMessage;
import io.jhdf.object.message.DataTypeMessage;
import io.jhdf.object.message.FillValueMessage;
import io.jhdf.object.message.FillValueOldMessage;
import io.jhdf.object.message.FilterPipelineMessage;
import io.jhdf.storage.HdfBackingStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.jetfold.codec.error.JetfoldException;
import org.jetfold.codec.table.UnreadableTableException;
import org.jspecify.annotations.Nullable;

/**
 * A dataset as rows of bytes: jHDF finds its parts in the file, and here they are put together,
 * whatever the layout, with the fill value where nothing was written.
 */
final class Hdf5Dataset {
  /** A byte of a chunk stands for fewer, whatever the filter. */
  private static final long MAX_RATIO = 1 << 12;

  /** So many bytes may never have been written, and have the fill value. */
  private static final long MAX_UNWRITTEN = 1L << 30;

  private final String what;
  private final HdfBackingStorage storage;
  private final HdfBackingStorage structure;
  private final ObjectHeader header;
  private final DataType type;
  private final ChunkCache cache;
  private final long[] shape;
  private final int elementBytes;
  private final byte[] fill;
  private final Layout layout;

  /** Where a dataset's bytes are. */
  private interface Layout {
    /** Puts the bytes of some rows into an array that holds the fill value. */
    void read(long first, int rows, byte[] to) throws IOException;
  }

  /**
   * A dataset.
   *
   * @param what the file and the dataset, for messages
   * @param storage gives the data
   * @param structure gives what says where the data is
   * @throws IllegalArgumentException where it is of a kind that is not read; the message is the end
   *     of a sentence about it
   */
  Hdf5Dataset(
      String what,
      HdfBackingStorage storage,
      HdfBackingStorage structure,
      HeaderMessages.Header object,
      ChunkCache cache) {
    this.what = what;
    this.storage = storage;
    this.structure = structure;
    this.cache = cache;
    header = object.messages();
    type = header.getMessageOfType(DataTypeMessage.class).getDataType();
    DataSpace space = header.getMessageOfType(DataSpaceMessage.class).getDataSpace();
    shape = space.getDimensionsAsLong();
    elementBytes = type.getSize();
    requireShape();
    fill = fill();
    ByteBuffer message = object.layout();
    if (message == null) {
      throw new IllegalArgumentException("its header does not say where its data is");
    }
    layout =
        switch (StorageLayout.read(message, structure)) {
          case StorageLayout.Compact compact -> compact(compact.data());
          case StorageLayout.Contiguous contiguous -> contiguous(contiguous.address());
          case StorageLayout.Chunked chunked -> new Chunked(chunked, space.getMaxSizes());
        };
  }

  private void requireShape() {
    double bytes = elementBytes;
    for (long length : shape) {
      bytes *= length;
      if (length < 0) {
        bytes = Double.NaN;
      }
    }
    if (elementBytes <= 0 || !(bytes <= (double) MAX_RATIO * storage.size() + MAX_UNWRITTEN)) {
      throw new UnsupportedHdfException(
          "its shape %s asks for more than the file can hold".formatted(Arrays.toString(shape)));
    }
  }

  /** What messages call it: the file and the dataset. */
  String what() {
    return what;
  }

  /** The type of its elements. */
  DataType type() {
    return type;
  }

  /** The lengths of its dimensions. */
  long[] shape() {
    return shape;
  }

  /** The number of its rows. */
  long rows() {
    return shape[0];
  }

  /** The text of an attribute; null where there is none. */
  @Nullable String text(String attribute) {
    try {
      for (AttributeMessage message : header.getMessagesOfType(AttributeMessage.class)) {
        ByteBuffer data = message.getDataBuffer();
        if (message.getName().equals(attribute) && data != null) {
          int[] lengths = message.getDataSpace().getDimensions();
          Object value = DatasetReader.readDataset(message.getDataType(), data, lengths, structure);
          return value instanceof String text ? text : null;
        }
      }
    } catch (RuntimeException e) {
      // Another program's attributes may be of any type, and nobody asked for them.
      return null;
    }
    return null;
  }

  /** The bytes of an element that was never written. */
  private byte[] fill() {
    ByteBuffer value = null;
    for (FillValueMessage message : header.getMessagesOfType(FillValueMessage.class)) {
      value = message.isFillValueDefined() ? message.getFillValue() : value;
    }
    for (FillValueOldMessage message : header.getMessagesOfType(FillValueOldMessage.class)) {
      value = value == null ? message.getFillValue() : value;
    }
    byte[] fill = new byte[elementBytes];
    if (value != null && value.remaining() == elementBytes) {
      value.duplicate().get(fill);
    }
    return fill;
  }

  /** The bytes of some rows, one behind the other. */
  byte[] read(long first, int rows) throws IOException {
    long rowElements = 1;
    for (int i = 1; i < shape.length; i++) {
      rowElements *= shape[i];
    }
    byte[] bytes = new byte[Math.toIntExact(rows * rowElements * elementBytes)];
    if (!isZero(fill)) {
      for (int at = 0; at < bytes.length; at += elementBytes) {
        System.arraycopy(fill, 0, bytes, at, elementBytes);
      }
    }
    try {
      layout.read(first, rows, bytes);
    } catch (JetfoldException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      throw new UnreadableTableException(
          "%s cannot be read from row %d on: it is damaged: %s"
              .formatted(what, first, Hdf5Source.reason(e)),
          e);
    }
    return bytes;
  }

  private static boolean isZero(byte[] bytes) {
    for (byte b : bytes) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  private static Layout compact(byte[] data) {
    return (first, rows, to) ->
        System.arraycopy(data, Math.toIntExact(first * (to.length / rows)), to, 0, to.length);
  }

  private Layout contiguous(long address) {
    return (first, rows, to) -> {
      if (address != Constants.UNDEFINED_ADDRESS) {
        byte[] data = bytes(address + first * (to.length / rows), to.length);
        System.arraycopy(data, 0, to, 0, to.length);
      }
    };
  }

  private byte[] bytes(long address, int length) {
    ByteBuffer found = storage.readBufferFromAddress(address, length);
    byte[] bytes = new byte[length];
    found.get(bytes);
    return bytes;
  }

  /** A dataset in chunks of equal shape. */
  private final class Chunked implements Layout {
    private final StorageLayout.Chunked stored;
    private final long[] maximum;
    private final ChunkFilters filters;
    private final int[] lengths;
    private final int chunkBytes;
    private @Nullable ChunkIndex index;

    Chunked(StorageLayout.Chunked stored, long[] maximum) {
      this.stored = stored;
      this.maximum = maximum;
      List<FilterPipelineMessage> messages = header.getMessagesOfType(FilterPipelineMessage.class);
      filters = new ChunkFilters(messages.isEmpty() ? List.of() : messages.getFirst().getFilters());
      lengths = stored.chunk();
      long bytes = elementBytes;
      for (int length : lengths) {
        bytes = Math.multiplyExact(bytes, length);
      }
      if (lengths.length != shape.length || bytes <= 0 || bytes > ChunkCache.MAX_CHUNK) {
        throw new UnsupportedHdfException(
            "its chunks have %d bytes, and at most %d are read"
                .formatted(bytes, ChunkCache.MAX_CHUNK));
      }
      chunkBytes = (int) bytes;
    }

    @Override
    public void read(long first, int rows, byte[] to) throws IOException {
      long[] place = new long[shape.length];
      long last = first + rows - 1;
      for (place[0] = first / lengths[0] * lengths[0]; place[0] <= last; place[0] += lengths[0]) {
        do {
          byte[] chunk = chunk(place);
          if (chunk != null) {
            copy(chunk, place, first, rows, to);
          }
        } while (step(place));
      }
    }

    /** Goes to the next chunk of the same rows; false behind the last. */
    private boolean step(long[] place) {
      for (int i = place.length - 1; i > 0; i--) {
        place[i] += lengths[i];
        if (place[i] < shape[i]) {
          return true;
        }
        place[i] = 0;
      }
      return false;
    }

    private byte @Nullable [] chunk(long[] place) throws IOException {
      ChunkIndex known = index;
      if (known == null) {
        known = ChunkIndex.of(structure, stored, shape, maximum, chunkBytes);
        index = known;
      }
      StoredChunk chunk = known.at(place);
      if (!chunk.isWritten()) {
        return null;
      }
      if (chunkBytes > MAX_RATIO * Math.max(1, chunk.bytes())) {
        throw new HdfException(
            "a chunk of %d bytes is said to unpack to %d".formatted(chunk.bytes(), chunkBytes));
      }
      int skipped = stored.wholeEdges() && isEdge(place) ? -1 : chunk.skipped();
      return cache.get(
          chunk.address(),
          () ->
              filters.decode(
                  bytes(chunk.address(), Math.toIntExact(chunk.bytes())),
                  skipped,
                  chunkBytes,
                  "%s: the chunk at %s".formatted(what, Arrays.toString(place))));
    }

    private boolean isEdge(long[] place) {
      for (int i = 0; i < place.length; i++) {
        if (place[i] + lengths[i] > shape[i]) {
          return true;
        }
      }
      return false;
    }

    /** Copies what a chunk and the rows have in common, run by run. */
    private void copy(byte[] chunk, long[] place, long first, int rows, byte[] to) {
      int dimensions = shape.length;
      int[] from = new int[dimensions];
      int[] until = new int[dimensions];
      for (int i = 0; i < dimensions; i++) {
        long low = i == 0 ? Math.max(first, place[0]) : place[i];
        long high = i == 0 ? first + rows : shape[i];
        from[i] = (int) (low - place[i]);
        until[i] = (int) (Math.min(high, place[i] + lengths[i]) - place[i]);
      }
      int inner = dimensions - 1;
      int[] at = from.clone();
      int run = dimensions == 1 ? until[0] - from[0] : until[inner] - from[inner];
      do {
        long source = 0;
        long target = 0;
        for (int i = 0; i < dimensions; i++) {
          source = source * lengths[i] + at[i];
          target = target * (i == 0 ? 1 : shape[i]) + place[i] + at[i] - (i == 0 ? first : 0);
        }
        System.arraycopy(
            chunk,
            (int) (source * elementBytes),
            to,
            (int) (target * elementBytes),
            run * elementBytes);
      } while (stepWithin(at, from, until, inner - 1));
    }

    /** Goes to the next run; false behind the last. */
    private static boolean stepWithin(int[] at, int[] from, int[] until, int dimension) {
      for (int i = dimension; i >= 0; i--) {
        if (++at[i] < until[i]) {
          return true;
        }
        at[i] = from[i];
      }
      return false;
    }
  }
}
