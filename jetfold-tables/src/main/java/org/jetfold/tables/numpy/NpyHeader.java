package org.jetfold.tables.numpy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.tables.arrays.NamedArray;
import org.jetfold.tables.arrays.RowLayout;
import org.jetfold.tables.arrays.RowLayout.Slot;
import org.jspecify.annotations.Nullable;

/**
 * What an NPY header says: the elements' type and the array's shape.
 *
 * @param plain the elements' type; null for elements with named fields
 * @param numbers the numbers of an element; those of a plain one have no name before their ending
 * @param others what an element holds beside numbers: its name and what it is
 * @param itemBytes bytes an element takes, all fields together
 * @param fortran whether an array of several dimensions is stored column by column
 * @param shape the array's lengths; none is negative, and all bytes together are fewer than 2⁶³
 * @param headerBytes bytes before the data
 */
record NpyHeader(
    @Nullable ElementType plain,
    List<Slot> numbers,
    Map<String, String> others,
    int itemBytes,
    boolean fortran,
    List<Long> shape,
    int headerBytes) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int MAX_TEXT = 1 << 20;
  private static final int MAX_ITEM = 1 << 20;
  private static final int MAX_DEPTH = 16;

  /** Why the array gives no columns, as the end of a sentence; empty where it does. */
  String problem() {
    if (shape.isEmpty()) {
      return "it has 0 dimensions";
    }
    if (numbers.isEmpty()) {
      return plain != null ? "it holds " + plain.description() : "none of its fields holds numbers";
    }
    return "";
  }

  /**
   * The columns of the array.
   *
   * @param name what plain elements are called
   * @throws IllegalArgumentException where a row holds too much
   */
  RowLayout layout(String name) {
    List<Slot> named =
        plain == null
            ? numbers
            : numbers.stream()
                .map(slot -> new Slot(name + slot.name(), slot.element(), slot.at()))
                .toList();
    return RowLayout.of(named, itemBytes, shape.subList(1, shape.size()));
  }

  /** The length of the first dimension: the rows. */
  long rows() {
    return shape.isEmpty() ? 1 : shape.getFirst();
  }

  /** What the array may be in a table. */
  NamedArray.Kind kind() {
    return NamedArray.kind(shape.size(), plain == null, numbers.size());
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
    ElementType plain = descr instanceof String text ? ElementType.parse(text) : null;
    Fields fields = new Fields();
    int itemBytes = plain == null ? fields.addRecord("", descr, 0, 0) : fields.add("", plain, 0);
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
        plain,
        List.copyOf(fields.numbers),
        Map.copyOf(fields.others),
        itemBytes,
        fortran,
        List.copyOf(shape),
        headerBytes);
  }

  /** The fields of an element, those of records within it among them. */
  private static final class Fields {
    private final List<Slot> numbers = new ArrayList<>();
    private final Map<String, String> others = new LinkedHashMap<>();

    /** Adds an element's numbers; returns the bytes that it takes. */
    int add(String name, ElementType type, int at) {
      List<Slot> found = type.numbers(name, at);
      numbers.addAll(found);
      // NumPy pads with raw bytes that have no name.
      if (found.isEmpty() && !(name.isEmpty() && type.kind() == 'V')) {
        others.put(name, type.description());
      }
      if (numbers.size() > RowLayout.MAX_COLUMNS || type.bytes() > MAX_ITEM) {
        throw new IllegalArgumentException(
            "an element has more than %d numbers or %d bytes"
                .formatted(RowLayout.MAX_COLUMNS, MAX_ITEM));
      }
      return type.bytes();
    }

    /**
     * Adds a list of (name, type) or (name, type, shape); returns the bytes that they take
     * together.
     *
     * @param prefix what comes before the names
     */
    int addRecord(String prefix, Object descr, int start, int depth) {
      if (!(descr instanceof List<?> items) || items.isEmpty() || depth > MAX_DEPTH) {
        throw new IllegalArgumentException("the element type is neither a text nor a list");
      }
      int at = start;
      for (Object item : items) {
        if (!(item instanceof List<?> parts) || parts.size() < 2 || parts.size() > 3) {
          throw new IllegalArgumentException("a field is no (name, type)");
        }
        // A name may be a pair of a title and the name proper.
        Object name =
            parts.getFirst() instanceof List<?> pair && pair.size() == 2
                ? pair.get(1)
                : parts.getFirst();
        if (!(name instanceof String text)) {
          throw new IllegalArgumentException("a field has no name");
        }
        List<Long> shape = parts.size() == 3 ? lengths(parts.get(2)) : List.of();
        at = addField(prefix + text, parts.get(1), shape, at, depth);
      }
      return at - start;
    }

    /** Adds a field; returns where the next one starts. */
    private int addField(String name, Object type, List<Long> shape, int start, int depth) {
      Fields one = new Fields();
      int bytes =
          type instanceof String text
              ? one.add(name, ElementType.parse(text), 0)
              : one.addRecord(name + ".", type, 0, depth + 1);
      RowLayout layout = RowLayout.of(one.numbers, bytes, shape);
      layout
          .slots()
          .forEach(slot -> numbers.add(new Slot(slot.name(), slot.element(), start + slot.at())));
      others.putAll(one.others);
      long all = bytes;
      for (long length : shape) {
        all *= length;
      }
      if (start + all > MAX_ITEM || numbers.size() > RowLayout.MAX_COLUMNS) {
        throw new IllegalArgumentException(
            "an element has more than %d numbers or %d bytes"
                .formatted(RowLayout.MAX_COLUMNS, MAX_ITEM));
      }
      return start + (int) all;
    }

    private static List<Long> lengths(Object shape) {
      List<Long> lengths = new ArrayList<>();
      for (Object length : shape instanceof List<?> list ? list : List.of(shape)) {
        if (!(length instanceof Long value) || value < 0 || value > MAX_ITEM) {
          throw new IllegalArgumentException("a field has the shape " + shape);
        }
        lengths.add(value);
      }
      return lengths;
    }
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
    Arrays.fill(header, (byte) ' ');
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
