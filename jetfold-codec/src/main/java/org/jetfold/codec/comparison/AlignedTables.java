package org.jetfold.codec.comparison;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jspecify.annotations.Nullable;

/**
 * Reads tables with equally many rows or events side by side, in pieces of the same entries,
 * whatever the sizes of the pieces that each source gives. It does not close the sources. Not
 * thread-safe.
 */
public final class AlignedTables {
  private static final int ROWS_PER_PIECE = 1 << 15;

  private final List<Cursor> cursors = new ArrayList<>();
  private final String unit;
  private long entries;

  /** A source with its current piece, of which the entries before {@code next} were given out. */
  private static final class Cursor {
    private final TableSource source;
    private final String name;
    private @Nullable Table piece;
    private int next;

    Cursor(TableSource source, String name) {
      this.source = source;
      this.name = name;
    }

    /** How many entries are at hand; 0 at the end of the table. */
    int left() throws IOException {
      while (piece == null || next == piece.rootEntries()) {
        piece = source.next(ROWS_PER_PIECE);
        next = 0;
        if (piece == null) {
          return 0;
        }
      }
      return piece.rootEntries() - next;
    }

    Table take(Table from, int count) {
      int first = next;
      next += count;
      return count == from.rootEntries() ? from : from.slice(first, next);
    }
  }

  /**
   * Tables to read side by side.
   *
   * @param names what each is called in messages, as in "the original"
   */
  public AlignedTables(List<TableSource> sources, List<String> names) {
    for (int i = 0; i < sources.size(); i++) {
      cursors.add(new Cursor(sources.get(i), names.get(i)));
    }
    unit = sources.getFirst().schema().hasEvents() ? "event" : "row";
  }

  /**
   * The next entries of all tables, in the order of the sources; null at their common end.
   *
   * @throws DifferentTablesException where one table ends before another
   */
  public @Nullable List<Table> next() throws IOException {
    int count = Integer.MAX_VALUE;
    Cursor ended = null;
    Cursor longer = null;
    for (Cursor cursor : cursors) {
      int left = cursor.left();
      if (left == 0) {
        ended = cursor;
      } else {
        longer = cursor;
        count = Math.min(count, left);
      }
    }
    if (longer == null) {
      return null;
    }
    if (ended != null) {
      throw new DifferentTablesException(
          TableDifference.Kind.LENGTH,
          String.format(
              Locale.ROOT,
              "%s ends after %,d %s%s, %s has more",
              ended.name,
              entries,
              unit,
              entries == 1 ? "" : "s",
              longer.name));
    }
    entries += count;
    List<Table> pieces = new ArrayList<>();
    for (Cursor cursor : cursors) {
      Table piece = cursor.piece;
      if (piece != null) {
        pieces.add(cursor.take(piece, count));
      }
    }
    return pieces;
  }

  /** How many rows or events were read of each table. */
  public long entries() {
    return entries;
  }
}
