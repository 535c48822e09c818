package org.jetfold.tables.arrow;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Schema;
import org.jetfold.codec.error.JetfoldException;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.codec.table.ValueType;
import org.jetfold.tables.events.ColumnNotes;
import org.jetfold.tables.events.EventLayout;
import org.jetfold.tables.events.LeftOut;
import org.jetfold.tables.events.Variable;
import org.jetfold.tables.events.VariableFile;
import org.jetfold.tables.events.VariableSource;
import org.jetfold.tables.format.LayoutOfFirstFile;
import org.jetfold.tables.format.SourceOptions;
import org.jetfold.tables.format.TableInput;
import org.jetfold.tables.rows.Spool;
import org.jspecify.annotations.Nullable;

/**
 * The columns of numbers in an IPC stream or file. All messages are looked at when it is opened:
 * they must be there up to the end, and say how many rows there are and which values are missing.
 */
final class ArrowFile implements VariableFile {
  private final String name;
  private final MessageReader reader;
  private final Closeable owner;
  private final SourceOptions options;
  private final List<ArrowField> fields;
  private final int nodes;
  private final Map<Variable, ArrowColumn> columns = new LinkedHashMap<>();
  private final @Nullable EventLayout noted;

  /** Where record batches and dictionaries are, in their order. */
  private final List<Long> batches = new ArrayList<>();

  /** The nodes of fields of which values are missing. */
  private final Set<Integer> incomplete = new HashSet<>();

  /** Dictionaries of which values are missing. */
  private final Set<Long> incompleteDictionaries = new HashSet<>();

  private long rows;

  private ArrowFile(
      String name,
      FileChannel channel,
      Closeable owner,
      SourceOptions options,
      @Nullable LayoutOfFirstFile first)
      throws IOException {
    this.name = name;
    this.owner = owner;
    this.options = options;
    reader = new MessageReader(name, channel);
    MessageReader.Contents contents = reader.contents();
    MessageReader.Stored head = contents == null ? reader.message(reader.first(), 0) : null;
    long at = contents == null ? reader.first() : contents.at();
    @Nullable String note;
    try {
      SchemaReader schemas = contents == null ? schemas(head) : schemas(contents);
      fields = schemas.fields();
      nodes = schemas.nodes();
      note = schemas.note(ColumnNotes.KEY);
    } catch (SchemaReader.SchemaException e) {
      throw new UnreadableTableException("%s: %s".formatted(name, e.getMessage()), e);
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw reader.damaged(at, "its metadata is broken", e);
    }
    if (head != null) {
      scan(head.next());
    } else if (contents != null) {
      scan(contents);
    }
    LeftOut leftOut = new LeftOut(name);
    List<ArrowColumn> found = ArrowColumn.of(fields, leftOut);
    leftOut.report(options);
    if (found.isEmpty()) {
      throw leftOut.nothingLeft(name + ": it holds no column of numbers");
    }
    List<ArrowColumn> typed = found.stream().map(column -> typed(column, first)).toList();
    List<ColumnNotes.Note> notes =
        ColumnNotes.parse(note, typed.stream().map(ArrowColumn::name).toList());
    for (int i = 0; i < typed.size(); i++) {
      columns.put(variable(typed.get(i), notes == null ? null : notes.get(i)), typed.get(i));
    }
    noted = notes == null ? null : ColumnNotes.layout(variables(), notes);
  }

  /** The schema of a stream: its first message. */
  private SchemaReader schemas(MessageReader.@Nullable Stored head) {
    Schema schema = new Schema();
    if (head == null
        || head.type() != MessageHeader.Schema
        || head.message().header(schema) == null) {
      throw new UnreadableTableException(
          name + ": it is no Arrow stream: it does not begin with a schema");
    }
    return new SchemaReader(schema, head.message().version(), head.metadataBytes());
  }

  /** The schema of a file, which need not begin with one that can be read. */
  private SchemaReader schemas(MessageReader.Contents contents) {
    Schema schema = contents.footer().schema();
    if (schema == null) {
      throw reader.damaged(contents.at(), "its table of contents has no schema");
    }
    return new SchemaReader(schema, contents.footer().version(), contents.bytes());
  }

  /**
   * Opens a table. A stream waits in a temporary file, because which columns lack values is known
   * at its end.
   *
   * @param first another file of the same table, whose collections and types count; null for none
   */
  static TableSource open(
      TableInput input, SourceOptions options, @Nullable LayoutOfFirstFile first)
      throws IOException {
    FileChannel channel;
    Closeable owner;
    if (input.stream() == null) {
      channel = FileChannel.open(input.file(), StandardOpenOption.READ);
      owner = channel;
    } else {
      try (InputStream stream = input.stream()) {
        Spool spool = Spool.of(stream);
        channel = spool.channel();
        owner = spool;
      }
    }
    try {
      ArrowFile file = new ArrowFile(input.name(), channel, owner, options, first);
      return VariableSource.of(input.name(), file, file.noted, options, first);
    } catch (IOException | RuntimeException e) {
      owner.close();
      throw e;
    }
  }

  private static Variable variable(ArrowColumn column, ColumnNotes.@Nullable Note note) {
    Column noted =
        note == null ? new Column(column.name(), column.type()) : note.column(column.type());
    return new Variable(column.name(), noted, column.depth());
  }

