package org.jetfold.tables.root;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSink;
import org.jetfold.root.JaggedColumn;
import org.jetfold.root.write.FloatGrid;
import org.jetfold.root.write.NtupleField;
import org.jetfold.root.write.NtupleWriter;
import org.jetfold.tables.events.FieldNames;
import org.jetfold.tables.format.SinkOptions;
import org.jetfold.tables.format.TableOutput;
import org.jetfold.tables.format.TableUsageException;
import org.jetfold.tables.format.ValueGrid;
import org.jetfold.tables.rows.FreeName;

/**
 * Writes a table as an RNTuple called {@code Events}: an entry an event (or row), a field a column,
 * those of collections as vectors. Not thread-safe.
 */
final class RootTableSink implements TableSink {
  private static final String NTUPLE = "Events";

  private final TableOutput output;
  private final Schema schema;
  private final NtupleWriter writer;

  /** Starts to write; the sink owns the output. */
  RootTableSink(TableOutput output, Schema schema, SinkOptions options) throws IOException {
    this.output = output;
    this.schema = schema;
    String name = output.name();
    if (schema.columns().isEmpty()) {
      throw new TableUsageException(name + ": a table without columns cannot be written as ROOT");
    }
    List<String> wanted = FieldNames.qualified(schema);
    Set<String> taken = new HashSet<>();
    List<NtupleField> fields = new ArrayList<>();
    int renamed = 0;
    String example = "";
    for (int i = 0; i < wanted.size(); i++) {
      String field = FreeName.of(plain(wanted.get(i)), taken);
      Column column = schema.columns().get(i);
      if (!field.equals(wanted.get(i))) {
        renamed++;
        example = "%s is called %s".formatted(wanted.get(i), field);
      }
      ValueGrid grid = options.grids().get(i);
      fields.add(
          new NtupleField(
              field,
              RootTypes.ofRoot(column.type()),
              depth(schema.groupOf(i)),
              grid == null ? null : new FloatGrid(grid.step(), grid.first(), grid.bits())));
    }
    if (renamed > 0) {
      options.warn(
          "%s: %s%s, because a field's name has no dots, slashes and blanks and no other has it"
              .formatted(
                  name,
                  example,
                  renamed > 1 ? ", and %d more likewise".formatted(renamed - 1) : ""));
    }
    writer = new NtupleWriter(output.path(), fileName(name), NTUPLE, options.notesAsText(), fields);
  }

  private static String fileName(String name) {
    return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
  }

  /** An RNTuple's names have no dots, slashes, blanks and control characters. */
  private static String plain(String name) {
    StringBuilder plain = new StringBuilder();
    name.codePoints()
        .map(c -> c <= ' ' || c == 0x7F || c == '.' || c == '/' || c == '\\' ? '_' : c)
        .forEach(plain::appendCodePoint);
    return plain.toString();
  }

  private int depth(int group) {
    return group == 0 ? 0 : 1 + depth(schema.parent(group));
  }

  @Override
  public void write(Table piece) throws IOException {
    List<JaggedColumn> columns = new ArrayList<>();
    for (int column = 0; column < schema.columns().size(); column++) {
      List<int[]> offsets = new ArrayList<>();
      for (int group = schema.groupOf(column); group > 0; group = schema.parent(group)) {
        offsets.addFirst(piece.offsets(group));
      }
      columns.add(RootTypes.ofRoot(piece.rootEntries(), piece.values(column), offsets));
    }
    writer.write(columns);
  }

  @Override
  public void finish() throws IOException {
    writer.finish();
    writer.close();
    output.commit();
  }

  @Override
  public void close() throws IOException {
    try {
      writer.close();
    } finally {
      output.close();
    }
  }
}
