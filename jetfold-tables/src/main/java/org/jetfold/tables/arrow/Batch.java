package org.jetfold.tables.arrow;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.flatbuf.BodyCompression;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.CompressionType;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorInputStream;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.tables.arrays.Element;
import org.jspecify.annotations.Nullable;

/**
 * A record batch: its nodes and buffers, checked. Buffers are read when they are asked for, as far
 * as they are; packed ones are unpacked whole and kept. Not thread-safe.
 */
final class Batch {
  /** Longer buffers are not unpacked. */
  private static final int MAX_UNPACKED = 1 << 29;

  private static final byte NOT_PACKED = -1;

  /** What the place of a buffer takes in the metadata. */
  private static final int BUFFER_BYTES = 16;

  private final MessageReader reader;
  private final MessageReader.Stored stored;
  private final long rows;
  private final long[] lengths;
  private final long[] missing;
  private final int[] firstBuffers;
  private final long[] offsets;
  private final long[] sizes;
  private final byte codec;
  private final Map<Integer, byte[]> unpacked = new HashMap<>();

  /**
   * Checks a record batch, whose metadata may point out of themselves.
   *
   * @param fields those of its schema, or a dictionary's one
   * @param nodes how many nodes these have
   * @throws UnreadableTableException where it does not go with the schema, or with its body
   */
  Batch(
      MessageReader reader,
      MessageReader.Stored stored,
      @Nullable RecordBatch batch,
      List<ArrowField> fields,
      int nodes) {
    this.reader = reader;
    this.stored = stored;
    if (batch == null) {
      throw damaged("it has no record batch");
    }
    lengths = new long[nodes];
    missing = new long[nodes];
    firstBuffers = new int[nodes];
    rows = batch.length();
    require(rows >= 0, "it has %d rows".formatted(rows));
    require(
        batch.nodesLength() == nodes,
        "it has %d nodes, but its fields %d".formatted(batch.nodesLength(), nodes));
    readNodes(batch, nodes);
    long buffers = new BufferCount(batch).of(fields);
    require(
        batch.buffersLength() == buffers,
        "it has %d buffers, but its fields %d".formatted(batch.buffersLength(), buffers));
    require(buffers <= stored.metadataBytes() / BUFFER_BYTES, "it has no room for its buffers");
    offsets = new long[(int) buffers];
    sizes = new long[(int) buffers];
    readBuffers(batch);
    BodyCompression packing = batch.compression();
    codec = packing == null ? NOT_PACKED : packing.codec();
    for (ArrowField field : fields) {
      require(
          lengths[field.node()] == rows,
          "it has %d rows, but field %s has %d"
              .formatted(rows, field.name(), lengths[field.node()]));
    }
    require(
        codec == NOT_PACKED || codec == CompressionType.LZ4_FRAME || codec == CompressionType.ZSTD,
        "it is packed by the codec %d".formatted(codec));
  }

  private void readNodes(RecordBatch batch, int nodes) {
    FieldNode node = new FieldNode();
    for (int i = 0; i < nodes; i++) {
      batch.nodes(node, i);
      lengths[i] = node.length();
      missing[i] = node.nullCount();
      require(
          lengths[i] >= 0 && missing[i] >= 0 && missing[i] <= lengths[i],
          "of %d values %d are missing".formatted(lengths[i], missing[i]));
    }
  }

  private void readBuffers(RecordBatch batch) {
    Buffer buffer = new Buffer();
    long body = stored.bodyBytes();
    for (int i = 0; i < offsets.length; i++) {
      batch.buffers(buffer, i);
      offsets[i] = buffer.offset();
      sizes[i] = buffer.length();
      require(
          offsets[i] >= 0 && sizes[i] >= 0 && sizes[i] <= body && offsets[i] <= body - sizes[i],
          "buffer %d has %d bytes from byte %d of %d".formatted(i, sizes[i], offsets[i], body));
    }
  }

  /** Counts buffers, of which views have as many as each batch says. */
  private final class BufferCount {
    private final RecordBatch batch;
    private long buffers;
    private int variadic;

    BufferCount(RecordBatch batch) {
      this.batch = batch;
    }

    long of(List<ArrowField> fields) {
      for (ArrowField field : fields) {
        firstBuffers[field.node()] = (int) buffers;
        buffers += field.buffers();
        if (field.variadic()) {
          require(variadic < batch.variadicBufferCountsLength(), "it lacks counts of buffers");
          long more = batch.variadicBufferCounts(variadic++);
          require(
              more >= 0 && more <= stored.metadataBytes(), "%d buffers of a field".formatted(more));
          buffers += more;
        }
        of(field.children());
      }
      return buffers;
    }
  }

  private void require(boolean right, String otherwise) {
    if (!right) {
      throw damaged(otherwise);
    }
  }

  /** That this batch is damaged. */
  UnreadableTableException damaged(String reason) {
    return reader.damaged(stored.at(), reason);
  }

  /** The number of rows. */
  long rows() {
    return rows;
  }

  /** How many values a field has. */
  long length(ArrowField field) {
    return lengths[field.node()];
  }

  /** How many values of a field are missing. */
  long missing(ArrowField field) {
    return missing[field.node()];
  }

