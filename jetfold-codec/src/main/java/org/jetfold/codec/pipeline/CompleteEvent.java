package org.jetfold.codec.pipeline;

import org.jetfold.codec.table.ColumnValues;

/** An event that is complete, its segment not yet. Valid until the next event begins. */
public interface CompleteEvent {
  /** The values of a column in the segment so far, this event's among them, perhaps with room. */
  ColumnValues values(int column);

  /** Goes through the event's lists of a group; of the root, the event is one list of one row. */
  void forEachList(int group, ListVisitor visitor);

  /** Is told of lists. */
  @FunctionalInterface
  interface ListVisitor {
    /**
     * A list.
     *
     * @param from its first row in {@link #values}
     * @param rows how many it has
     */
    void visit(CompleteEvent event, int from, int rows);
  }
}
