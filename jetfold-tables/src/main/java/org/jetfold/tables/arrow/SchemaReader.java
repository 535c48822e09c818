package org.jetfold.tables.arrow;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.arrow.flatbuf.Decimal;
import org.apache.arrow.flatbuf.DictionaryEncoding;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FixedSizeList;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.KeyValue;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.Precision;
import org.apache.arrow.flatbuf.Schema;
import org.apache.arrow.flatbuf.Type;
import org.apache.arrow.flatbuf.Union;
import org.apache.arrow.flatbuf.UnionMode;
import org.jetfold.codec.error.JetfoldException;
import org.jetfold.tables.arrays.Element;
import org.jetfold.tables.arrays.FloatLayout;
import org.jspecify.annotations.Nullable;

/** Reads the fields of a schema, which may be anything. */
final class SchemaReader {
  private static final int MAX_FIELDS = 1 << 16;
  private static final int MAX_DEPTH = 64;
  private static final int MAX_DECIMAL_DIGITS = 76;
  private static final int MAX_DECIMAL_BITS = 256;

  private final Schema schema;
  private final short version;

  /** How many bytes all names have at most: a name may be there once and be named a lot. */
  private long namesLeft;

  private int fields;
  private int nodes;

  /** Why a schema cannot be read. */
  static final class SchemaException extends JetfoldException {
    private static final long serialVersionUID = 1L;

    SchemaException(String message) {
      super(message);
    }
  }

  /**
   * A reader.
   *
   * @param version the metadata's, on which the buffers of unions depend
   * @param metadataBytes the length of the message
   */
  SchemaReader(Schema schema, short version, int metadataBytes) {
    this.schema = schema;
    this.version = version;
    namesLeft = metadataBytes;
  }

  /** The fields at the top. */
  List<ArrowField> fields() throws SchemaException {
    if (schema.endianness() != Endianness.Little) {
      throw new SchemaException(
          "its numbers are big-endian, which is not supported: write it on a little-endian"
              + " machine");
    }
    return fields(schema.fieldsLength(), schema::fields, 0);
  }

  /** How many nodes a record batch has. */
  int nodes() {
    return nodes;
  }

