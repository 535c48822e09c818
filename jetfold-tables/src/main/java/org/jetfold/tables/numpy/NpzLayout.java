package org.jetfold.tables.numpy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.codec.table.ValueType;
import org.jetfold.tables.format.SourceOptions;
import org.jetfold.tables.numpy.NpzArchive.Member;
import org.jspecify.annotations.Nullable;

/**
 * Decides what the arrays of an NPZ file are.
 *
 * <ul>
 *   <li>{@code offsets} (integers, one more than there are events) groups the rows in events.
 *   <li>The table is a 2-D array: {@code jets} where there is one, else the first whose width is
 *       the length of {@code columns}, else the first; arrays of floats before others; else a 1-D
 *       structured array. {@code columns} (text) names a 2-D array's columns, {@code is_int} marks
 *       those that hold integers. Without such an array, each 1-D array is a column of a collection
 *       called jets, and {@code columns} and {@code is_int} may mark some of them.
 *   <li>1-D arrays as long as the rows are further columns, as long as the events event values.
 *       Where there are as many rows as events, the order in the file decides: arrays before {@code
 *       offsets} are columns, arrays behind it event values.
 *   <li>Without table and offsets, the 1-D arrays of the most frequent length (of equally frequent
 *       ones, the greatest) are a flat table.
 *   <li>Everything else is named as left out.
 * </ul>
 */
final class NpzLayout {
  static final String OFFSETS = "offsets";
  static final String COLUMNS = "columns";
  static final String IS_INT = "is_int";
  static final String JETS = "jets";

  /** An array that is read, and the columns that it gives. */
  record Part(Member member, Block block) {}

  private final NpzArchive archive;
  private final String name;
  private final SourceOptions options;
  private final List<Part> rowParts = new ArrayList<>();
  private final List<Part> eventParts = new ArrayList<>();
  private final Set<Member> used = new HashSet<>();
  private final @Nullable Member offsets;
  private final long rows;
  private final long events;
  private final Schema schema;

  /** Reads what is needed to decide: names, marks and offsets. */
  NpzLayout(NpzArchive archive, String name, SourceOptions options) throws IOException {
    this.archive = archive;
    this.name = name;
    this.options = options;
    offsets = named(OFFSETS);
    Member table = table();
    Set<String> integral = table == null ? integralNames() : Set.of();
    long lastOffset = -1;
    if (offsets != null) {
      used.add(offsets);
      lastOffset = lastOffset(offsets);
      events = offsets.header().rows() - 1;
    } else {
      events = -1;
    }
    if (table != null) {
      rows = table.header().rows();
      if (offsets != null && lastOffset != rows) {
        throw new UnreadableTableException(
            "%s: offsets ends at %d, but %s has %d rows: they do not belong together"
                .formatted(name, lastOffset, table.name(), rows));
      }
      used.add(table);
      rowParts.add(new Part(table, block(table)));
    } else {
      rows = offsets != null ? lastOffset : commonLength();
    }
    sortOneDimensional();
    schema = schemaOf(table, integral);
    nameLeftOut();
  }

  private @Nullable Member named(String wanted) {
    for (Member member : archive.members()) {
      if (member.name().equals(wanted)) {
        return member;
      }
    }
    return null;
  }

  private @Nullable Member texts() {
    Member columns = named(COLUMNS);
    return columns != null && isPlain(columns, 1) && columns.header().type().isText()
        ? columns
        : null;
  }

  private static boolean isPlain(Member member, int dimensions) {
    return !member.header().structured() && member.header().dimensions() == dimensions;
  }

  private static boolean isNumeric(Member member, int dimensions) {
    return isPlain(member, dimensions) && member.header().type().valueType() != null;
  }

  private @Nullable Member table() {
    Member columns = texts();
    Member best = null;
    int bestScore = -1;
    for (Member member : archive.members()) {
      int score = score(member, columns);
      if (score > bestScore) {
        bestScore = score;
        best = member;
      }
    }
    return best;
  }

