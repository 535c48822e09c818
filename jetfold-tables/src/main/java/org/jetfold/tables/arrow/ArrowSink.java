package org.jetfold.tables.arrow;

import com.google.flatbuffers.FlatBufferBuilder;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSink;
import org.jetfold.tables.events.ColumnNotes;
import org.jetfold.tables.events.FieldNames;
import org.jetfold.tables.format.SinkOptions;
import org.jetfold.tables.format.TableOutput;
import org.jetfold.tables.format.TableUsageException;
import org.jetfold.tables.rows.FreeName;

/**
 * Writes a table as an IPC stream or file: a record batch a piece, a row an event (or row), columns
 * of collections as lists, lists within objects as lists of lists. Not thread-safe.
 */
final class ArrowSink implements TableSink {
  private final TableOutput output;
  private final Schema schema;
  private final boolean file;
  private final List<String> names = new ArrayList<>();
  private final Map<String, String> notes = new LinkedHashMap<>();
  private final OutputStream out;
  private final List<MessageWriter.Block> batches = new ArrayList<>();
  private long position;

  /**
   * Starts to write; the sink owns the output.
   *
   * @param file whether a table of contents follows the stream
   */
  ArrowSink(TableOutput output, Schema schema, boolean file, SinkOptions options)
      throws IOException {
    this.output = output;
    this.schema = schema;
    this.file = file;
    if (schema.columns().isEmpty()) {
      throw new TableUsageException(
          output.name() + ": a table without columns cannot be written as Arrow");
    }
    Set<String> taken = new HashSet<>();
    FieldNames.own(schema).forEach(name -> names.add(FreeName.of(name, taken)));
    notes.put(ColumnNotes.KEY, ColumnNotes.of(schema));
    notes.putAll(options.notes());
    out = new BufferedOutputStream(output.stream(), 1 << 16);
    if (file) {
      write(MessageWriter.FILE_START);
    }
    write(MessageWriter.framed(MessageWriter.schema(names, schema, notes)));
  }

  private void write(byte[] bytes) throws IOException {
    out.write(bytes);
    position += bytes.length;
  }

  @Override
  public void write(Table piece) throws IOException {
    BatchBuffers buffers = new BatchBuffers(piece);
    byte[] header = MessageWriter.framed(MessageWriter.batch(piece.rootEntries(), buffers));
    if (file) {
      batches.add(new MessageWriter.Block(position, header.length, buffers.bodyBytes()));
    }
    write(header);
    buffers.writeTo(out);
    position += buffers.bodyBytes();
  }

  @Override
  public void finish() throws IOException {
    write(MessageWriter.END_OF_STREAM);
    if (file) {
      FlatBufferBuilder footer = MessageWriter.footer(names, schema, notes, batches);
      write(MessageWriter.fileEnd(footer));
    }
    out.flush();
    output.commit();
  }

  @Override
  public void close() throws IOException {
    output.close();
  }
}
