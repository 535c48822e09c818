package org.jetfold.tables.numpy;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jetfold.codec.table.ValueType;
import org.jetfold.tables.arrays.Element;
import org.jetfold.tables.arrays.FloatLayout;
import org.jetfold.tables.arrays.RowLayout.Slot;
import org.jspecify.annotations.Nullable;

/**
 * The type of an array's elements as NumPy writes it: {@code <f4} is a little-endian float of four
 * bytes.
 *
 * @param kind NumPy's letter: {@code f} float, {@code i} integer, {@code u} unsigned, {@code b}
 *     boolean, {@code c} complex, {@code U} and {@code S} text, {@code O} pickled objects, …
 * @param bytes bytes an element takes
 * @param bigEndian the byte order
 */
record ElementType(char kind, int bytes, boolean bigEndian) {
  private static final Pattern TEXT =
      Pattern.compile("([<>|=]?)([a-zA-Z?])([0-9]{0,7})(\\[[^]]*])?");

  /**
   * The type that a text such as {@code <f4} names.
   *
   * @throws IllegalArgumentException where it names none
   */
  static ElementType parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("'" + text + "' is no element type");
    }
    char kind = parts.group(2).charAt(0);
    int count =
        parts.group(3).isEmpty()
            ? (kind == 'O' ? 8 : kind == '?' ? 1 : 0)
            : Integer.parseInt(parts.group(3));
    return new ElementType(
        kind == '?' ? 'b' : kind, kind == 'U' ? 4 * count : count, parts.group(1).equals(">"));
  }

  /** The type that a column is written as: little-endian. */
  static ElementType of(ValueType type) {
    char kind =
        switch (type) {
          case FLOAT32, FLOAT64 -> 'f';
          case INT8, INT16, INT32, INT64 -> 'i';
          case UINT8, UINT16, UINT32, UINT64 -> 'u';
          case BOOL -> 'b';
        };
    return new ElementType(kind, type.bytes(), false);
  }

  /** NumPy's text for this type. */
  String text() {
    String order = (bytes == 1 && kind != 'U') || kind == 'S' ? "|" : bigEndian ? ">" : "<";
    return order + kind + (kind == 'U' ? bytes / 4 : bytes);
  }

  /**
   * The numbers of an element: one, of a complex number its two parts, {@code NAME.r} and {@code
   * NAME.i}, of anything else none.
   *
   * @param at where the element starts
   */
  List<Slot> numbers(String name, int at) {
    if (kind == 'c') {
      Element part = floats(bytes / 2);
      return part == null
          ? List.of()
          : List.of(new Slot(name + ".r", part, at), new Slot(name + ".i", part, at + bytes / 2));
    }
    Element element =
        switch (kind) {
          case 'f' -> floats(bytes);
          case 'i', 'u' ->
              bytes == 1 || bytes == 2 || bytes == 4 || bytes == 8
                  ? Element.integers(kind == 'i', bytes, bigEndian)
                  : null;
          case 'b' -> bytes == 1 ? Element.booleans(1) : null;
          default -> null;
        };
    return element == null ? List.of() : List.of(new Slot(name, element, at));
  }

  private @Nullable Element floats(int width) {
    FloatLayout layout =
        switch (width) {
          case 2 -> FloatLayout.HALF;
          case 4 -> FloatLayout.SINGLE;
          case 8 -> FloatLayout.DOUBLE;
          default -> null;
        };
    return layout == null ? null : Element.floats(layout, width, bigEndian);
  }

  /** What such elements are, for the user, where they are no numbers. */
  String description() {
    return switch (kind) {
      case 'U', 'S', 'T' -> "text";
      // To read them is to run what they contain.
      case 'O' ->
          "pickled Python objects, which could run any code when they are read: save it with a"
              + " number type, such as np.float32";
      case 'M', 'm' -> "dates or times";
      case 'V' -> "raw bytes";
      case 'f', 'c' -> "floats of %d bits, which no column holds".formatted(8 * bytes);
      default -> "elements of type %s%d".formatted(kind, bytes);
    };
  }
}
