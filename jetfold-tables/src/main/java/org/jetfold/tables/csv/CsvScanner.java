package org.jetfold.tables.csv;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jetfold.codec.table.UnreadableTableException;

/**
 * Cuts a CSV text into fields, byte by byte. After each {@link #next}, {@link #bytes} holds the
 * field from {@link #start} to before {@link #end}, without its quotes and the spaces around it.
 * Not thread-safe.
 */
final class CsvScanner implements Closeable {
  private static final int MAX_FIELD = 1 << 16;

  private final InputStream in;
  private final String name;
  private final byte[] buffer = new byte[1 << 16];
  private int at;
  private int filled;
  private byte[] field = new byte[256];
  private int start;
  private int end;
  private boolean quoted;
  private boolean endOfRow;
  private long line = 1;
  private long rowLine = 1;

  /** Scans a stream from its front; a byte order mark is skipped. */
  CsvScanner(InputStream in, String name) throws IOException {
    this.in = in;
    this.name = name;
    if (peek() == 0xEF) {
      at++;
      if (read() != 0xBB || read() != 0xBF) {
        throw new UnreadableTableException(name + ": it is not text in UTF-8");
      }
    }
  }

  /** Whether a row follows. Lines without anything in them at the end of the file are no rows. */
  boolean hasRow() throws IOException {
    long empty = 0;
    while (peek() == '\n' || peek() == '\r') {
      lineEnd(read());
      empty++;
    }
    if (peek() < 0) {
      return false;
    }
    if (empty > 0) {
      throw new UnreadableTableException(
          "%s: line %d is empty: delete it, or fill it in".formatted(name, line - 1));
    }
    rowLine = line;
    return true;
  }

  /** Reads the row's next field. */
  void next() throws IOException {
    start = 0;
    end = 0;
    quoted = false;
    int c = read();
    while (c == ' ' || c == '\t') {
      c = read();
    }
    if (c == '"') {
      c = inQuotes();
    } else {
      while (c != ',' && c != '\n' && c != '\r' && c >= 0) {
        if (c == '"') {
          throw new UnreadableTableException(
              "%s: line %d: a quote in the middle of a field: put the whole field in quotes, and write it twice"
                  .formatted(name, line));
        }
        put(c);
        c = read();
      }
      while (end > 0 && (field[end - 1] == ' ' || field[end - 1] == '\t')) {
        end--;
      }
    }
    endOfRow = c != ',';
    if (c == '\n' || c == '\r') {
      lineEnd(c);
    }
  }

  private int inQuotes() throws IOException {
    quoted = true;
    while (true) {
      int c = read();
      if (c < 0) {
        throw new UnreadableTableException(
            "%s: line %d: a quote is not closed".formatted(name, rowLine));
      }
      if (c == '"') {
        c = read();
        if (c != '"') {
          while (c == ' ' || c == '\t') {
            c = read();
          }
          if (c != ',' && c != '\n' && c != '\r' && c >= 0) {
            throw new UnreadableTableException(
                "%s: line %d: text follows the closing quote of a field".formatted(name, line));
          }
          return c;
        }
      } else if (c == '\n') {
        line++;
      }
      put(c);
    }
  }

  private void lineEnd(int c) throws IOException {
    if (c == '\r') {
      if (peek() != '\n') {
        throw new UnreadableTableException(
            "%s: line %d ends with a lone carriage return: convert the line ends to LF or CRLF"
                .formatted(name, line));
      }
      at++;
    }
    line++;
  }

  private void put(int c) throws UnreadableTableException {
    if (end == field.length) {
      if (end == MAX_FIELD) {
        throw new UnreadableTableException(
            "%s: line %d: a field is longer than %d bytes".formatted(name, line, MAX_FIELD));
      }
      field = java.util.Arrays.copyOf(field, 2 * end);
    }
    field[end++] = (byte) c;
  }

  private int read() throws IOException {
    int c = peek();
    at++;
    return c;
  }

  private int peek() throws IOException {
    if (at >= filled) {
      if (filled < 0) {
        return -1;
      }
      filled = in.read(buffer);
      at = 0;
      if (filled <= 0) {
        filled = -1;
        return -1;
      }
    }
    return buffer[at] & 0xFF;
  }

  /** The bytes that the field is in. */
  byte[] bytes() {
    return field;
  }

  /** Where in {@link #bytes} the field starts. */
  int start() {
    return start;
  }

  /** Where in {@link #bytes} the field ends. */
  int end() {
    return end;
  }

  /** Whether the field was in quotes. */
  boolean quoted() {
    return quoted;
  }

  /** Whether the field was the last of its row. */
  boolean endOfRow() {
    return endOfRow;
  }

  /** The line on which the row starts, counted from 1. */
  long rowLine() {
    return rowLine;
  }

  /** The field as text. */
  String text() {
    return new String(field, start, end - start, StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
