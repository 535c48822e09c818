package org.jetfold.train.density;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jetfold.codec.density.ContextColumn;
import org.jetfold.codec.density.ContextSource;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.train.UntrainableTableException;
import org.jetfold.train.sampling.ThinnedColumns;
import org.jspecify.annotations.Nullable;

/**
 * What a model of a group may know of each row: columns of the groups above, level by level, how
 * many entries the lists there have, and the first entries of those that are coded before.
 *
 * @param schema of the table
 * @param group of the rows
 * @param levels of the rows themselves first, then of the groups above
 */
record ContextColumns(Schema schema, int group, List<List<Candidate>> levels) {
  /** More inputs cost more time than they save bits. */
  private static final int MAX_COLUMNS = 64;

  /** So many values of entries of lists are looked at: each takes memory. */
  private static final int MAX_ENTRIES = 48;

  private static final int MAX_COUNTS = 64;

  /** The entries of a list that may be known. */
  private static final int PLACES = 2;

  /** An integer with more different values than these is a number of something. */
  private static final int MAX_INTEGERS = 256;

  ContextColumns {
    levels = List.copyOf(levels);
  }

  /**
   * Something that may be known.
   *
   * @param list the group of the list; −1 without one
   * @param column its number in the table; −1 for a number of entries
   */
  record Candidate(ContextSource source, int list, int column) {}

  /**
   * All that can be known of a group's rows.
   *
   * @param precisions those of all columns of the table
   * @param weight the column of the events' weights, which is not known; −1 for none
   * @param isBefore whether a group's lists are coded before this group
   */
  static ContextColumns of(
      Schema schema, int group, List<Precision> precisions, int weight, IntPredicate isBefore) {
    List<List<Candidate>> levels = new ArrayList<>();
    int left = MAX_COLUMNS;
    int countsLeft = MAX_COUNTS;
    int entriesLeft = MAX_ENTRIES;
    for (int object = group; object >= 0; object = schema.parent(object)) {
      List<Candidate> known = new ArrayList<>();
      int level = levels.size();
      if (level > 0) {
        usable(schema, object, precisions).stream()
            .filter(column -> column != weight)
            .limit(left)
            .map(column -> value(schema, level, column))
            .forEach(known::add);
        left -= known.size();
      }
      int above = object;
      List<Integer> lists =
          IntStream.range(1, schema.groups().size())
              .filter(list -> schema.parent(list) == above && list != group)
              .boxed()
              .toList();
      List<Candidate> counts =
          lists.stream().limit(countsLeft).map(list -> count(schema, level, list)).toList();
      countsLeft -= counts.size();
      known.addAll(counts);
      if (level > 0) {
        // Of the objects that a row belongs to, its own tells most, and the others hide that.
        List<Integer> before =
            lists.stream()
                .filter(list -> isBefore.test(list) && !isAbove(schema, list, group))
                .toList();
        List<Candidate> entries = entries(schema, level, before, precisions, entriesLeft);
        entriesLeft -= entries.size();
        known.addAll(entries);
      }
      levels.add(known);
    }
    return new ContextColumns(schema, group, levels);
  }

  private static boolean isAbove(Schema schema, int list, int group) {
    int above = group;
    while (above > list) {
      above = schema.parent(above);
    }
    return above == list;
  }

  private static Candidate value(Schema schema, int level, int column) {
    Column described = schema.columns().get(column);
    return new Candidate(
        ContextSource.value(level, described.name(), described.type()), -1, column);
  }

  private static Candidate count(Schema schema, int level, int list) {
    return new Candidate(ContextSource.count(level, schema.groups().get(list).name()), list, -1);
  }

  /** The first columns of all lists, then the second ones, and so on; leading entries first. */
  private static List<Candidate> entries(
      Schema schema, int level, List<Integer> lists, List<Precision> precisions, int most) {
    List<Candidate> entries = new ArrayList<>();
    for (int place = 1; place <= PLACES; place++) {
      boolean isMore = true;
      for (int number = 0; isMore; number++) {
        isMore = false;
        for (int list : lists) {
          List<Integer> columns = usable(schema, list, precisions);
          if (number < columns.size() && entries.size() < most) {
            Column described = schema.columns().get(columns.get(number));
            String name = schema.groups().get(list).name();
            entries.add(
                new Candidate(
                    ContextSource.entry(level, name, place, described.name(), described.type()),
                    list,
                    columns.get(number)));
            isMore = true;
          }
        }
      }
    }
    return entries;
  }

  /** The columns of a group that can be contexts. */
  private static List<Integer> usable(Schema schema, int group, List<Precision> precisions) {
    int first = schema.firstColumn(group);
    return IntStream.range(first, first + schema.groups().get(group).columns().size())
        .filter(column ->
            !schema.columns().get(column).eventKey()
                && !(precisions.get(column) instanceof Precision.Scaled))
        .boxed()
        .toList();
  }

  /**
   * Those that a model knows.
   *
   * @throws UntrainableTableException where one is missing or of another type
   */
  static ContextColumns named(Schema schema, int group, List<ContextColumn> known) {
    List<List<Candidate>> levels = new ArrayList<>();
    List<Integer> objects = new ArrayList<>();
    for (int object = group; object >= 0; object = schema.parent(object)) {
      levels.add(new ArrayList<>());
      objects.add(object);
    }
    for (ContextColumn context : known) {
      ContextSource source = context.source();
      Candidate found =
          source.levels() < objects.size()
              ? find(schema, objects.get(source.levels()), source)
              : null;
      if (found == null) {
        throw new UntrainableTableException(
            "lacks %s, which the initial model knows of each row".formatted(source));
      }
      levels.get(source.levels()).add(found);
    }
    return new ContextColumns(schema, group, levels);
  }

