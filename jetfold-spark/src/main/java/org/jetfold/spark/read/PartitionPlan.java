package org.jetfold.spark.read;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.connector.read.InputPartition;
import org.jetfold.codec.BlockSplit;

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

  /** The parts of chosen blocks. */
  InputPartition[] partitions(List<BlockChoice.Chosen> files) {
    long all = files.stream().mapToLong(BlockChoice.Chosen::bytes).sum();
    long size = asked > 0 ? asked : Math.clamp(all / Math.max(1, cores), MIN_BYTES, MAX_BYTES);
    List<InputPartition> partitions = new ArrayList<>();
    List<BlockRun> part = new ArrayList<>();
    long bytes = 0;
    for (BlockChoice.Chosen file : files) {
      for (BlockSplit split : file.file().splits(file.blocks(), size)) {
        if (!part.isEmpty() && bytes + split.bytes() / 2 > size) {
          partitions.add(new BlockPartition(part));
          part.clear();
          bytes = 0;
        }
        part.add(new BlockRun(file.file().file(), split));
        bytes += split.bytes();
      }
    }
    if (!part.isEmpty()) {
      partitions.add(new BlockPartition(part));
    }
    return partitions.toArray(InputPartition[]::new);
  }
}
