package org.jetfold.train.sampling;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ColumnValues;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.train.UntrainableTableException;
import org.jspecify.annotations.Nullable;

/**
 * Evenly spread pieces of the columns of one group, from one or more tables, in bounded memory. Of
 * consecutive pieces every 2ⁿ-th is kept; n rises when there are too many values. Not thread-safe.
 */
public final class ThinnedColumns {
  /** About how many entries a piece should have. */
  public static final int PIECE_ROWS = 4096;

  private final long maxValues;
  private final List<Piece> pieces = new ArrayList<>();
  private long number;
  private long values;
  private int keptOneIn = 1;

  /**
   * Whole events.
   *
   * @param number of the piece, from 0 over all tables
   * @param columns the values
   * @param offsets where in the rows each event starts, and last the number of rows; without events
   *     each row counts as one
   * @param above what is known of the rows themselves, then of what they belong to, of the nearest
   *     group first; may be none
   */
  public record Piece(long number, List<ColumnValues> columns, int[] offsets, List<Level> above) {
    /** The number of rows. */
    public int rows() {
      return offsets[offsets.length - 1];
    }

    long values() {
      return (long) rows() * columns.size();
    }
  }

  /**
   * What is known of the objects of one group.
   *
   * @param count the number of objects
   * @param entries the object that each row belongs to
   * @param columns what is known
   */
  public record Level(int count, int[] entries, List<Known> columns) {}

  /**
   * A value for each object.
   *
   * @param missing which objects have none; null where each has one
   */
  public record Known(ColumnValues values, boolean @Nullable [] missing) {}

  /**
   * A sample of nothing.
   *
   * @param maxValues about how many values to keep
   */
  public ThinnedColumns(long maxValues) {
    this.maxValues = maxValues;
  }

  /**
   * Checks that a table can be added to a sample.
   *
   * @throws UntrainableTableException where it has other columns; its message names one
   */
  public static void requireAlike(Schema before, Schema table) {
    if (!table.equals(before)) {
      throw new UntrainableTableException(
          "has other columns than the tables before%s: train on tables with the same columns"
              .formatted(difference(names(before), names(table))));
    }
  }

  private static List<String> names(Schema schema) {
    return schema.columns().stream().map(Column::name).toList();
  }

  private static String difference(List<String> before, List<String> table) {
    for (String name : before) {
      if (!table.contains(name)) {
        return ", and lacks " + name;
      }
    }
    for (String name : table) {
      if (!before.contains(name)) {
        return ", namely also " + name;
      }
    }
    return before.equals(table) ? " in type or events" : ", namely in another order";
  }

  /**
   * Takes the next piece of a table, or leaves it out.
   *
   * @param group of the columns
   * @param columns gives the columns' values; called only if the piece is taken
   */
  public void offer(Table piece, int group, Supplier<List<ColumnValues>> columns) {
    offer(piece, group, columns, List::of);
  }

  /**
   * As above, with what is known of the rows.
   *
   * @param above gives them; called only if the piece is taken
   */
  public void offer(
      Table piece, int group, Supplier<List<ColumnValues>> columns, Supplier<List<Level>> above) {
    if (number % keptOneIn == 0) {
      keep(new Piece(number, columns.get(), offsets(piece, group), above.get()));
    }
    number++;
  }

  private void keep(Piece piece) {
    pieces.add(piece);
    values += piece.values();
    while (values > maxValues && pieces.size() > 1) {
      keptOneIn *= 2;
      pieces.removeIf(old -> old.number() % keptOneIn != 0);
      values = pieces.stream().mapToLong(Piece::values).sum();
    }
  }

  private static int[] offsets(Table piece, int group) {
    if (group > 0) {
      return piece.offsets(group);
    }
    int[] offsets = new int[piece.entries(group) + 1];
    for (int row = 0; row < offsets.length; row++) {
      offsets[row] = row;
    }
    return offsets;
  }

  /** Whether no piece was left out. */
  public boolean isComplete() {
    return keptOneIn == 1;
  }

  /** The pieces, in the order of the tables. */
  public List<Piece> pieces() {
    return Collections.unmodifiableList(pieces);
  }

  /** The number of rows of all pieces. */
  public int rows() {
    return pieces.stream().mapToInt(Piece::rows).sum();
  }

  /** Where in the rows of all pieces each event starts, and last their number. */
  public int[] offsets() {
    int[] offsets =
        new int[1 + pieces.stream().mapToInt(piece -> piece.offsets().length - 1).sum()];
    int event = 0;
    int at = 0;
    for (Piece piece : pieces) {
      for (int i = 1; i < piece.offsets().length; i++) {
        offsets[++event] = at + piece.offsets()[i];
      }
      at += piece.rows();
    }
    return offsets;
  }
}
