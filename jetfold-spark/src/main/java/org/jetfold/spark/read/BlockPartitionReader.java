package org.jetfold.spark.read;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.util.CollectionAccumulator;
import org.jetfold.codec.error.JetfoldException;
import org.jetfold.codec.model.ModelSource;
import org.jetfold.codec.selection.Selection;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.spark.file.HadoopBytes;
import org.jetfold.spark.frame.BlockVectors;
import org.jetfold.spark.frame.FrameLayout;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decodes blocks, a batch each. Not thread-safe. */
final class BlockPartitionReader implements PartitionReader<ColumnarBatch> {
  private static final Logger LOG = LoggerFactory.getLogger(BlockPartitionReader.class);

  private final List<BlockRun> runs;
  private final ReadOptions options;
  private final StructType columns;
  private final Configuration configuration;
  private final ModelSource models;
  private final CollectionAccumulator<String> skipped;

  private int next;
  private @Nullable OpenRun open;
  private @Nullable ColumnarBatch batch;
  private long bytesRead;
  private long blocks;
  private long blocksSkipped;

  BlockPartitionReader(
      BlockPartition partition,
      ReadOptions options,
      StructType columns,
      Configuration configuration,
      ModelSource models,
      CollectionAccumulator<String> skipped) {
    this.runs = partition.runs();
    this.options = options;
    this.columns = columns;
    this.configuration = configuration;
    this.models = models;
    this.skipped = skipped;
  }

  /** A run of blocks that is being read. */
  private final class OpenRun implements AutoCloseable {
    private final HadoopBytes bytes;
    private final TableSource table;
    private final BlockVectors vectors;

    OpenRun(BlockRun run) throws IOException {
      Schema schema = run.split().header().schema();
      vectors =
          new BlockVectors(
              FrameLayout.of(schema, run.file().path(), options.collection()), columns);
      bytes = HadoopBytes.open(new Path(run.file().path()), run.file().size(), configuration);
      table = run.split().read(bytes, vectors.projection(), Selection.ALL, models);
    }

    @Nullable ColumnarBatch next() throws IOException {
      Table block = table.next(1);
      return block == null ? null : vectors.batch(block);
    }

    @Override
    public void close() throws IOException {
      bytesRead += bytes.bytesRead();
      table.close();
    }
  }

  @Override
  public boolean next() throws IOException {
    while (true) {
      try {
        OpenRun run = open;
        if (run == null) {
          if (next == runs.size()) {
            return false;
          }
          run = new OpenRun(runs.get(next));
          open = run;
        }
        batch = run.next();
        if (batch != null) {
          blocks++;
          return true;
        }
        close();
        next++;
      } catch (JetfoldException e) {
        String message = runs.get(next).file().path() + ": " + e.getMessage();
        if (!options.skipsDamaged()) {
          throw new UnreadableTableException(message, e);
        }
        LOG.warn("skipped {}", message);
        skipped.add(message);
        blocksSkipped++;
        close();
        next++;
      }
    }
  }

  @Override
  public ColumnarBatch get() {
    ColumnarBatch current = batch;
    if (current == null) {
      throw new IllegalStateException("next comes before get");
    }
    return current;
  }

  @Override
  public CustomTaskMetric[] currentMetricsValues() {
    OpenRun run = open;
    long ofRun = run == null ? 0 : run.bytes.bytesRead();
    return new CustomTaskMetric[] {
      new ReadMetrics.OfTask(ReadMetrics.BytesRead.NAME, bytesRead + ofRun),
      new ReadMetrics.OfTask(ReadMetrics.Blocks.NAME, blocks),
      new ReadMetrics.OfTask(ReadMetrics.Skipped.NAME, blocksSkipped)
    };
  }

  @Override
  public void close() throws IOException {
    OpenRun run = open;
    open = null;
    if (run != null) {
      run.close();
    }
  }
}
