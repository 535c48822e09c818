package org.jetfold.tables.numpy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.jetfold.codec.table.Column;

/** Python texts in NPY headers, and arrays of text. */
final class NpyText {
  private NpyText() {}

  /** A string as a Python literal. */
  static String quoted(String text) {
    StringBuilder literal = new StringBuilder("'");
    text.codePoints()
        .forEach(c -> {
          if (c == '\'' || c == '\\') {
            literal.append('\\').append((char) c);
          } else if (c < 0x20 || c == 0x7F) {
            literal.append("\\x%02x".formatted(c));
          } else {
            literal.appendCodePoint(c);
          }
        });
    return literal.append('\'').toString();
  }

  /** The element type of an array with a field a column. */
  static String fields(List<Column> columns) {
    StringBuilder literal = new StringBuilder("[");
    for (Column column : columns) {
      literal
          .append(literal.length() > 1 ? ", (" : "(")
          .append(quoted(column.name()))
          .append(", '");
      literal.append(ElementType.of(column.type()).text()).append("')");
    }
    return literal.append("]").toString();
  }

  /** The element type of an array with one number an entry. */
  static String plain(ElementType type) {
    return "'" + type.text() + "'";
  }

  private static int longest(List<String> texts) {
    int longest = 1;
    for (String text : texts) {
      longest = Math.max(longest, text.codePointCount(0, text.length()));
    }
    return longest;
  }

  /** The bytes of the texts in an array of texts. */
  static long arrayBytes(List<String> texts) {
    return 4L * longest(texts) * texts.size();
  }

  /** A whole NPY array of texts, of NumPy's type U. */
  static byte[] array(List<String> texts) {
    int longest = longest(texts);
    byte[] header = NpyHeader.bytes("'<U" + longest + "'", "(" + texts.size() + ",)");
    ByteBuffer bytes =
        ByteBuffer.allocate(header.length + 4 * longest * texts.size())
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(header);
    for (String text : texts) {
      int end = bytes.position() + 4 * longest;
      text.codePoints().forEach(bytes::putInt);
      bytes.position(end);
    }
    return bytes.array();
  }
}
