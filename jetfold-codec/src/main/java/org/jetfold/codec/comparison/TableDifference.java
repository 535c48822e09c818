package org.jetfold.codec.comparison;

/**
 * What keeps the values of two tables from being compared.
 *
 * @param text the difference in words, without a full stop
 */
public record TableDifference(Kind kind, String text) {
  /** In what two tables can differ. */
  public enum Kind {
    /** One table has events, the other has none. */
    EVENTS,
    /** A column or a list is in one table only, or a column has another type. */
    COLUMNS,
    /** One table has more rows or events than the other. */
    LENGTH,
    /** A list has another number of objects. */
    OBJECTS
  }
}
