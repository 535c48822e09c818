package org.jetfold.tables.csv;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.RecordType;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jetfold.codec.table.UnreadableTableException;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a CSV text in UTF-8, or in what its byte order mark says, one after the other.
 * FastCSV cuts the text; here is what it must not let pass: rows without end, and empty lines
 * between rows. Not thread-safe.
 */
final class CsvRows implements Closeable {
  /** More fields than this in a row mean that the file is no table, or hostile. */
  static final int MAX_FIELDS = 1 << 16;

  /** The longest field in characters; FastCSV buffers no more. */
  static final int MAX_FIELD = 1 << 16;

  /** The longest name that is written: with quotes around and within it, it is a field. */
  static final int MAX_NAME = MAX_FIELD / 2 - 2;

  /** The longest row in characters, all fields together. */
  static final int MAX_ROW = 1 << 24;

  /** What FastCSV found: a row, or a line without anything in it. */
  private record Found(CsvRow row, boolean empty, long fields, long length) {}

  private final String name;
  private final Collector collector = new Collector();
  private final CsvReader<Found> reader;
  private final CloseableIterator<Found> found;

  /** Reads a stream from where it is; it is closed with the rows. */
  CsvRows(InputStream in, String name) {
    this.name = name;
    // How many fields a row must have, and whether it may be empty, is for our own messages to say.
    reader =
        CsvReader.builder()
            .detectBomHeader(true)
            .trimWhitespacesAroundQuotes(true)
            .allowUnclosedQuote(false)
            .skipEmptyLines(false)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .maxBufferSize(MAX_FIELD)
            .build(collector, in);
    found = reader.iterator();
  }

  /** The next row; null behind the last. Empty lines at the end of the file are no rows. */
  @Nullable CsvRow next() throws IOException {
    Found next = take();
    Found empty = null;
    while (next != null && next.empty()) {
      empty = next;
      next = take();
    }
    if (next == null) {
      return null;
    }
    if (empty != null) {
      throw new UnreadableTableException(
          "%s: line %d is empty: delete it, or fill it in".formatted(name, empty.row().line()));
    }
    if (next.fields() > MAX_FIELDS) {
      throw new UnreadableTableException(
          "%s: line %d has more than %d fields".formatted(name, next.row().line(), MAX_FIELDS));
    }
    if (next.length() > MAX_ROW) {
      throw new UnreadableTableException(
          "%s: line %d is longer than %d characters".formatted(name, next.row().line(), MAX_ROW));
    }
    return next.row();
  }

  private @Nullable Found take() throws IOException {
    try {
      return found.hasNext() ? found.next() : null;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (CsvParseException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      // The line is said in front, in the same words as in all other messages.
      String reason =
          String.valueOf(e.getMessage()).replaceFirst(" \\(record starting at line \\d+\\)$", "");
      throw new UnreadableTableException(
          "%s: line %d: %s".formatted(name, collector.line(), reason), e);
    }
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  /** Collects the fields of a row. Of one that is too long, it only counts the rest. */
  private static final class Collector extends AbstractBaseCsvCallbackHandler<Found> {
    private List<String> fields = List.of();
    private BitSet quotes = new BitSet();
    private long length;

    @Override
    protected void handleBegin(long line) {
      fields = new ArrayList<>(fields.size());
      quotes = new BitSet(0);
      length = 0;
    }

    @Override
    protected void handleField(int index, char[] text, int from, int size, boolean quoted) {
      length += size;
      if (index >= MAX_FIELDS || length > MAX_ROW) {
        return;
      }
      if (quoted) {
        quotes.set(index);
        fields.add(new String(text, from, size));
        return;
      }
      int start = from;
      int end = from + size;
      while (start < end && isSpace(text[start])) {
        start++;
      }
      while (end > start && isSpace(text[end - 1])) {
        end--;
      }
      fields.add(new String(text, start, end - start));
    }

    private static boolean isSpace(char c) {
      return c == ' ' || c == '\t';
    }

    private long line() {
      return getStartingLineNumber();
    }

    @Override
    protected Found buildRecord() {
      return new Found(
          new CsvRow(getStartingLineNumber(), fields, quotes),
          getRecordType() == RecordType.EMPTY,
          getFieldCount(),
          length);
    }
  }
}