  /** How good a table an array would be; negative where it is none. */
  private static int score(Member member, @Nullable Member columns) {
    NpyHeader header = member.header();
    if (header.structured()) {
      return Block.possible(header) ? 0 : -1;
    }
    if (!isNumeric(member, 2)) {
      return -1;
    }
    ValueType type = header.type().valueType();
    boolean named = columns != null && columns.header().rows() == header.shape().get(1);
    return 1
        + (named ? 1 : 0)
        + (member.name().equals(JETS) ? 2 : 0)
        + (type != null && type.isFloat() ? 4 : 0);
  }

  private Block block(Member table) throws IOException {
    String what = archive.what(table.name());
    if (table.header().structured()) {
      return Block.structured(what, table.header(), options);
    }
    long width = table.header().shape().get(1);
    Member columns = texts();
    List<String> names = null;
    if (columns != null) {
      used.add(columns);
      if (columns.header().rows() != width) {
        throw new UnreadableTableException(
            "%s: columns has %d names, but %s has %d columns"
                .formatted(name, columns.header().rows(), table.name(), width));
      }
      names = archive.texts(columns);
    }
    return Block.table(what, table.header(), names, marks(width));
  }

  private boolean @Nullable [] marks(long width) throws IOException {
    Member isInt = named(IS_INT);
    if (isInt == null || !isNumeric(isInt, 1) || isInt.header().type().kind() != 'b') {
      return null;
    }
    if (isInt.header().rows() != width) {
      throw new UnreadableTableException(
          "%s: is_int has %d marks for %d columns".formatted(name, isInt.header().rows(), width));
    }
    used.add(isInt);
    boolean[] marks = new boolean[(int) width];
    try (RowReader reader = archive.rows(isInt, Block.single(IS_INT, isInt.header()))) {
      long[] values = ((ColumnValues.Integers) reader.read(marks.length).getFirst()).values();
      for (int i = 0; i < marks.length; i++) {
        marks[i] = values[i] != 0;
      }
    }
    return marks;
  }

  /** Checks the offsets from the first to the last, which is returned. */
  private long lastOffset(Member member) throws IOException {
    if (!isNumeric(member, 1) || "iu".indexOf(member.header().type().kind()) < 0) {
      throw new UnreadableTableException(
          "%s: it must be a 1-D array of integers: event i is rows offsets[i] to before offsets[i+1]"
              .formatted(archive.what(OFFSETS)));
    }
    long left = member.header().rows();
    if (left == 0) {
      throw new UnreadableTableException(
          archive.what(OFFSETS) + ": it is empty, but must hold at least a 0");
    }
    long at = 0;
    long last = 0;
    try (RowReader reader = archive.rows(member, Block.single(OFFSETS, member.header()))) {
      while (left > 0) {
        int count = (int) Math.min(left, 1 << 16);
        for (long offset : ((ColumnValues.Integers) reader.read(count).getFirst()).values()) {
          if (at == 0 ? offset != 0 : offset < last) {
            throw new UnreadableTableException(
                "%s: its value %d is %d, but must be %s"
                    .formatted(
                        archive.what(OFFSETS), at, offset, at == 0 ? "0" : "at least " + last));
          }
          last = offset;
          at++;
        }
        left -= count;
      }
    }
    return last;
  }

  private long commonLength() throws UnreadableTableException {
    Map<Long, Integer> counts = new HashMap<>();
    for (Member member : archive.members()) {
      if (isNumeric(member, 1) && !used.contains(member)) {
        counts.merge(member.header().rows(), 1, Integer::sum);
      }
    }
    long best = -1;
    int most = 0;
    for (Map.Entry<Long, Integer> entry : counts.entrySet()) {
      if (entry.getValue() > most || (entry.getValue() == most && entry.getKey() > best)) {
        best = entry.getKey();
        most = entry.getValue();
      }
    }
    if (best < 0) {
      throw new UnreadableTableException(
          name
              + ": it holds no table: neither a 2-D array of numbers nor 1-D arrays of one length");
    }
    return best;
  }