  /**
   * Looks at the messages that a file's table of contents names, those of dictionaries first: they
   * may be behind what needs them.
   */
  private void scan(MessageReader.Contents contents) throws IOException {
    List<Long> named = new ArrayList<>();
    try {
      Footer footer = contents.footer();
      for (int i = 0; i < footer.dictionariesLength(); i++) {
        named.add(footer.dictionaries(i).offset());
      }
      for (int i = 0; i < footer.recordBatchesLength(); i++) {
        named.add(footer.recordBatches(i).offset());
      }
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw reader.damaged(contents.at(), "its metadata is broken", e);
    }
    if (new HashSet<>(named).size() < named.size()) {
      throw reader.damaged(contents.at(), "its table of contents names a message twice");
    }
    for (long at : named) {
      look(reader.message(contents, at));
    }
  }

  /** Looks at all messages: nothing is handed out of a stream that is not all there. */
  private void scan(long from) throws IOException {
    int recordBatches = 0;
    long at = from;
    MessageReader.Stored message = reader.message(at, 0);
    while (message != null) {
      recordBatches += message.type() == MessageHeader.RecordBatch ? 1 : 0;
      look(message);
      at = message.next();
      message = reader.message(at, recordBatches);
    }
    long more = reader.behindEnd(at);
    if (more > 0) {
      options.warn("%s: %d bytes behind the end of the stream are not read".formatted(name, more));
    }
  }

  private void look(MessageReader.Stored message) throws IOException {
    switch (message.type()) {
      case MessageHeader.RecordBatch -> {
        Batch batch = batch(message);
        if (batch.rows() > Long.MAX_VALUE - rows) {
          throw batch.damaged("it has %d rows".formatted(batch.rows()));
        }
        rows += batch.rows();
        fields.forEach(field -> addIncomplete(batch, field));
      }
      case MessageHeader.DictionaryBatch -> addIncomplete(message);
      default ->
          throw reader.damaged(
              message.at(), "it is of the kind %d, which no table has".formatted(message.type()));
    }
    batches.add(message.at());
  }

  /** The record batch in a message. */
  Batch batch(MessageReader.Stored message) throws IOException {
    return reader.taken(
        message,
        () -> {
          RecordBatch batch = (RecordBatch) message.message().header(new RecordBatch());
          return new Batch(reader, message, batch, fields, nodes);
        });
  }

  private void addIncomplete(Batch batch, ArrowField field) {
    if (batch.missing(field) > 0) {
      incomplete.add(field.node());
    }
    field.children().forEach(child -> addIncomplete(batch, child));
  }

  private void addIncomplete(MessageReader.Stored message) throws IOException {
    long missing =
        reader.taken(
            message,
            () -> {
              RecordBatch data = dictionary(message).data();
              if (data == null || data.nodesLength() == 0) {
                throw reader.damaged(message.at(), "it has no dictionary");
              }
              return data.nodes(0).nullCount();
            });
    if (missing != 0) {
      incompleteDictionaries.add(reader.taken(message, () -> dictionary(message).id()));
    }
  }

  /** The dictionary in a message, which may point out of itself. */
  DictionaryBatch dictionary(MessageReader.Stored message) {
    DictionaryBatch dictionary = (DictionaryBatch) message.message().header(new DictionaryBatch());
    if (dictionary == null) {
      throw reader.damaged(message.at(), "it has no dictionary");
    }
    return dictionary;
  }

  /**
   * A column with the type that the table has. Of one of several files, integers may be whole by
   * chance, and the first file's type counts.
   */
  private ArrowColumn typed(ArrowColumn column, @Nullable LayoutOfFirstFile first) {
    if (column.type().isFloat()) {
      return column;
    }
    ArrowField.Dictionary dictionary = column.leaf().dictionary();
    boolean lacks =
        column.tellMissing().stream().anyMatch(field -> incomplete.contains(field.node()))
            || (dictionary != null && incompleteDictionaries.contains(dictionary.id()));
    boolean floats =
        first == null
            ? lacks
            : first.schema().columns().stream()
                .anyMatch(known ->
                    known.name().equals(column.name()) && known.type() == ValueType.FLOAT64);
    return floats ? column.asFloat() : column;
  }

  @Override
  public List<Variable> variables() {
    return List.copyOf(columns.keySet());
  }

  @Override
  public long events() {
    return rows;
  }

  @Override
  public List<int[]> lengths(List<Variable> lists, int events) throws IOException {
    if (lists.isEmpty()) {
      return List.of();
    }
    // What of these changes is said when the table is read.
    try (Cursor sample = rows(lists, null)) {
      return sample.lengths(events);
    }
  }

  @Override
  public Cursor open(List<Variable> variables) {
    return rows(variables, options);
  }

  private Cursor rows(List<Variable> variables, @Nullable SourceOptions told) {
    List<ArrowColumn> wanted =
        variables.stream().map(variable -> Objects.requireNonNull(columns.get(variable))).toList();
    return new ArrowRows(this, reader, batches, rows, wanted, told);
  }

  /** That a value is missing where there was none before. */
  JetfoldException missing(ArrowColumn column) {
    return new UnreadableTableException(
        "%s: column %s: a value is missing, which a column of integers cannot say, and the file before has integers here: read this file first"
            .formatted(name, column.name()));
  }

  @Override
  public void close() throws IOException {
    owner.close();
  }
}
