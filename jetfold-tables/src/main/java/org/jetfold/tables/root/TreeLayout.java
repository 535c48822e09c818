package org.jetfold.tables.root;

import java.io.Serializable;
import org.jetfold.codec.table.Schema;
import org.jetfold.tables.events.EventLayout;
import org.jetfold.tables.format.LayoutOfFirstFile;

/**
 * What one ROOT file says about others that are the same table.
 *
 * @param events which variables make a collection
 * @param tree the tree's name
 * @param valuesAnEvent about how many values an event has
 */
record TreeLayout(EventLayout events, String tree, double valuesAnEvent)
    implements LayoutOfFirstFile, Serializable {
  @Override
  public Schema schema() {
    return events.schema();
  }
}
