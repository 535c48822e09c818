package org.jetfold.tables.arrow;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.ValueType;

/**
 * The buffers of a record batch for a piece of a table: for each column its lists' offsets from the
 * outermost on and its values, each behind an empty buffer that says that nothing is missing.
 */
final class BatchBuffers {
  private static final int BLOCK = 1 << 16;
  private static final byte[] PADDING = new byte[MessageWriter.ALIGNMENT];

  private final Table piece;
  private final List<Integer> nodes = new ArrayList<>();
  private final List<Place> places = new ArrayList<>();
  private final List<Content> contents = new ArrayList<>();
  private long bodyBytes;

  /** Where a buffer is in the body. */
  record Place(long offset, long bytes) {}

  /** Writes a buffer. */
  private interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Puts numbers into bytes. */
  private interface Encoder {
    void put(ByteBuffer block, int number);
  }

  BatchBuffers(Table piece) {
    this.piece = piece;
    for (int column = 0; column < piece.schema().columns().size(); column++) {
      add(column);
    }
  }

  private void add(int column) {
    Schema schema = piece.schema();
    List<Integer> lists = new ArrayList<>();
    for (int group = schema.groupOf(column); group > 0; group = schema.parent(group)) {
      lists.addFirst(group);
    }
    for (int group : lists) {
      int[] offsets = piece.offsets(group);
      nodes.add(offsets.length - 1);
      addNothingMissing();
      add(
          (long) Integer.BYTES * offsets.length,
          out ->
              numbers(out, offsets.length, Integer.BYTES, (block, i) -> block.putInt(offsets[i])));
    }
    ColumnValues values = piece.values(column);
    ValueType type = schema.columns().get(column).type();
    nodes.add(values.size());
    addNothingMissing();
    if (type == ValueType.BOOL) {
      long[] booleans = ((ColumnValues.Integers) values).values();
      add(
          (booleans.length + Byte.SIZE - 1L) / Byte.SIZE,
          out ->
              numbers(
                  out,
                  (booleans.length + Byte.SIZE - 1) / Byte.SIZE,
                  1,
                  (block, i) -> block.put(eight(booleans, i * Byte.SIZE))));
    } else {
      Encoder encoder = encoder(values, type);
      add(
          (long) type.bytes() * values.size(),
          out -> numbers(out, values.size(), type.bytes(), encoder));
    }
  }

  private void addNothingMissing() {
    places.add(new Place(bodyBytes, 0));
  }

  private void add(long bytes, Content content) {
    places.add(new Place(bodyBytes, bytes));
    int padding = padding(bytes);
    contents.add(out -> {
      content.writeTo(out);
      out.write(PADDING, 0, padding);
    });
    bodyBytes += bytes + padding;
  }

  private static int padding(long bytes) {
    return (int) (-bytes & (MessageWriter.ALIGNMENT - 1));
  }

  private static byte eight(long[] booleans, int from) {
    int bits = 0;
    for (int i = from; i < Math.min(from + Byte.SIZE, booleans.length); i++) {
      bits |= booleans[i] == 0 ? 0 : 1 << (i - from);
    }
    return (byte) bits;
  }

  private static Encoder encoder(ColumnValues values, ValueType type) {
    return switch (values) {
      case ColumnValues.Floats(float[] floats) ->
          (block, i) -> block.putInt(Float.floatToRawIntBits(floats[i]));
      case ColumnValues.Doubles(double[] doubles) ->
          (block, i) -> block.putLong(Double.doubleToRawLongBits(doubles[i]));
      case ColumnValues.Integers(long[] integers) ->
          switch (type.bytes()) {
            case 1 -> (block, i) -> block.put((byte) integers[i]);
            case 2 -> (block, i) -> block.putShort((short) integers[i]);
            case 4 -> (block, i) -> block.putInt((int) integers[i]);
            default -> (block, i) -> block.putLong(integers[i]);
          };
    };
  }

  private static void numbers(OutputStream out, int count, int bytes, Encoder encoder)
      throws IOException {
    ByteBuffer block =
        ByteBuffer.allocate((int) Math.min(BLOCK, (long) count * bytes))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      encoder.put(block, i);
      if (!block.hasRemaining()) {
        out.write(block.array());
        block.clear();
      }
    }
    out.write(block.array(), 0, block.position());
  }

  /** For each list and each column's values, depth first, how many there are. */
  List<Integer> nodes() {
    return nodes;
  }

  /** Where the buffers are. */
  List<Place> places() {
    return places;
  }

  /** The length of all buffers with what is between them. */
  long bodyBytes() {
    return bodyBytes;
  }

  /** Writes all buffers. */
  void writeTo(OutputStream out) throws IOException {
    for (Content content : contents) {
      content.writeTo(out);
    }
  }
}
