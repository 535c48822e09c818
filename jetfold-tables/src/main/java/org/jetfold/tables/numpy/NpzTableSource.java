package org.jetfold.tables.numpy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.tables.events.ArraySource;
import org.jetfold.tables.events.NamedArray;
import org.jetfold.tables.format.LayoutOfFirstFile;
import org.jetfold.tables.format.SourceOptions;
import org.jspecify.annotations.Nullable;

/**
 * The table in an NPZ file, read piece by piece from all its arrays at once; {@link NpzLayout} says
 * which array is what.
 */
final class NpzTableSource implements TableSource {
  /** An event with more objects would not fit in memory. */
  private static final int MAX_OBJECTS = 1 << 22;

  private final String name;
  private final NpzArchive archive;
  private final NpzLayout layout;
  private final List<RowReader> rowReaders = new ArrayList<>();
  private final List<RowReader> eventReaders = new ArrayList<>();
  private final int rowBytes;
  private @Nullable RowReader offsetReader;
  private long[] ends = {};
  private int endsUsed;
  private long row;
  private long event;

  private NpzTableSource(String name, NpzArchive archive, NpzLayout layout) {
    this.name = name;
    this.archive = archive;
    this.layout = layout;
    long bytes = 0;
    for (NpzLayout.Part part : layout.rowParts()) {
      bytes += part.block().rowBytes();
    }
    rowBytes = (int) Math.min(bytes, Integer.MAX_VALUE);
  }

  private void openReaders() throws IOException {
    for (NpzLayout.Part part : layout.rowParts()) {
      rowReaders.add(archive.rows(part.member(), part.block()));
    }
    for (NpzLayout.Part part : layout.eventParts()) {
      eventReaders.add(archive.rows(part.member(), part.block()));
    }
    NpzArchive.Member offsets = layout.offsets();
    if (offsets != null) {
      offsetReader = archive.rows(offsets, Block.single(NpzLayout.OFFSETS, offsets.header()));
      offsetReader.read(1);
    }
  }

  /**
   * Opens a file.
   *
   * @param first another file of the same table; null for none
   */
  static TableSource open(
      Path file, String name, SourceOptions options, @Nullable LayoutOfFirstFile first)
      throws IOException {
    NpzArchive archive = NpzArchive.open(file, name, options);
    NpzTableSource source;
    try {
      List<NamedArray> arrays = NpzColumn.all(archive);
      if (!arrays.isEmpty()) {
        return new ArraySource(name, archive, arrays, options, first);
      }
      source = new NpzTableSource(name, archive, new NpzLayout(archive, name, options));
    } catch (IOException | RuntimeException e) {
      archive.close();
      throw e;
    }
    try {
      source.openReaders();
      return source;
    } catch (IOException | RuntimeException e) {
      // A reader may hold a temporary file, so those that are open already must go too.
      source.close();
      throw e;
    }
  }

  @Override
  public Schema schema() {
    return layout.schema();
  }

  @Override
  public OptionalLong rootEntries() {
    return OptionalLong.of(offsetReader == null ? layout.rows() : layout.events());
  }

  @Override
  public @Nullable Table next(int asked) throws IOException {
    return offsetReader == null ? nextRows(asked) : nextEvents(offsetReader, asked);
  }

  private @Nullable Table nextRows(int asked) throws IOException {
    if (row == layout.rows()) {
      return null;
    }
    int count = NpyTableSource.pieceRows(asked, rowBytes, layout.rows() - row);
    List<ColumnValues> values = read(rowReaders, count);
    row += count;
    return new Table(schema(), count, List.of(), values);
  }

  private @Nullable Table nextEvents(RowReader reader, int asked) throws IOException {
    if (event == layout.events()) {
      return null;
    }
    int target = NpyTableSource.pieceRows(asked, rowBytes, Integer.MAX_VALUE);
    int[] offsets = new int[16];
    int count = 0;
    while (count < target && event + count < layout.events()) {
      long objects = peekEnd(reader, event + count) - row;
      if (count > 0 && objects > target) {
        break;
      }
      if (objects > MAX_OBJECTS && count == 0) {
        throw new UnreadableTableException(
            "%s: event %d has %d objects, but at most %d fit in memory"
                .formatted(name, event, objects, MAX_OBJECTS));
      }
      if (count + 1 == offsets.length) {
        offsets = java.util.Arrays.copyOf(offsets, 2 * offsets.length);
      }
      offsets[++count] = (int) objects;
      endsUsed++;
    }
    offsets = java.util.Arrays.copyOf(offsets, count + 1);
    List<ColumnValues> values = read(eventReaders, count);
    values.addAll(read(rowReaders, offsets[count]));
    row += offsets[count];
    event += count;
    return new Table(schema(), count, List.of(offsets), values);
  }

  private long peekEnd(RowReader reader, long number) throws IOException {
    if (endsUsed == ends.length) {
      int count = (int) Math.min(1 << 13, layout.events() - number);
      ends = ((ColumnValues.Integers) reader.read(count).getFirst()).values();
      endsUsed = 0;
    }
    long end = ends[endsUsed];
    if (end < row || end > layout.rows()) {
      throw new UnreadableTableException(name + ": array offsets changed while it was read");
    }
    return end;
  }

  private static List<ColumnValues> read(List<RowReader> readers, int count) throws IOException {
    List<ColumnValues> values = new ArrayList<>();
    for (RowReader reader : readers) {
      values.addAll(reader.read(count));
    }
    return values;
  }

  @Override
  public void close() throws IOException {
    try {
      for (RowReader reader : rowReaders) {
        reader.close();
      }
      for (RowReader reader : eventReaders) {
        reader.close();
      }
    } finally {
      archive.close();
    }
  }
}