  private static @Nullable Candidate find(Schema schema, int object, ContextSource source) {
    int list = -1;
    for (int other = 1; other < schema.groups().size(); other++) {
      boolean isNamed = schema.groups().get(other).name().equals(source.list());
      list = schema.parent(other) == object && isNamed ? other : list;
    }
    if (source.list() != null && list < 0) {
      return null;
    }
    if (source.isCount()) {
      return new Candidate(source, list, -1);
    }
    int of = source.list() == null ? object : list;
    for (int i = 0; i < schema.groups().get(of).columns().size(); i++) {
      Column column = schema.columns().get(schema.firstColumn(of) + i);
      if (column.name().equals(source.name()) && column.type() == source.type()) {
        return new Candidate(source, list, schema.firstColumn(of) + i);
      }
    }
    return null;
  }

  /** The values in a piece of the table, and the objects that its rows belong to. */
  List<ThinnedColumns.Level> of(Table piece) {
    List<ThinnedColumns.Level> known = new ArrayList<>();
    int[] entries = new int[piece.entries(group)];
    Arrays.setAll(entries, row -> row);
    int object = group;
    for (List<Candidate> candidates : levels) {
      int count = piece.entries(object);
      known.add(
          new ThinnedColumns.Level(
              count, entries, candidates.stream().map(each -> known(piece, each, count)).toList()));
      if (object > 0) {
        int[] parents = parents(piece.offsets(object));
        int[] next = new int[entries.length];
        for (int row = 0; row < next.length; row++) {
          next[row] = parents[entries[row]];
        }
        entries = next;
        object = schema.parent(object);
      }
    }
    return known;
  }

  private static ThinnedColumns.Known known(Table piece, Candidate candidate, int objects) {
    if (candidate.list() < 0) {
      return new ThinnedColumns.Known(piece.values(candidate.column()), null);
    }
    int[] starts = piece.offsets(candidate.list());
    if (candidate.source().isCount()) {
      long[] counts = new long[objects];
      Arrays.setAll(counts, object -> starts[object + 1] - starts[object]);
      return new ThinnedColumns.Known(new ColumnValues.Integers(counts), null);
    }
    ColumnValues values = piece.values(candidate.column());
    ColumnValues chosen = ColumnValues.zeros(candidate.source().type(), objects);
    boolean[] missing = new boolean[objects];
    for (int object = 0; object < objects; object++) {
      int entry = starts[object] + candidate.source().place() - 1;
      missing[object] = entry >= starts[object + 1];
      if (!missing[object]) {
        values.slice(entry, entry + 1).copyTo(chosen, object);
      }
    }
    return new ThinnedColumns.Known(chosen, missing);
  }

  private static int[] parents(int[] starts) {
    int[] parents = new int[starts[starts.length - 1]];
    for (int parent = 0; parent + 1 < starts.length; parent++) {
      Arrays.fill(parents, starts[parent], starts[parent + 1], parent);
    }
    return parents;
  }

  /** All contexts of all pieces. */
  RowContexts joined(List<ThinnedColumns.Piece> pieces) {
    List<RowContexts.Level> joined = new ArrayList<>();
    for (int level = 0; level < levels.size(); level++) {
      int number = level;
      int rows = pieces.stream().mapToInt(ThinnedColumns.Piece::rows).sum();
      int[] entries = new int[rows];
      int at = 0;
      int before = 0;
      for (ThinnedColumns.Piece piece : pieces) {
        ThinnedColumns.Level above = piece.above().get(level);
        for (int row = 0; row < piece.rows(); row++) {
          entries[at++] = before + above.entries()[row];
        }
        before += above.count();
      }
      List<KnownColumn> columns = new ArrayList<>();
      for (int i = 0; i < levels.get(level).size(); i++) {
        int column = i;
        columns.add(
            column(
                levels.get(level).get(i).source(),
                pieces.stream()
                    .map(piece -> piece.above().get(number).columns().get(column))
                    .toList(),
                before));
      }
      joined.add(new RowContexts.Level(entries, columns));
    }
    return new RowContexts(joined);
  }

  private static KnownColumn column(
      ContextSource source, List<ThinnedColumns.Known> pieces, int count) {
    long[] symbols = new long[count];
    boolean[] missing = source.isEntry() ? new boolean[count] : null;
    int at = 0;
    for (ThinnedColumns.Known piece : pieces) {
      int size = piece.values().size();
      long[] ofValues = new long[size];
      source.quantizer().quantize(piece.values(), 0, size, new byte[0], 0, ofValues);
      System.arraycopy(ofValues, 0, symbols, at, size);
      boolean[] ofPiece = piece.missing();
      if (missing != null && ofPiece != null) {
        System.arraycopy(ofPiece, 0, missing, at, size);
      }
      at += size;
    }
    return new KnownColumn(source, symbols, missing);
  }

  /** Whether a column has more than one value, and is no number of something. */
  static boolean isTelling(KnownColumn column) {
    long different =
        Arrays.stream(column.sample().symbols()).distinct().limit(MAX_INTEGERS + 1L).count();
    return different > 1 && (column.source().type().isFloat() || different <= MAX_INTEGERS);
  }
}
