package org.jetfold.codec.derived;

import java.util.List;
import org.jetfold.codec.table.Table;

/**
 * A quantity that is computed from a table's columns, with a value for each entry of a group: of
 * each object, or of each event. In binary64, the same on every machine. Immutable and safe to
 * share.
 */
public sealed interface DerivedQuantity permits EntryQuantity, EventQuantity {
  /** Its name, as {@link DerivedQuantities#find} knows it. */
  String name();

  /** The formula, for people. */
  String formula();

  /** The group whose entries it has values for; 0 for events, or for the rows of a flat table. */
  int group();

  /** The columns that it is computed from, by their numbers in the table, in increasing order. */
  List<Integer> columns();

  /**
   * A value for each entry of {@link #group}; NaN where there is none.
   *
   * @param table of the schema that the quantity was made for
   */
  double[] values(Table table);

  /**
   * Gives the derivatives of the values by the values of the columns, those that can be other than
   * 0. A value of a column may be given several times for one entry: then the derivative is the
   * sum.
   *
   * @param table of the schema that the quantity was made for
   */
  void derivatives(Table table, DerivativeVisitor visitor);

  /** Is given derivatives. */
  @FunctionalInterface
  interface DerivativeVisitor {
    /**
     * Takes a derivative.
     *
     * @param entry of the quantity's group
     * @param column that the derivative is by
     * @param row which value of the column, an entry of the column's group
     * @param derivative may be NaN or infinite where the quantity has none
     */
    void visit(int entry, int column, int row, double derivative);
  }
}
