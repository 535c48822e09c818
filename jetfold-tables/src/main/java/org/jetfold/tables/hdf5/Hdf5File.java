package org.jetfold.tables.hdf5;

import io.jhdf.checksum.ChecksumUtils;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jetfold.codec.table.ValueType;
import org.jetfold.tables.arrays.ArraySink;
import org.jetfold.tables.rows.Spool;

/**
 * Writes an HDF5 file (for HDF5 1.10 and newer, superblock 2) from front to back: superblock, the
 * data of all datasets, their headers, the root group. All of it is under checksums. jHDF writes
 * too, but holds every dataset in memory. Booleans are h5py's enumeration. The same arrays give the
 * same bytes.
 */
final class Hdf5File {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1A, '\n'};
  private static final int SUPERBLOCK = 48;
  private static final long UNDEFINED = -1;

  /** Messages of an object header. */
  private static final int DATASPACE = 0x01;

  private static final int LINK_INFO = 0x02;
  private static final int DATATYPE = 0x03;
  private static final int FILL_VALUE = 0x05;
  private static final int LINK = 0x06;
  private static final int LAYOUT = 0x08;
  private static final int GROUP_INFO = 0x0A;
  private static final int FILTERS = 0x0B;
  private static final int ATTRIBUTE = 0x0C;

  private static final int FIXED_ARRAY = 3;
  private static final short DEFLATE = 1;
  private static final short SHUFFLE = 2;
  private static final short FLETCHER32 = 3;

  private Hdf5File() {}

  /**
   * Writes a whole file; the stream stays open.
   *
   * @param notes attributes of the root group
   * @param folder where the filtered data waits
   */
  static void write(
      List<ArraySink.Stored> arrays, Map<String, String> notes, OutputStream stream, Path folder)
      throws IOException {
    try (Spool spool = Spool.in(folder)) {
      write(arrays, notes, stream, spool);
    }
  }

  private static void write(
      List<ArraySink.Stored> arrays, Map<String, String> notes, OutputStream stream, Spool spool)
      throws IOException {
    OutputStream out = new BufferedOutputStream(stream, 1 << 16);
    List<FilteredChunks> data = new ArrayList<>();
    long at = SUPERBLOCK;
    for (ArraySink.Stored array : arrays) {
      FilteredChunks chunks = new FilteredChunks(array, at, spool);
      data.add(chunks);
      at += padded(chunks.bytes());
    }
    List<byte[]> headers = new ArrayList<>();
    List<Long> headerAt = new ArrayList<>();
    for (int i = 0; i < arrays.size(); i++) {
      headers.add(datasetHeader(data.get(i)));
      headerAt.add(at);
      at += padded(headers.getLast().length);
    }
    byte[] root = rootGroup(arrays, headerAt, notes);
    out.write(superblock(at + root.length, at));
    for (FilteredChunks chunks : data) {
      chunks.write(out);
      pad(out, chunks.bytes());
    }
    for (byte[] header : headers) {
      out.write(header);
      pad(out, header.length);
    }
    out.write(root);
    out.flush();
  }

  private static long padded(long bytes) {
    return (bytes + 7) & ~7L;
  }

  private static void pad(OutputStream out, long bytes) throws IOException {
    out.write(new byte[(int) (padded(bytes) - bytes)]);
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] superblock(long end, long root) {
    byte[] bytes = new byte[SUPERBLOCK];
    ByteBuffer out = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).put(SIGNATURE);
    out.put((byte) 2).put((byte) 8).put((byte) 8).put((byte) 0);
    out.putLong(0).putLong(UNDEFINED).putLong(end).putLong(root);
    out.putInt(checksum(bytes, SUPERBLOCK - 4));
    return bytes;
  }

  /** The checksum of HDF5's metadata, Bob Jenkins's lookup3. */
  private static int checksum(byte[] bytes, int length) {
    return ChecksumUtils.checksum(Arrays.copyOf(bytes, length));
  }

  /** An object header of messages, each a kind and its content. */
  static byte[] header(List<Integer> kinds, List<byte[]> messages) {
    int size = messages.stream().mapToInt(message -> 4 + message.length).sum();
    byte[] bytes = new byte[4 + 2 + 4 + size + 4];
    ByteBuffer out = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    out.put("OHDR".getBytes(StandardCharsets.US_ASCII)).put((byte) 2);
    out.put((byte) 2).putInt(size); // the size has four bytes
    for (int i = 0; i < messages.size(); i++) {
      byte[] message = messages.get(i);
      out.put((byte) (int) kinds.get(i))
          .putShort((short) message.length)
          .put((byte) 0)
          .put(message);
    }
    out.putInt(checksum(bytes, out.position()));
    return bytes;
  }

  private static byte[] datasetHeader(FilteredChunks chunks) {
    ArraySink.Stored array = chunks.array();
    List<Integer> kinds = new ArrayList<>(List.of(DATASPACE, DATATYPE, FILL_VALUE, LAYOUT));
    List<byte[]> messages = new ArrayList<>();
    messages.add(
        buffer(12)
            .put((byte) 2)
            .put((byte) 1)
            .put((byte) 0)
            .put((byte) 1)
            .putLong(array.length())
            .array());
    messages.add(datatype(array.type()));
    messages.add(new byte[] {3, 0x0A});
    if (array.length() == 0) {
      messages.add(buffer(18).put((byte) 3).put((byte) 1).putLong(UNDEFINED).putLong(0).array());
    } else {
      messages.add(layout(chunks));
      kinds.add(FILTERS);
      messages.add(filters(array.type().bytes()));
    }
    array
        .attributes()
        .forEach((name, value) -> {
          kinds.add(ATTRIBUTE);
          messages.add(attribute(name, value));
        });
    return header(kinds, messages);
  }

  /** Shuffled, deflated, checked: of each its number and, for two, a setting. */
  private static byte[] filters(int elementBytes) {
    return buffer(2 + 10 + 10 + 6)
        .put((byte) 2)
        .put((byte) 3)
        .putShort(SHUFFLE)
        .putShort((short) 0)
        .putShort((short) 1)
        .putInt(elementBytes)
        .putShort(DEFLATE)
        .putShort((short) 0)
        .putShort((short) 1)
        .putInt(FilteredChunks.LEVEL)
        .putShort(FLETCHER32)
        .array();
  }

  /** Chunks that a fixed array finds. */
  private static byte[] layout(FilteredChunks chunks) {
    int elements = chunks.chunkElements();
    int elementBytes = chunks.array().type().bytes();
    // HDF5 requires the least width that holds both.
    int width = (39 - Integer.numberOfLeadingZeros(Math.max(elements, elementBytes))) / 8;
    ByteBuffer message = buffer(15 + 2 * width);
    message.put((byte) 4).put((byte) 2).put((byte) 0).put((byte) 2).put((byte) width);
    for (int length : new int[] {elements, elementBytes}) {
      for (int i = 0; i < width; i++) {
        message.put((byte) (length >>> (8 * i)));
      }
    }
    message.put((byte) FIXED_ARRAY).put((byte) chunks.pageBits()).putLong(chunks.indexAt());
    byte[] bytes = new byte[message.capacity()];
    message.get(0, bytes);
    return bytes;
  }

  private static byte[] datatype(ValueType type) {
    int bits = 8 * type.bytes();
    return switch (type) {
      case FLOAT32, FLOAT64 -> {
        boolean single = type == ValueType.FLOAT32;
        int mantissa = single ? 23 : 52;
        yield buffer(20)
            .put((byte) 0x11)
            .put((byte) 0x20)
            .put((byte) (bits - 1))
            .put((byte) 0)
            .putInt(type.bytes())
            .putShort((short) 0)
            .putShort((short) bits)
            .put((byte) mantissa)
            .put((byte) (bits - 1 - mantissa))
            .put((byte) 0)
            .put((byte) mantissa)
            .putInt(single ? 127 : 1023)
            .array();
      }
      case BOOL -> {
        byte[] names = "FALSE\0TRUE\0".getBytes(StandardCharsets.US_ASCII);
        byte[] base = datatype(ValueType.INT8);
        yield buffer(8 + base.length + names.length + 2)
            .put((byte) 0x38)
            .put((byte) 2)
            .putShort((short) 0)
            .putInt(1)
            .put(base)
            .put(names)
            .put((byte) 0)
            .put((byte) 1)
            .array();
      }
      default ->
          buffer(12)
              .put((byte) 0x10)
              .put((byte) (type.minimum() < 0 && type != ValueType.UINT64 ? 0x08 : 0))
              .putShort((short) 0)
              .putInt(type.bytes())
              .putShort((short) 0)
              .putShort((short) bits)
              .array();
    };
  }

  /** A text that belongs to a dataset or to the root group. */
  private static byte[] attribute(String name, String value) {
    byte[] key = (name + "\0").getBytes(StandardCharsets.UTF_8);
    byte[] text = (value + "\0").getBytes(StandardCharsets.UTF_8);
    return buffer(9 + key.length + 8 + 4 + text.length)
        .put((byte) 3)
        .put((byte) 0)
        .putShort((short) key.length)
        .putShort((short) 8)
        .putShort((short) 4)
        .put((byte) 1)
        .put(key)
        .put((byte) 0x13)
        .put((byte) 0x10)
        .putShort((short) 0)
        .putInt(text.length)
        .putInt(2) // version 2 of a dataspace without dimensions
        .put(text)
        .array();
  }

  private static byte[] rootGroup(
      List<ArraySink.Stored> arrays, List<Long> headers, Map<String, String> notes) {
    List<Integer> kinds = new ArrayList<>(List.of(LINK_INFO, GROUP_INFO));
    List<byte[]> messages = new ArrayList<>();
    messages.add(buffer(18).putShort((short) 0).putLong(UNDEFINED).putLong(UNDEFINED).array());
    messages.add(new byte[2]);
    for (int i = 0; i < arrays.size(); i++) {
      byte[] name = arrays.get(i).name().getBytes(StandardCharsets.UTF_8);
      kinds.add(LINK);
      messages.add(
          buffer(5 + name.length + 8)
              .put((byte) 1)
              .put((byte) 0x11)
              .put((byte) 1)
              .putShort((short) name.length)
              .put(name)
              .putLong(headers.get(i))
              .array());
    }
    notes.forEach((name, value) -> {
      kinds.add(ATTRIBUTE);
      messages.add(attribute(name, value));
    });
    return header(kinds, messages);
  }
}
