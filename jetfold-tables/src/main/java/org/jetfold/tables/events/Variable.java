package org.jetfold.tables.events;

import java.io.Serializable;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ValueType;

/**
 * A variable as its file has it: a number an event, or lists of numbers.
 *
 * @param name its name in the file
 * @param column the table's column that it becomes
 * @param depth how many lists are around the numbers: 0 for one number an event, 1 for one an
 *     object, 2 and more for lists within objects
 */
public record Variable(String name, Column column, int depth) implements Serializable {
  /** A variable of which nothing but name and type is known. */
  public Variable(String name, ValueType type, int depth) {
    this(name, new Column(name, type), depth);
  }
}
