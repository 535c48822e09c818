package org.jetfold.codec.table;

import java.io.Serializable;
import java.util.Objects;

/**
 * One variable of a group: its name, the type of its values and what is known about their meaning.
 *
 * @param name the name as the source gives it; unique within its group, never empty
 * @param type the type of its values
 * @param unit the physical unit, or an empty string where the source names none
 * @param integral true for a float column whose source says that it holds integers; such a column
 *     is never rounded
 * @param eventKey true for an event value whose change from one row to the next marked the event
 *     boundaries of a flat source
 */
public record Column(String name, ValueType type, String unit, boolean integral, boolean eventKey)
    implements Serializable {
  /**
   * Checks name and unit.
   *
   * @throws IllFormedNameException where one of them is not well-formed Unicode
   */
  public Column {
    Objects.requireNonNull(type);
    Objects.requireNonNull(unit);
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a column needs a name");
    }
    IllFormedNameException.check("column name", name);
    IllFormedNameException.check("unit", unit);
  }

  /** A column of which only name and type are known. */
  public Column(String name, ValueType type) {
    this(name, type, "", false, false);
  }

  /** True where this column may have a lossy precision: floats that do not hold integers. */
  public boolean mayLoseBits() {
    return type.isFloat() && !integral;
  }
}
