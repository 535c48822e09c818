package org.jetfold.tables.arrow;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.flatbuf.MessageHeader;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.tables.events.VariableFile;
import org.jetfold.tables.events.VariableValues;
import org.jetfold.tables.format.SourceOptions;
import org.jetfold.tables.rows.ValueChanges;
import org.jspecify.annotations.Nullable;

/** Some columns, record batch by record batch. Not thread-safe. */
final class ArrowRows implements VariableFile.Cursor {
  private final ArrowFile file;
  private final MessageReader reader;
  private final List<Long> messages;
  private final long rows;
  private final List<ArrowColumn> columns;
  private final @Nullable SourceOptions told;
  private final ValueChanges changes;
  private final Map<Long, ArrowField> wantedDictionaries = new HashMap<>();
  private final Map<Long, LeafValues> dictionaries = new HashMap<>();
  private int nextMessage;
  private @Nullable Batch batch;
  private long done;
  private long read;

  /**
   * A cursor before the first row.
   *
   * @param messages where record batches and dictionaries are
   * @param told hears at the end what was changed; null for nobody
   */
  ArrowRows(
      ArrowFile file,
      MessageReader reader,
      List<Long> messages,
      long rows,
      List<ArrowColumn> columns,
      @Nullable SourceOptions told) {
    this.file = file;
    this.reader = reader;
    this.messages = messages;
    this.rows = rows;
    this.columns = columns;
    this.told = told;
    changes = new ValueChanges(reader.name());
    for (ArrowColumn column : columns) {
      ArrowField.Dictionary dictionary = column.leaf().dictionary();
      if (dictionary != null) {
        wantedDictionaries.put(dictionary.id(), column.leaf());
      }
    }
  }

  @Override
  public List<VariableValues> read(int events) throws IOException {
    List<List<VariableValues>> parts = new ArrayList<>();
    columns.forEach(unused -> parts.add(new ArrayList<>()));
    int left = events;
    while (left > 0) {
      Batch current = batch;
      if (current == null || done == current.rows()) {
        current = nextBatch();
        batch = current;
        done = 0;
        continue;
      }
      int count = (int) Math.min(left, current.rows() - done);
      for (int i = 0; i < columns.size(); i++) {
        parts.get(i).add(values(current, columns.get(i), Slots.range(done, count)));
      }
      done += count;
      left -= count;
    }
    read += events;
    if (read == rows && told != null) {
      changes.report(told);
    }
    List<VariableValues> joined = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      joined.add(joined(columns.get(i), parts.get(i)));
    }
    return joined;
  }

  private Batch nextBatch() throws IOException {
    while (true) {
      MessageReader.Stored message = reader.message(messages.get(nextMessage++), 0);
      if (message == null) {
        throw new UnreadableTableException(reader.name() + ": changed while it was read");
      }
      if (message.type() == MessageHeader.RecordBatch) {
        Batch next = file.batch(message);
        for (ArrowColumn column : columns) {
          next.check(column.path());
        }
        return next;
      }
      addDictionary(message);
    }
  }

  private void addDictionary(MessageReader.Stored message) throws IOException {
    DictionaryBatch stored = file.dictionary(message);
    long id = reader.taken(message, stored::id);
    ArrowField field = wantedDictionaries.get(id);
    if (field == null) {
      return;
    }
    ArrowField alone = new ArrowField(field.name(), 0, 2, false, field.contents(), List.of(), null);
    Batch data =
        reader.taken(message, () -> new Batch(reader, message, stored.data(), List.of(alone), 1));
    if (data.rows() > Integer.MAX_VALUE - Long.BYTES) {
      throw data.damaged("a dictionary has %d values".formatted(data.rows()));
    }
    data.check(List.of(alone));
    LeafValues values =
        LeafValues.read(data, alone, Slots.range(0, (int) data.rows()).in(data, alone));
    changes.add(field.name(), ValueChanges.ROUNDED, values.rounded());
    boolean grows = reader.taken(message, stored::isDelta);
    LeafValues before = grows ? dictionaries.get(id) : null;
    dictionaries.put(id, before == null ? values : before.with(values));
  }

  private VariableValues values(Batch from, ArrowColumn column, Slots top) throws IOException {
    List<int[]> offsets = new ArrayList<>();
    Slots slots = top;
    for (ArrowField field : column.path()) {
      slots = slots.in(from, field);
      if (field.isList()) {
        Slots.Opened opened = slots.lists(from, field);
        changes.add(column.name(), ValueChanges.LISTS, opened.missing());
        offsets.add(opened.offsets());
        slots = opened.contents();
      }
    }
    return new VariableValues(leaf(from, column, slots), offsets);
  }

  private ColumnValues leaf(Batch from, ArrowColumn column, Slots slots) throws IOException {
    ArrowField field = column.leaf();
    ArrowField.Dictionary dictionary = field.dictionary();
    LeafValues leaf;
    if (dictionary == null) {
      leaf = LeafValues.read(from, field, slots);
    } else {
      LeafValues known = dictionaries.get(dictionary.id());
      if (known == null) {
        throw from.damaged("the dictionary of field %s is not before it".formatted(field.name()));
      }
      leaf = LeafValues.read(from, field, slots, dictionary.indices(), known);
    }
    changes.add(column.name(), ValueChanges.ROUNDED, leaf.rounded());
    ColumnValues values = leaf.as(column, changes);
    if (values == null) {
      throw file.missing(column);
    }
    return values;
  }

  private static VariableValues joined(ArrowColumn column, List<VariableValues> parts) {
    if (parts.size() == 1) {
      return parts.getFirst();
    }
    List<int[]> offsets = new ArrayList<>();
    for (int level = 0; level < column.depth(); level++) {
      int at = level;
      offsets.add(joinedOffsets(parts.stream().map(part -> part.offsets().get(at)).toList()));
    }
    List<ColumnValues> values = parts.stream().map(VariableValues::values).toList();
    return new VariableValues(ColumnValues.joined(column.type(), values), offsets);
  }

  private static int[] joinedOffsets(List<int[]> parts) {
    int[] joined = new int[1 + parts.stream().mapToInt(part -> part.length - 1).sum()];
    int at = 0;
    for (int[] part : parts) {
      int before = joined[at];
      for (int i = 1; i < part.length; i++) {
        joined[++at] = Math.addExact(before, part[i]);
      }
    }
    return joined;
  }

  @Override
  public void close() {
    dictionaries.clear();
  }
}
