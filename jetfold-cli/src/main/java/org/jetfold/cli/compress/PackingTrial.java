package org.jetfold.cli.compress;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Table;
import org.jetfold.tables.format.FloatPacking;
import org.jetfold.tables.format.SinkOptions;
import org.jetfold.tables.format.TableFormat;

/**
 * Finds out by packing the first piece of a table which of its columns are smaller as dictionaries
 * of few different levels, and whether the bytes of the others are better kept apart. Not
 * thread-safe.
 */
final class PackingTrial {
  /** Larger dictionaries save nothing. */
  private static final int MAX_ENTRIES = 1 << 16;

  private final TableFormat format;
  private final List<DistinctValues> dictionaries = new ArrayList<>();
  private boolean[] chosen = {};
  private boolean split = true;
  private boolean isOpen = true;

  /** Nothing tried yet. */
  PackingTrial(TableFormat format) {
    this.format = format;
  }

  /** Whether no piece was packed yet. */
  boolean isOpen() {
    return isOpen;
  }

  /**
   * Packs a piece.
   *
   * @param shortest with the shortest floats
   * @param levels with floats on few levels
   */
  void run(Table shortest, Table levels) throws IOException {
    isOpen = false;
    int columns = shortest.schema().columns().size();
    for (int i = 0; i < columns; i++) {
      dictionaries.add(new DistinctValues(MAX_ENTRIES));
    }
    long[] apart = bytes(shortest, FloatPacking.SPLIT);
    long[] plain = bytes(shortest, FloatPacking.PLAIN);
    long[] listed = bytes(levels, new FloatPacking(true, MAX_ENTRIES));
    long withApart = total(smaller(listed, apart));
    long withPlain = total(smaller(listed, plain));
    split = withApart <= withPlain;
    long[] others = split ? apart : plain;
    chosen = new boolean[columns];
    for (int i = 0; i < columns; i++) {
      chosen[i] = listed[i] < others[i];
      if (chosen[i]) {
        count(i, levels.values(i));
      }
    }
    long[] packed = bytes(mixed(shortest, levels), found());
    if (alsoChosen(listed, packed, levels)) {
      packed = bytes(mixed(shortest, levels), found());
    }
    if (total(packed) >= total(others)) {
      chosen = new boolean[columns];
    }
    dictionaries.replaceAll(_ -> new DistinctValues(MAX_ENTRIES));
  }

  /**
   * Chooses the columns that are dictionaries now, because all columns have one limit, and that are
   * smaller as dictionaries of levels.
   */
  private boolean alsoChosen(long[] listed, long[] packed, Table levels) {
    boolean any = false;
    for (int i = 0; i < listed.length; i++) {
      if (!chosen[i] && listed[i] < packed[i]) {
        any = true;
        chosen[i] = true;
        count(i, levels.values(i));
      }
    }
    return any;
  }

  private long[] bytes(Table piece, FloatPacking packing) throws IOException {
    return format.columnBytes(
        piece, new SinkOptions(false, _ -> {}).withReducedValues(Map.of(), packing));
  }

  private static long[] smaller(long[] one, long[] other) {
    return IntStream.range(0, one.length).mapToLong(i -> Math.min(one[i], other[i])).toArray();
  }

  private static long total(long[] bytes) {
    return IntStream.range(0, bytes.length).mapToLong(i -> bytes[i]).sum();
  }

  private Table mixed(Table shortest, Table levels) {
    List<int[]> offsets = new ArrayList<>();
    for (int group = 1; group < shortest.schema().groups().size(); group++) {
      offsets.add(shortest.offsets(group));
    }
    List<ColumnValues> values = new ArrayList<>();
    for (int i = 0; i < chosen.length; i++) {
      values.add((chosen[i] ? levels : shortest).values(i));
    }
    return new Table(shortest.schema(), shortest.rootEntries(), offsets, values);
  }

  /** Counts the levels of a column that is to be a dictionary. */
  void count(int column, ColumnValues levels) {
    if (column < chosen.length && chosen[column]) {
      dictionaries.get(column).add(levels);
    }
  }

  /** Whether a column is to be a dictionary of its levels. */
  boolean isDictionary(int column) {
    return column < chosen.length
        && chosen[column]
        && dictionaries.get(column).count() <= MAX_ENTRIES;
  }

  /** What was found, for all that was counted. */
  FloatPacking found() {
    int entries = 0;
    for (int column = 0; column < chosen.length; column++) {
      entries =
          isDictionary(column) ? Math.max(entries, dictionaries.get(column).count()) : entries;
    }
    return new FloatPacking(split, entries);
  }
}
