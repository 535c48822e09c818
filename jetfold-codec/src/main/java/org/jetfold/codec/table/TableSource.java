package org.jetfold.codec.table;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A table that is read piece by piece from front to back, so that it need not fit in memory. Not
 * thread-safe.
 *
 * <p>Data that cannot be read (damaged, ragged, of a type that a table cannot hold) is reported as
 * {@link UnreadableTableException}, whose message names the file and the place; failures of the
 * device as plain {@link IOException}.
 */
public interface TableSource extends Closeable {
  /** How many rows to ask for where no other number is better. */
  int PIECE_ROWS = 1 << 15;

  /** The shape of the table; the same for all its pieces. */
  Schema schema();

  /** How many root entries the whole table has, where that is known before they are read. */
  default OptionalLong rootEntries() {
    return OptionalLong.empty();
  }

  /**
   * The next whole root entries.
   *
   * @param rows how many entries of the largest group to aim for; a piece holds at least one root
   *     entry and may go over by the last event's objects
   * @return the entries, or null at the end
   */
  @Nullable Table next(int rows) throws IOException;

  /** A table in memory, in one piece. */
  static TableSource of(Table table) {
    return new TableSource() {
      private boolean given;

      @Override
      public Schema schema() {
        return table.schema();
      }

      @Override
      public OptionalLong rootEntries() {
        return OptionalLong.of(table.rootEntries());
      }

      @Override
      public @Nullable Table next(int rows) {
        Table piece = given || table.rootEntries() == 0 ? null : table;
        given = true;
        return piece;
      }

      @Override
      public void close() {
        // Holds nothing but memory.
      }
    };
  }

  /** Is given pieces of a table. */
  @FunctionalInterface
  interface PieceVisitor {
    /** Takes the next piece. */
    void accept(Table piece) throws IOException;
  }

  /** Gives what is left of the table, piece by piece. */
  default void forEachPiece(PieceVisitor visitor) throws IOException {
    for (Table piece = next(PIECE_ROWS); piece != null; piece = next(PIECE_ROWS)) {
      visitor.accept(piece);
    }
  }

  /** Reads what is left of the table into memory; a table without rows where nothing is. */
  default Table readAll() throws IOException {
    List<Table> pieces = new ArrayList<>();
    forEachPiece(pieces::add);
    return pieces.isEmpty() ? Table.empty(schema()) : Table.joined(pieces);
  }
}
