package org.jetfold.spark.read;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.metric.CustomMetric;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Statistics;
import org.apache.spark.sql.connector.read.SupportsReportStatistics;
import org.apache.spark.sql.sources.Filter;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.jetfold.codec.model.LearnedModel;
import org.jetfold.codec.table.Projection;
import org.jetfold.spark.SkippedFiles;
import org.jetfold.spark.file.NeededModels;
import org.jetfold.spark.file.SharedModels;
import org.jetfold.spark.frame.FrameLayout;

/** Some columns of those blocks that may have rows that a query wants. */
final class BlockScan implements SupportsReportStatistics, Batch {
  private final FrameLayout layout;
  private final StructType columns;
  private final List<IndexedFile> files;
  private final ReadOptions options;
  private final Filter[] filters;
  private final BlockChoice choice;

  /**
   * A scan.
   *
   * @param columns those of the layout that are wanted
   * @param filters of rows, which Spark applies, too
   * @param limit how many rows suffice
   */
  BlockScan(
      FrameLayout layout,
      StructType columns,
      List<IndexedFile> files,
      ReadOptions options,
      Filter[] filters,
      int limit) {
    this.layout = layout;
    this.columns = columns;
    this.files = files;
    this.options = options;
    this.filters = filters.clone();
    choice = new BlockChoice(layout, filters, limit);
    files.forEach(choice::add);
  }

  @Override
  public StructType readSchema() {
    return columns;
  }

  @Override
  public String description() {
    return "jetfold: %d of %d blocks of %d files, columns %s, filters %s"
        .formatted(
            choice.chosen().stream().mapToInt(file -> file.blocks().size()).sum(),
            files.stream().mapToInt(file -> file.footer().blocks().size()).sum(),
            files.size(),
            Arrays.toString(columns.fieldNames()),
            Arrays.toString(filters));
  }

  @Override
  public Batch toBatch() {
    return this;
  }

  @Override
  public ColumnarSupportMode columnarSupportMode() {
    return ColumnarSupportMode.SUPPORTED;
  }

  @Override
  public CustomMetric[] supportedCustomMetrics() {
    return ReadMetrics.all();
  }

  @Override
  public Statistics estimateStatistics() {
    long rows = choice.rows();
    return new Statistics() {
      @Override
      public OptionalLong sizeInBytes() {
        return OptionalLong.of(rows * columns.defaultSize());
      }

      @Override
      public OptionalLong numRows() {
        return OptionalLong.of(rows);
      }
    };
  }

  @Override
  public InputPartition[] planInputPartitions() {
    int cores = SparkSession.active().sparkContext().defaultParallelism();
    return new PartitionPlan(options.splitBytes(), cores).partitions(choice.chosen());
  }

  @Override
  public PartitionReaderFactory createReaderFactory() {
    SparkContext context = SparkSession.active().sparkContext();
    Configuration configuration = CompressedTable.configuration();
    try {
      return new BlockReaderFactory(
          options,
          columns,
          SerializableConfiguration.broadcast(context, configuration),
          SharedModels.of(context, models(configuration)),
          SkippedFiles.accumulator(context));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The models that the wanted columns need and that the files do not hold. */
  private List<LearnedModel> models(Configuration configuration) throws IOException {
    NeededModels needed = new NeededModels();
    Projection projection = layout.projection(columns);
    for (IndexedFile file : files) {
      needed.add(file.file().path(), file.header(), projection.columns()::contains);
    }
    return needed.find(options.models(), configuration);
  }
}