  /**
   * Checks that the fields on the way to some numbers have buffers as long as they say: then
   * nothing that is read is longer than the file, or an unpacked buffer.
   */
  void check(List<ArrowField> path) throws IOException {
    for (int i = 0; i < path.size(); i++) {
      ArrowField field = path.get(i);
      long length = length(field);
      if (missing(field) > 0) {
        requireBuffer(field, 0, bitBytes(length), 1);
      }
      switch (field.contents()) {
        case ArrowField.Lists(int bytes) ->
            requireBuffer(field, 1, length == 0 ? 0 : length + 1, bytes);
        case ArrowField.EqualLists(int size) ->
            require(
                length <= length(path.get(i + 1)) / size,
                "field %s has fewer values than its lists".formatted(field.name()));
        case ArrowField.Structure unused ->
            require(
                length <= length(path.get(i + 1)),
                "field %s has fewer values than its records".formatted(field.name()));
        default -> requireValues(field, length);
      }
    }
  }

  private void requireValues(ArrowField field, long length) throws IOException {
    if (field.dictionary() != null) {
      requireBuffer(field, 1, length, field.dictionary().indices().bytes());
      return;
    }
    switch (field.contents()) {
      case ArrowField.Numbers(Element element) -> requireBuffer(field, 1, length, element.bytes());
      case ArrowField.Decimals(int bytes, int ignored) -> requireBuffer(field, 1, length, bytes);
      case ArrowField.Booleans unused -> requireBuffer(field, 1, bitBytes(length), 1);
      default -> throw new IllegalStateException("no numbers: " + field.contents());
    }
  }

  private static long bitBytes(long bits) {
    return bits / Byte.SIZE + (bits % Byte.SIZE > 0 ? 1 : 0);
  }

  private void requireBuffer(ArrowField field, int buffer, long count, int bytes)
      throws IOException {
    if (count == 0) {
      return;
    }
    int number = firstBuffers[field.node()] + buffer;
    long size = codec == NOT_PACKED ? sizes[number] : unpacked(field, number).length;
    require(
        count > 0 && count <= size / bytes,
        "a buffer of field %s has %d bytes, too few for its values".formatted(field.name(), size));
  }

  /**
   * Some bytes of a field's buffer.
   *
   * @param buffer the number among the field's buffers
   * @throws UnreadableTableException where the buffer is shorter
   */
  byte[] bytes(ArrowField field, int buffer, long from, long count) throws IOException {
    int number = firstBuffers[field.node()] + buffer;
    if (count == 0) {
      return new byte[0];
    }
    byte[] whole = codec == NOT_PACKED ? null : unpacked(field, number);
    long size = whole == null ? sizes[number] : whole.length;
    if (count > Integer.MAX_VALUE - Long.BYTES || from > size - count) {
      throw damaged(
          "a buffer of field %s has %d bytes, too few for its values"
              .formatted(field.name(), size));
    }
    byte[] bytes = new byte[(int) count];
    if (whole == null) {
      reader.read(stored.body() + offsets[number] + from, bytes, bytes.length);
    } else {
      System.arraycopy(whole, (int) from, bytes, 0, bytes.length);
    }
    return bytes;
  }

  /** A whole buffer, unpacked; null where it is there as it is. */
  private byte[] unpacked(ArrowField field, int number) throws IOException {
    byte[] known = unpacked.get(number);
    if (known != null) {
      return known;
    }
    byte[] whole = unpack(field, number);
    unpacked.put(number, whole);
    return whole;
  }

  private byte[] unpack(ArrowField field, int number) throws IOException {
    long size = sizes[number];
    if (size == 0) {
      return new byte[0];
    }
    if (size < Long.BYTES || size > MAX_UNPACKED) {
      throw damaged("a packed buffer of field %s has %d bytes".formatted(field.name(), size));
    }
    byte[] packed = new byte[(int) size];
    reader.read(stored.body() + offsets[number], packed, packed.length);
    long length = ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (length == -1) {
      return Arrays.copyOfRange(packed, Long.BYTES, packed.length);
    }
    if (length > MAX_UNPACKED) {
      throw new UnreadableTableException(
          "%s: a buffer of field %s in the message at byte %d would have %d bytes unpacked; at most %d are supported: write smaller record batches"
              .formatted(reader.name(), field.name(), stored.at(), length, MAX_UNPACKED));
    }
    try (InputStream in = unpacking(packed)) {
      // Grows as data comes, whatever the length says.
      byte[] whole = length < 0 ? new byte[0] : in.readNBytes((int) length);
      if (whole.length != length || in.read() >= 0) {
        throw damaged(
            "a packed buffer of field %s does not have the %d bytes that it should"
                .formatted(field.name(), length));
      }
      return whole;
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw reader.damaged(
          stored.at(), "a packed buffer of field %s is broken".formatted(field.name()), e);
    }
  }

  private InputStream unpacking(byte[] packed) throws IOException {
    InputStream in = new ByteArrayInputStream(packed, Long.BYTES, packed.length - Long.BYTES);
    return codec == CompressionType.ZSTD
        ? new ZstdInputStreamNoFinalizer(in)
        : new FramedLZ4CompressorInputStream(in);
  }
}
