package org.jetfold.spark.read;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.connector.read.InputPartition;

/** Groups blocks into parts of about one size, in the order of their rows. */
final class PartitionPlan {
  /** Reading a smaller part takes no longer than starting a task. */
  private static final long MIN_BYTES = 1L << 20;

  /** A larger part keeps a task busy for minutes. */
  private static final long MAX_BYTES = 1L << 25;

  private final long asked;
  private final int cores;

  /**
   * A plan.
   *
   * @param asked bytes of a part; 0 to go by the number of cores
   * @param cores how many tasks run at a time
   */
  PartitionPlan(long asked, int cores) {
    this.asked = asked;
    this.cores = cores;
  }

  InputPartition[] partitions(List<BlockRun> runs) {
    long all = runs.stream().mapToLong(BlockRun::bytes).sum();
    long size = asked > 0 ? asked : Math.clamp(all / Math.max(1, cores), MIN_BYTES, MAX_BYTES);
    List<InputPartition> partitions = new ArrayList<>();
    List<BlockRun> part = new ArrayList<>();
    long bytes = 0;
    for (BlockRun run : runs) {
      if (!part.isEmpty() && bytes + run.bytes() / 2 > size) {
        partitions.add(new BlockPartition(part));
        part.clear();
        bytes = 0;
      }
      add(run, part);
      bytes += run.bytes();
    }
    if (!part.isEmpty()) {
      partitions.add(new BlockPartition(part));
    }
    return partitions.toArray(InputPartition[]::new);
  }

  /** Blocks that follow one another are read as one run, so that what they share is read once. */
  private static void add(BlockRun run, List<BlockRun> part) {
    BlockRun last = part.isEmpty() ? null : part.getLast();
    if (last != null && last.end() == run.first() && last.file().equals(run.file())) {
      part.removeLast();
      part.add(
          new BlockRun(
              run.file(),
              last.first(),
              run.end(),
              last.rows() + run.rows(),
              last.bytes() + run.bytes()));
    } else {
      part.add(run);
    }
  }
}
