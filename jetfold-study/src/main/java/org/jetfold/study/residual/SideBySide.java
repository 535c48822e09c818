package org.jetfold.study.residual;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jspecify.annotations.Nullable;

/**
 * Reads several tables of equally many rows or events together, in pieces of the same entries,
 * whatever the pieces are that each of them gives. Not thread-safe.
 */
final class SideBySide {
  private static final int ROWS_A_PIECE = 1 << 15;

  private final List<TableSource> sources;
  private final List<String> names;
  private final List<@Nullable Table> left = new ArrayList<>();

  /**
   * Tables.
   *
   * @param names what each is called in a message
   */
  SideBySide(List<TableSource> sources, List<String> names) {
    this.sources = List.copyOf(sources);
    this.names = List.copyOf(names);
    sources.forEach(_ -> left.add(null));
  }

  /**
   * The next entries of all tables; null at their end.
   *
   * @throws IncomparableTablesException where one ends before another
   */
  @Nullable List<Table> next() throws IOException {
    int entries = Integer.MAX_VALUE;
    int ended = -1;
    int going = -1;
    List<Table> pieces = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      Table piece = left.get(i);
      while (piece == null || piece.rootEntries() == 0) {
        piece = sources.get(i).next(ROWS_A_PIECE);
        if (piece == null) {
          break;
        }
      }
      if (piece == null) {
        ended = i;
      } else {
        going = i;
        entries = Math.min(entries, piece.rootEntries());
        pieces.add(piece);
        left.set(i, piece);
      }
    }
    if (going < 0) {
      return null;
    }
    if (ended >= 0) {
      throw new IncomparableTablesException(
          "%s ends before %s".formatted(names.get(ended), names.get(going)));
    }
    for (int i = 0; i < pieces.size(); i++) {
      Table piece = pieces.get(i);
      boolean whole = piece.rootEntries() == entries;
      left.set(i, whole ? null : piece.slice(entries, piece.rootEntries()));
      pieces.set(i, whole ? piece : piece.slice(0, entries));
    }
    return pieces;
  }
}
