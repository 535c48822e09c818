package org.jetfold.spark.read;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.connector.read.InputPartition;

/**
 * What a task reads.
 *
 * @param runs blocks, in the order of their rows
 */
record BlockPartition(List<BlockRun> runs) implements InputPartition {
  /** Copies the list, to one that can be sent. */
  BlockPartition {
    runs = new ArrayList<>(runs);
  }
}
