package org.jetfold.spark.read;

import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.jetfold.spark.file.SharedModels;

/** Goes to the tasks, and makes their readers. */
final class BlockReaderFactory implements PartitionReaderFactory {
  private static final long serialVersionUID = 1L;

  private final ReadOptions options;
  private final StructType columns;
  private final Broadcast<SerializableConfiguration> configuration;
  private final SharedModels models;
  private final CollectionAccumulator<String> skipped;

  /** A factory of readers of some columns. */
  BlockReaderFactory(
      ReadOptions options,
      StructType columns,
      Broadcast<SerializableConfiguration> configuration,
      SharedModels models,
      CollectionAccumulator<String> skipped) {
    this.options = options;
    this.columns = columns;
    this.configuration = configuration;
    this.models = models;
    this.skipped = skipped;
  }

  @Override
  public boolean supportColumnarReads(InputPartition partition) {
    return true;
  }

  @Override
  public PartitionReader<ColumnarBatch> createColumnarReader(InputPartition partition) {
    return new BlockPartitionReader(
        (BlockPartition) partition,
        options,
        columns,
        configuration.value().value(),
        models,
        skipped);
  }

  @Override
  public PartitionReader<InternalRow> createReader(InputPartition partition) {
    throw new UnsupportedOperationException("blocks are read as batches of columns");
  }
}