  private List<ArrowField> fields(int count, IntFunction<@Nullable Field> field, int depth)
      throws SchemaException {
    fields += Math.clamp(count, 0, MAX_FIELDS + 1);
    if (count < 0 || fields > MAX_FIELDS || depth > MAX_DEPTH) {
      throw new SchemaException(
          depth > MAX_DEPTH
              ? "its fields are nested deeper than %d".formatted(MAX_DEPTH)
              : "it has more than %d fields".formatted(MAX_FIELDS));
    }
    List<ArrowField> read = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Field one = field.apply(i);
      if (one == null) {
        throw new SchemaException("a field is not there");
      }
      read.add(field(one, depth));
    }
    return read;
  }

  private ArrowField field(Field field, int depth) throws SchemaException {
    ByteBuffer nameBytes = field.nameAsByteBuffer();
    namesLeft -= nameBytes == null ? 0 : nameBytes.remaining();
    if (namesLeft < 0) {
      throw new SchemaException("its fields' names are longer than it");
    }
    String name = nameBytes == null ? "" : field.name();
    int node = nodes++;
    DictionaryEncoding encoding = field.dictionary();
    if (encoding != null) {
      Int indices = encoding.indexType();
      Element element =
          indices == null ? Element.integers(true, Integer.BYTES, false) : integers(indices);
      ArrowField.Contents contents = contents(field);
      boolean plain = contents instanceof ArrowField.Other || LeafValues.type(contents) != null;
      return new ArrowField(
          name,
          node,
          2,
          false,
          plain
              ? contents
              : new ArrowField.Other("it holds a dictionary of lists or records", true),
          List.of(),
          new ArrowField.Dictionary(encoding.id(), element));
    }
    List<ArrowField> children = fields(field.childrenLength(), field::children, depth + 1);
    ArrowField.Contents contents = contents(field);
    boolean list =
        contents instanceof ArrowField.Lists || contents instanceof ArrowField.EqualLists;
    if (list && children.size() != 1) {
      throw new SchemaException("the lists of field %s have no type".formatted(name));
    }
    byte type = field.typeType();
    return new ArrowField(
        name,
        node,
        buffers(field),
        type == Type.Utf8View || type == Type.BinaryView,
        contents,
        children,
        null);
  }

  private int buffers(Field field) {
    int validityOfUnion = version < MetadataVersion.V5 ? 1 : 0;
    return switch (field.typeType()) {
      case Type.Null, Type.RunEndEncoded -> 0;
      case Type.Struct_, Type.FixedSizeList -> 1;
      case Type.Utf8,
          Type.Binary,
          Type.LargeUtf8,
          Type.LargeBinary,
          Type.ListView,
          Type.LargeListView ->
          3;
      case Type.Union ->
          validityOfUnion + (typed(field, new Union()).mode() == UnionMode.Dense ? 2 : 1);
      default -> 2;
    };
  }

  private static <T extends com.google.flatbuffers.Table> T typed(Field field, T type) {
    if (field.type(type) == null) {
      throw new IllegalArgumentException("a field has no type");
    }
    return type;
  }

  private static Element integers(Int type) {
    if (type.bitWidth() % Byte.SIZE != 0 || Integer.bitCount(type.bitWidth()) != 1) {
      throw new IllegalArgumentException("integers of %d bits".formatted(type.bitWidth()));
    }
    return Element.integers(type.isSigned(), type.bitWidth() / Byte.SIZE, false);
  }

  private static ArrowField.Contents contents(Field field) throws SchemaException {
    return switch (field.typeType()) {
      case Type.Null -> new ArrowField.Other("it holds nothing but missing values", false);
      case Type.Int -> new ArrowField.Numbers(integers(typed(field, new Int())));
      case Type.FloatingPoint -> new ArrowField.Numbers(floats(typed(field, new FloatingPoint())));
      case Type.Bool -> new ArrowField.Booleans();
      case Type.Decimal -> decimals(typed(field, new Decimal()));
      case Type.List -> new ArrowField.Lists(Integer.BYTES);
      case Type.LargeList -> new ArrowField.Lists(Long.BYTES);
      case Type.FixedSizeList -> equalLists(typed(field, new FixedSizeList()));
      case Type.Struct_ -> new ArrowField.Structure();
      case Type.Utf8, Type.LargeUtf8, Type.Utf8View -> new ArrowField.Other("it holds text", false);
      case Type.Binary, Type.LargeBinary, Type.BinaryView, Type.FixedSizeBinary ->
          new ArrowField.Other("it holds bytes", false);
      case Type.Date, Type.Time, Type.Timestamp, Type.Interval, Type.Duration ->
          new ArrowField.Other("it holds dates or times", false);
      case Type.Map -> new ArrowField.Other("it holds maps", false);
      case Type.Union -> new ArrowField.Other("it holds values of several types", false);
      case Type.ListView, Type.LargeListView ->
          new ArrowField.Other("it holds list views, which are not supported: write lists", true);
      case Type.RunEndEncoded ->
          new ArrowField.Other(
              "it is run-end encoded, which is not supported: write it plain", true);
      default ->
          throw new SchemaException(
              "a field has the type %d, which is not supported".formatted(field.typeType()));
    };
  }

  private static Element floats(FloatingPoint type) {
    return switch (type.precision()) {
      case Precision.HALF -> Element.floats(FloatLayout.HALF, 2, false);
      case Precision.SINGLE -> Element.floats(FloatLayout.SINGLE, Float.BYTES, false);
      case Precision.DOUBLE -> Element.floats(FloatLayout.DOUBLE, Double.BYTES, false);
      default ->
          throw new IllegalArgumentException("floats of precision %d".formatted(type.precision()));
    };
  }

  private static ArrowField.Contents decimals(Decimal type) {
    int bits = type.bitWidth();
    // Scales beyond the digits are legal, but those of a damaged file would take for ever.
    if (bits < Integer.SIZE
        || bits > MAX_DECIMAL_BITS
        || Integer.bitCount(bits) != 1
        || Math.abs((long) type.scale()) > MAX_DECIMAL_DIGITS) {
      return new ArrowField.Other(
          "it holds decimals of %d bits and scale %d, which are not supported"
              .formatted(bits, type.scale()),
          true);
    }
    return new ArrowField.Decimals(bits / Byte.SIZE, type.scale());
  }

  private static ArrowField.Contents equalLists(FixedSizeList type) {
    return type.listSize() > 0
        ? new ArrowField.EqualLists(type.listSize())
        : new ArrowField.Other("it holds lists without values", false);
  }

  /** A text of the schema's metadata; null where there is none with that key. */
  @Nullable String note(String key) {
    byte[] wanted = key.getBytes(StandardCharsets.UTF_8);
    int notes = Math.min(schema.customMetadataLength(), MAX_FIELDS);
    for (int i = 0; i < notes; i++) {
      KeyValue note = schema.customMetadata(i);
      ByteBuffer found = note == null ? null : note.keyAsByteBuffer();
      if (note != null && found != null && found.equals(ByteBuffer.wrap(wanted))) {
        return note.value();
      }
    }
    return null;
  }
}
