package org.jetfold.tables.numpy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jetfold.codec.table.UnreadableTableException;

/**
 * What an NPY header says: the elements' type and the array's shape.
 *
 * @param fields the fields of a structured type in their order; for a plain type, one field without
 *     a name
 * @param structured whether the elements have named fields
 * @param itemBytes bytes an element takes, all fields together
 * @param fortran whether a 2-D array is stored column by column
 * @param shape the array's lengths; none is negative, and all bytes together are fewer than 2⁶³
 * @param headerBytes bytes before the data
 */
record NpyHeader(
    List<Field> fields,
    boolean structured,
    int itemBytes,
    boolean fortran,
    List<Long> shape,
    int headerBytes) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int MAX_TEXT = 1 << 20;
  private static final int MAX_ITEM = 1 << 20;

  /**
   * One field of an element.
   *
   * @param from where in the element it starts, in bytes
   * @param scalar false for a field that is an array or has fields of its own; such a field cannot
   *     be a column
   */
  record Field(String name, ElementType type, int from, boolean scalar) {
    /** Whether it can be a column. */
    boolean usable() {
      return scalar && type.valueType() != null;
    }

    /** What it holds, for the user. */
    String description() {
      return scalar ? type.description() : "a list or record an entry";
    }
  }

  /** The type of a plain array. */
  ElementType type() {
    return fields.getFirst().type();
  }

  /** The length of the first dimension: the rows. */
  long rows() {
    return shape.isEmpty() ? 1 : shape.getFirst();
  }

  /** The number of dimensions. */
  int dimensions() {
    return shape.size();
  }

  /** Bytes that the data takes. */
  long dataBytes() {
    long bytes = itemBytes;
    for (long length : shape) {
      bytes *= length;
    }
    return bytes;
  }

  /**
   * Reads a header and leaves the stream at the data.
   *
   * @param what the file, and the array in it, for messages
   * @throws UnreadableTableException where it is none
   */
  static NpyHeader read(InputStream in, String what) throws IOException {
    byte[] start = in.readNBytes(8);
    for (int i = 0; i < MAGIC.length; i++) {
      if (start.length <= i || start[i] != MAGIC[i]) {
        throw new UnreadableTableException(
            start.length == 0
                ? what + ": it is empty"
                : what + ": it is no NPY array: it does not start with \\x93NUMPY");
      }
    }
    int version = start.length == 8 ? start[6] : 0;
    if (version < 1 || version > 3) {
      throw new UnreadableTableException(
          what
              + (start.length < 8
                  ? ": it ends within the header"
                  : ": its NPY version %d is not known (1 to 3 are)".formatted(version)));
    }
    byte[] lengthBytes = in.readNBytes(version == 1 ? 2 : 4);
    long length = 0;
    for (int i = lengthBytes.length - 1; i >= 0; i--) {
      length = length << 8 | (lengthBytes[i] & 0xFF);
    }
    if (length > MAX_TEXT) {
      throw new UnreadableTableException(
          "%s: its header claims %d bytes, more than any table needs".formatted(what, length));
    }
    byte[] text = in.readNBytes((int) length);
    if (lengthBytes.length < (version == 1 ? 2 : 4) || text.length < length) {
      throw new UnreadableTableException(what + ": it ends within the header");
    }
    try {
      Object literal =
          PythonLiteral.parse(
              new String(
                  text, version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1));
      return of(literal, 8 + lengthBytes.length + text.length);
    } catch (IllegalArgumentException e) {
      throw new UnreadableTableException(
          "%s: its header is damaged: %s".formatted(what, e.getMessage()), e);
    }
  }

  private static NpyHeader of(Object literal, int headerBytes) {
    if (!(literal instanceof Map<?, ?> entries)
        || entries.size() != 3
        || !(entries.get("fortran_order") instanceof Boolean fortran)
        || !(entries.get("shape") instanceof List<?> lengths)
        || entries.get("descr") == null) {
      throw new IllegalArgumentException("expected a dict with descr, fortran_order and shape");
    }
    Object descr = entries.get("descr");
    List<Field> fields = new ArrayList<>();
    int itemBytes = descr instanceof String text ? plain(text, fields) : structured(descr, fields);
    List<Long> shape = new ArrayList<>();
    long bytes = itemBytes;
    try {
      for (Object length : lengths) {
        if (!(length instanceof Long value) || value < 0) {
          throw new IllegalArgumentException("the shape holds " + length);
        }
        shape.add(value);
        bytes = Math.multiplyExact(bytes, value);
      }
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("the shape " + lengths + " is larger than any file", e);
    }
    return new NpyHeader(
        List.copyOf(fields),
        !(descr instanceof String),
        itemBytes,
        fortran,
        List.copyOf(shape),
        headerBytes);
  }

  private static int plain(String text, List<Field> fields) {
    ElementType type = ElementType.parse(text);
    fields.add(new Field("", type, 0, true));
    return type.bytes();
  }

  /**
   * Reads a list of (name, type) or (name, type, shape); returns the bytes that they take together.
   */
  private static int structured(Object descr, List<Field> fields) {
    if (!(descr instanceof List<?> items) || items.isEmpty()) {
      throw new IllegalArgumentException("the element type is neither a text nor a list");
    }
    int at = 0;
    for (Object item : items) {
      if (!(item instanceof List<?> parts) || parts.size() < 2 || parts.size() > 3) {
        throw new IllegalArgumentException("a field is no (name, type)");
      }
      // A name may be a pair of a title and the name proper.
      Object name =
          parts.getFirst() instanceof List<?> pair && pair.size() == 2
              ? pair.get(1)
              : parts.getFirst();
      long bytes;
      ElementType type;
      boolean scalar = parts.size() == 2;
      if (parts.get(1) instanceof String text) {
        type = ElementType.parse(text);
        bytes = type.bytes();
      } else {
        bytes = structured(parts.get(1), new ArrayList<>());
        type = new ElementType('V', (int) bytes, false);
        scalar = false;
      }
      if (!scalar && parts.size() == 3) {
        bytes = multiplied(bytes, parts.get(2));
      }
      if (!(name instanceof String text) || at + bytes > MAX_ITEM) {
        throw new IllegalArgumentException(
            "a field has no name, or an element takes more than %d bytes".formatted(MAX_ITEM));
      }
      boolean padding = text.isEmpty() && type.kind() == 'V';
      if (!padding) {
        fields.add(new Field(text, type, at, scalar));
      }
      at += (int) bytes;
    }
    return at;
  }

  private static long multiplied(long bytes, Object shape) {
    List<?> lengths = shape instanceof List<?> list ? list : List.of(shape);
    for (Object length : lengths) {
      if (!(length instanceof Long value)
          || value < 0
          || value > MAX_ITEM
          || bytes * value > MAX_ITEM) {
        throw new IllegalArgumentException("a field has the shape " + shape);
      }
      bytes *= value;
    }
    return bytes;
  }

  /**
   * The bytes of a header, padded as NumPy pads it.
   *
   * @param descr the element type as a Python literal
   * @param shape the shape as a Python tuple
   */
  static byte[] bytes(String descr, String shape) {
    String literal = "{'descr': %s, 'fortran_order': False, 'shape': %s, }".formatted(descr, shape);
    boolean latin = StandardCharsets.US_ASCII.newEncoder().canEncode(literal);
    byte[] text = literal.getBytes(StandardCharsets.UTF_8);
    boolean small = latin && text.length + 1 + 63 < 0xFFFF;
    int prefix = small ? 10 : 12;
    int padded = (prefix + text.length + 1 + 63) / 64 * 64;
    byte[] header = new byte[padded];
    java.util.Arrays.fill(header, (byte) ' ');
    System.arraycopy(MAGIC, 0, header, 0, MAGIC.length);
    header[6] = (byte) (small ? 1 : latin ? 2 : 3);
    header[7] = 0;
    int length = padded - prefix;
    for (int i = 8; i < prefix; i++) {
      header[i] = (byte) (length >>> (8 * (i - 8)));
    }
    System.arraycopy(text, 0, header, prefix, text.length);
    header[padded - 1] = '\n';
    return header;
  }
}
