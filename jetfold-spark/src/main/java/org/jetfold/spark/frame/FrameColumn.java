package org.jetfold.spark.frame;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.ValueType;

/**
 * A column of a table, and where its values are in the rows of a data frame.
 *
 * @param shown the frame's name of it, for messages
 * @param steps from a row to a value: the place of a field, then into the elements of each list
 *     around, and to a member of each record
 * @param name the column's name
 * @param type the type of its values
 * @param unit its unit
 * @param integral whether it holds integers
 * @param eventKey whether it marked the boundaries of events
 * @param lists the names of the collections around it, the outermost first
 */
record FrameColumn(
    String shown,
    List<Step> steps,
    String name,
    ValueType type,
    String unit,
    boolean integral,
    boolean eventKey,
    List<String> lists)
    implements Serializable {
  /** Copies the lists, to ones that can be sent. */
  FrameColumn {
    steps = new ArrayList<>(steps);
    lists = new ArrayList<>(lists);
  }

  /** A step from a row, a record or a list to what is in it. */
  sealed interface Step extends Serializable {
    /** Into each element of a list. */
    record Elements() implements Step {}

    /**
     * Into a field of a row or record.
     *
     * @param place of the field
     * @param fields how many the record has
     */
    record Field(int place, int fields) implements Step {}
  }

  static FrameColumn of(String shown, List<Step> steps, Column column, List<String> lists) {
    return new FrameColumn(
        shown,
        steps,
        column.name(),
        column.type(),
        column.unit(),
        column.integral(),
        column.eventKey(),
        lists);
  }

  Column column() {
    return new Column(name, type, unit, integral, eventKey);
  }
}
