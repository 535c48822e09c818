package org.jetfold.tables.arrow;

import com.google.flatbuffers.FlatBufferBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.flatbuf.Bool;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.KeyValue;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.Precision;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Type;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.ValueType;

/** The metadata of an IPC stream or file as bytes. */
final class MessageWriter {
  /** What stands before the metadata of a message, its length behind it. */
  static final int CONTINUATION = -1;

  /** Metadata and buffers begin at multiples of it. */
  static final int ALIGNMENT = 8;

  /** What a file begins with, padded; it ends with the same without padding. */
  static final byte[] FILE_START = "ARROW1\0\0".getBytes(StandardCharsets.US_ASCII);

  private static final int MAGIC_BYTES = 6;
  private static final int FRAME_BYTES = 8;

  /** A message without metadata. */
  static final byte[] END_OF_STREAM = {-1, -1, -1, -1, 0, 0, 0, 0};

  /**
   * Where a message is in a file.
   *
   * @param headerBytes its metadata with what is before it
   */
  record Block(long position, int headerBytes, long bodyBytes) {}

  private MessageWriter() {}

  /** The bytes of a finished message's metadata with its length before it, padded. */
  static byte[] framed(FlatBufferBuilder message) {
    ByteBuffer metadata = message.dataBuffer();
    int length = metadata.remaining();
    int padded = (length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    ByteBuffer framed = ByteBuffer.allocate(FRAME_BYTES + padded).order(ByteOrder.LITTLE_ENDIAN);
    framed.putInt(CONTINUATION).putInt(padded).put(metadata);
    return framed.array();
  }

  /** The message with a table's schema. */
  static FlatBufferBuilder schema(List<String> names, Schema schema, Map<String, String> notes) {
    FlatBufferBuilder builder = new FlatBufferBuilder();
    int header = schemaIn(builder, names, schema, notes);
    return message(builder, MessageHeader.Schema, header, 0);
  }

  private static FlatBufferBuilder message(
      FlatBufferBuilder builder, byte type, int header, long bodyBytes) {
    builder.finish(Message.createMessage(builder, MetadataVersion.V5, type, header, bodyBytes, 0));
    return builder;
  }

  private static int schemaIn(
      FlatBufferBuilder builder, List<String> names, Schema schema, Map<String, String> notes) {
    int[] fields = new int[names.size()];
    for (int column = 0; column < fields.length; column++) {
      ValueType type = schema.columns().get(column).type();
      int depth = 0;
      for (int group = schema.groupOf(column); group > 0; group = schema.parent(group)) {
        depth++;
      }
      fields[column] = field(builder, names.get(column), type, depth);
    }
    int fieldVector = org.apache.arrow.flatbuf.Schema.createFieldsVector(builder, fields);
    List<Integer> pairs = new ArrayList<>();
    notes.forEach((key, value) ->
        pairs.add(
            KeyValue.createKeyValue(
                builder, builder.createString(key), builder.createString(value))));
    int metadata =
        org.apache.arrow.flatbuf.Schema.createCustomMetadataVector(
            builder, pairs.stream().mapToInt(Integer::intValue).toArray());
    return org.apache.arrow.flatbuf.Schema.createSchema(
        builder, Endianness.Little, fieldVector, metadata, 0);
  }

  private static int field(FlatBufferBuilder builder, String name, ValueType type, int depth) {
    int[] children = depth == 0 ? new int[0] : new int[] {field(builder, "item", type, depth - 1)};
    int childVector = Field.createChildrenVector(builder, children);
    int nameAt = builder.createString(name);
    int typeAt;
    byte typeNumber;
    if (depth > 0) {
      org.apache.arrow.flatbuf.List.startList(builder);
      typeAt = org.apache.arrow.flatbuf.List.endList(builder);
      typeNumber = Type.List;
    } else if (type == ValueType.BOOL) {
      Bool.startBool(builder);
      typeAt = Bool.endBool(builder);
      typeNumber = Type.Bool;
    } else if (type.isFloat()) {
      short precision = type == ValueType.FLOAT32 ? Precision.SINGLE : Precision.DOUBLE;
      typeAt = FloatingPoint.createFloatingPoint(builder, precision);
      typeNumber = Type.FloatingPoint;
    } else {
      typeAt =
          Int.createInt(builder, 8 * type.bytes(), type.minimum() < 0 && type != ValueType.UINT64);
      typeNumber = Type.Int;
    }
    return Field.createField(builder, nameAt, false, typeNumber, typeAt, 0, childVector, 0);
  }

  /** The message before the buffers of a record batch. */
  static FlatBufferBuilder batch(int rows, BatchBuffers body) {
    FlatBufferBuilder builder = new FlatBufferBuilder();
    List<Integer> nodes = body.nodes();
    RecordBatch.startNodesVector(builder, nodes.size());
    for (int entries : nodes.reversed()) {
      FieldNode.createFieldNode(builder, entries, 0);
    }
    int nodeVector = builder.endVector();
    List<BatchBuffers.Place> places = body.places();
    RecordBatch.startBuffersVector(builder, places.size());
    for (BatchBuffers.Place place : places.reversed()) {
      Buffer.createBuffer(builder, place.offset(), place.bytes());
    }
    int bufferVector = builder.endVector();
    int header = RecordBatch.createRecordBatch(builder, rows, nodeVector, bufferVector, 0, 0);
    return message(builder, MessageHeader.RecordBatch, header, body.bodyBytes());
  }

  /** A file's table of contents. */
  static FlatBufferBuilder footer(
      List<String> names, Schema schema, Map<String, String> notes, List<Block> batches) {
    FlatBufferBuilder builder = new FlatBufferBuilder();
    int schemaAt = schemaIn(builder, names, schema, notes);
    Footer.startDictionariesVector(builder, 0);
    int dictionaries = builder.endVector();
    Footer.startRecordBatchesVector(builder, batches.size());
    for (Block batch : batches.reversed()) {
      org.apache.arrow.flatbuf.Block.createBlock(
          builder, batch.position(), batch.headerBytes(), batch.bodyBytes());
    }
    int blocks = builder.endVector();
    builder.finish(
        Footer.createFooter(builder, MetadataVersion.V5, schemaAt, dictionaries, blocks, 0));
    return builder;
  }

  /** What ends a file: its table of contents, the length of that, and the magic. */
  static byte[] fileEnd(FlatBufferBuilder footer) {
    ByteBuffer contents = footer.dataBuffer();
    int length = contents.remaining();
    ByteBuffer end =
        ByteBuffer.allocate(length + Integer.BYTES + MAGIC_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    return end.put(contents).putInt(length).put(FILE_START, 0, MAGIC_BYTES).array();
  }
}
