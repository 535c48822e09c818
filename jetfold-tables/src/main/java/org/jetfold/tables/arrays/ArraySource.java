package org.jetfold.tables.arrays;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.tables.arrays.ArrayLayout.Node;
import org.jetfold.tables.arrays.ArrayLayout.Part;
import org.jetfold.tables.events.LeftOut;
import org.jetfold.tables.format.LayoutOfFirstFile;
import org.jetfold.tables.format.SourceOptions;
import org.jetfold.tables.rows.RequestedColumns;
import org.jspecify.annotations.Nullable;

/**
 * The table that named arrays make, read piece by piece from all of them at once. Only columns that
 * are asked for are opened. Not thread-safe.
 */
public final class ArraySource implements TableSource {
  /** About how many values a piece has at most, whatever number of rows was asked for. */
  private static final long PIECE_VALUES = 1 << 22;

  private final String file;
  private final Closeable owner;
  private final OpenGroup root;
  private final long entries;
  private final Schema schema;
  private final double valuesAnEntry;
  private final List<RowReader> readers = new ArrayList<>();
  private long next;

  /** A group whose arrays are being read. */
  private static final class OpenGroup {
    private final List<RowReader> parts = new ArrayList<>();
    private final List<OpenList> lists = new ArrayList<>();
  }

  /** A group with the offsets that its entries have; {@code end} is the last that was read. */
  private static final class OpenList {
    private final OffsetsArray array;
    private final RowReader offsets;
    private final OpenGroup group;
    private long end = -1;

    OpenList(OffsetsArray array, RowReader offsets, OpenGroup group) {
      this.array = array;
      this.offsets = offsets;
      this.group = group;
    }
  }

  /**
   * Sorts the arrays and opens those that are asked for. Where this fails, the owner stays open.
   *
   * @param file the file's name, for messages
   * @param owner closed with the source
   * @param first another file of the same table; null for none
   * @param leftOut arrays that cannot be read, to which those that have no place are added
   */
  public ArraySource(
      String file,
      Closeable owner,
      List<NamedArray> arrays,
      SourceOptions options,
      @Nullable LayoutOfFirstFile first,
      LeftOut leftOut)
      throws IOException {
    this.file = file;
    this.owner = owner;
    ArrayLayout layout = new ArrayLayout(file, arrays, options, first, leftOut);
    Node whole = layout.root();
    entries = layout.entries();
    Schema all = new Schema(whole.group());
    if (RequestedColumns.matching(all, options).stream().anyMatch(Set::isEmpty)) {
      leftOut.requireUndamaged();
    }
    var wanted = RequestedColumns.of(all, options);
    if (wanted.size() < all.columns().size()) {
      whole.keep(wanted, 0);
    }
    schema = new Schema(whole.group());
    leftOut.report(options);
    valuesAnEntry = Math.max(1, values(whole) / Math.max(1.0, (double) entries));
    try {
      root = open(whole);
    } catch (IOException | RuntimeException e) {
      closeReaders();
      throw e;
    }
  }

  /** How many values a group and its lists have. */
  private static double values(Node node) {
    double values = node.offsets() == null ? 0 : node.offsets().array().rows();
    for (Part part : node.parts()) {
      values += (double) part.array().rows() * part.numbers().size();
    }
    for (Node list : node.lists()) {
      values += values(list);
    }
    return values;
  }

  private OpenGroup open(Node node) throws IOException {
    OpenGroup group = new OpenGroup();
    for (Part part : node.parts()) {
      group.parts.add(opened(part.array(), part.numbers()));
    }
    for (Node list : node.lists()) {
      OffsetsArray offsets = Objects.requireNonNull(list.offsets());
      group.lists.add(new OpenList(offsets, opened(offsets.array(), List.of(0)), open(list)));
    }
    return group;
  }

  private RowReader opened(NamedArray array, List<Integer> columns) throws IOException {
    RowReader reader = array.opener().open(columns);
    readers.add(reader);
    return reader;
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public OptionalLong rootEntries() {
    return OptionalLong.of(entries);
  }

  @Override
  public @Nullable Table next(int rows) throws IOException {
    if (next == entries) {
      return null;
    }
    long most = (long) Math.clamp(PIECE_VALUES / valuesAnEntry, 1, Math.max(1, rows));
    int count = (int) Math.min(most, entries - next);
    List<int[]> offsets = new ArrayList<>();
    List<ColumnValues> values = new ArrayList<>();
    read(root, count, offsets, values);
    next += count;
    return new Table(schema, count, offsets, values);
  }

  /** Adds a group's next entries, and those of its lists, in the schema's order. */
  private void read(OpenGroup group, int count, List<int[]> offsets, List<ColumnValues> values)
      throws IOException {
    for (RowReader part : group.parts) {
      values.addAll(part.read(count));
    }
    for (OpenList list : group.lists) {
      int[] own = offsets(list, count);
      offsets.add(own);
      read(list.group, own[count], offsets, values);
    }
  }

  /** The next offsets of a group, from 0 on. */
  private int[] offsets(OpenList list, int lists) throws IOException {
    // The first offset is 0: that was checked before.
    long start = list.end < 0 ? integers(list.offsets, 1)[0] : list.end;
    long[] ends = integers(list.offsets, lists);
    int[] offsets = new int[lists + 1];
    String name = list.array.array().name();
    for (int i = 0; i < lists; i++) {
      long offset = ends[i] - start;
      if (offset < offsets[i] || ends[i] > list.array.elements()) {
        throw new UnreadableTableException(
            "%s: array %s changed while it was read".formatted(file, name));
      }
      if (offset > Integer.MAX_VALUE - 8) {
        throw new UnreadableTableException(
            "%s: array %s: %d objects follow one another in one event, more than fit in memory"
                .formatted(file, name, offset));
      }
      offsets[i + 1] = (int) offset;
    }
    list.end = start + offsets[lists];
    return offsets;
  }

  private static long[] integers(RowReader reader, int count) throws IOException {
    return ((ColumnValues.Integers) reader.read(count).getFirst()).values();
  }

  private void closeReaders() throws IOException {
    IOException failure = null;
    for (RowReader reader : readers) {
      try {
        reader.close();
      } catch (IOException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public void close() throws IOException {
    try {
      closeReaders();
    } finally {
      owner.close();
    }
  }
}