  private void sortOneDimensional() {
    boolean behindOffsets = false;
    for (Member member : archive.members()) {
      behindOffsets |= member.equals(offsets);
      if (used.contains(member) || !isNumeric(member, 1) || member.name().isEmpty()) {
        continue;
      }
      long length = member.header().rows();
      boolean event = length == events && (length != rows || behindOffsets);
      if (event || length == rows) {
        (event ? eventParts : rowParts)
            .add(new Part(member, Block.single(member.name(), member.header())));
        used.add(member);
      }
    }
  }

  private Schema schemaOf(@Nullable Member table, Set<String> integral) throws IOException {
    dropTwins(rowParts);
    dropTwins(eventParts);
    List<Column> rowColumns = columns(rowParts);
    rowColumns.replaceAll(column -> marked(column, integral));
    if (rowColumns.isEmpty() && eventParts.isEmpty()) {
      throw new UnreadableTableException(name + ": it holds no columns");
    }
    if (offsets == null) {
      return Schema.flat(rowColumns);
    }
    String collection = table == null || table.name().isEmpty() ? JETS : table.name();
    return Schema.events(columns(eventParts), collection, rowColumns);
  }

  /**
   * Where each column is an array of its own, {@code columns} and {@code is_int} together say which
   * of them hold integers.
   */
  private Set<String> integralNames() throws IOException {
    Member texts = texts();
    Member isInt = named(IS_INT);
    if (texts == null || isInt == null || texts.header().rows() != isInt.header().rows()) {
      return Set.of();
    }
    List<String> names = archive.texts(texts);
    Set<String> arrays = new HashSet<>();
    archive.members().stream()
        .filter(member -> isNumeric(member, 1))
        .forEach(member -> arrays.add(member.name()));
    boolean[] marks = arrays.containsAll(names) ? marks(names.size()) : null;
    if (marks == null) {
      return Set.of();
    }
    used.add(texts);
    Set<String> integral = new HashSet<>();
    for (int i = 0; i < marks.length; i++) {
      if (marks[i]) {
        integral.add(names.get(i));
      }
    }
    return integral;
  }

  private static Column marked(Column column, Set<String> integral) {
    boolean mark =
        column.integral() || (column.type().isFloat() && integral.contains(column.name()));
    return new Column(column.name(), column.type(), column.unit(), mark, column.eventKey());
  }

  private void dropTwins(List<Part> parts) {
    Map<String, Member> names = new LinkedHashMap<>();
    parts.removeIf(part -> {
      boolean twin = false;
      for (Column column : part.block().columns()) {
        twin |= names.putIfAbsent(column.name(), part.member()) != null;
      }
      if (twin) {
        options.warn(
            "%s: array %s left out: the table has a column of that name"
                .formatted(name, part.member().name()));
      }
      return twin;
    });
  }

  private static List<Column> columns(List<Part> parts) {
    List<Column> columns = new ArrayList<>();
    parts.forEach(part -> columns.addAll(part.block().columns()));
    return columns;
  }

  private void nameLeftOut() {
    for (Member member : archive.members()) {
      if (!used.contains(member)) {
        options.warn(
            "%s: array %s left out: %s".formatted(name, member.name(), whyLeftOut(member)));
      }
    }
  }

  private String whyLeftOut(Member member) {
    NpyHeader header = member.header();
    if (!Block.possible(header)) {
      return Block.impossible(header);
    }
    if (header.dimensions() == 2 || header.structured()) {
      return "another array is the table";
    }
    return offsets == null
        ? "its length %d is not that of the table, %d".formatted(header.rows(), rows)
        : "its length %d is neither that of the events, %d, nor of the rows, %d"
            .formatted(header.rows(), events, rows);
  }

  /** The table's shape. */
  Schema schema() {
    return schema;
  }

  /**
   * The arrays that give a value a row (a collection's objects, or a flat table's rows), in the
   * order of the columns.
   */
  List<Part> rowParts() {
    return rowParts;
  }

  /** The arrays that give a value an event, in the order of the columns. */
  List<Part> eventParts() {
    return eventParts;
  }

  /** The array of offsets; null for a flat table. */
  @Nullable Member offsets() {
    return offsets;
  }

  /** The number of rows. */
  long rows() {
    return rows;
  }

  /** The number of events; −1 for a flat table. */
  long events() {
    return events;
  }
}
