package org.jetfold.tables.arrays;

import java.io.IOException;
import java.util.List;
import org.jetfold.codec.table.Column;
import org.jspecify.annotations.Nullable;

/**
 * An array in a file: rows of one or more numbers.
 *
 * @param name its name, like no other in the file; may be empty
 * @param columns what a row holds
 * @param rows their number
 * @param kind what it may be in a table
 * @param collection the collection that it belongs to as the file says: empty for event values,
 *     null where the file says nothing
 * @param opener opens it from its first row on, any number of times
 */
public record NamedArray(
    String name,
    List<Column> columns,
    long rows,
    Kind kind,
    @Nullable String collection,
    Opener opener) {
  /** What an array may be in a table. */
  public enum Kind {
    /** One number a row: a column, the offsets of lists, or a value of the events. */
    VECTOR,
    /** Rows of several numbers, or records: a table by itself. */
    TABLE,
    /** Rows of more dimensions: columns of a table whose rows others say. */
    BLOCK
  }

  /**
   * What an array is by its shape.
   *
   * @param records whether its elements have named fields
   * @param numbers how many numbers an element has
   */
  public static Kind kind(int dimensions, boolean records, int numbers) {
    if (records) {
      return dimensions == 1 ? Kind.TABLE : Kind.BLOCK;
    }
    return numbers > 1 || dimensions > 2 ? Kind.BLOCK : dimensions == 2 ? Kind.TABLE : Kind.VECTOR;
  }

  /** Whether it has one number a row. */
  boolean isVector() {
    return kind == Kind.VECTOR;
  }

  /** Opens an array. */
  public interface Opener {
    /** Reads some of the array's columns, by their numbers. */
    RowReader open(List<Integer> columns) throws IOException;
  }

  /** Copies the list. */
  public NamedArray {
    columns = List.copyOf(columns);
  }
}
