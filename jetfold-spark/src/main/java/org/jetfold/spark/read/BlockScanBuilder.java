package org.jetfold.spark.read;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.connector.expressions.aggregate.AggregateFunc;
import org.apache.spark.sql.connector.expressions.aggregate.Aggregation;
import org.apache.spark.sql.connector.expressions.aggregate.Count;
import org.apache.spark.sql.connector.expressions.aggregate.CountStar;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.SupportsPushDownAggregates;
import org.apache.spark.sql.connector.read.SupportsPushDownFilters;
import org.apache.spark.sql.connector.read.SupportsPushDownLimit;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.sources.Filter;
import org.apache.spark.sql.types.StructType;
import org.jetfold.spark.frame.FrameLayout;

/**
 * Takes what Spark leaves to a scan: which columns it needs, filters that spare blocks, counts that
 * the index of a file knows, and limits. Not thread-safe.
 */
final class BlockScanBuilder
    implements SupportsPushDownRequiredColumns,
        SupportsPushDownFilters,
        SupportsPushDownAggregates,
        SupportsPushDownLimit {
  private final FileSet files;
  private final FrameLayout layout;
  private final ReadOptions options;
  private StructType columns;
  private Filter[] pushed = {};
  private int counts;
  private int limit = Integer.MAX_VALUE;

  /**
   * A builder.
   *
   * @param schema the columns of the table
   */
  BlockScanBuilder(StructType schema, ReadOptions options, Configuration configuration) {
    this.options = options;
    try {
      files = FileSet.find(options, configuration);
      layout = files.layout();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    columns = schema;
    requireColumns(schema);
  }

  /** A user may have named columns, and their types. */
  private void requireColumns(StructType schema) {
    for (String name : schema.fieldNames()) {
      layout.requireType(name, schema.apply(name).dataType());
    }
  }

  @Override
  public void pruneColumns(StructType required) {
    columns = required;
  }

  @Override
  public Filter[] pushFilters(Filter[] filters) {
    BlockFilter blocks = new BlockFilter(layout);
    pushed = Arrays.stream(filters).filter(blocks::isUseful).toArray(Filter[]::new);
    // The index tells of blocks: Spark still looks at each row.
    return filters;
  }

  @Override
  public Filter[] pushedFilters() {
    return pushed.clone();
  }

  @Override
  public boolean supportCompletePushDown(Aggregation aggregation) {
    return areCounts(aggregation);
  }

  /** Whether each is the number of rows. No value is missing, so a column has as many. */
  private static boolean areCounts(Aggregation aggregation) {
    return aggregation.groupByExpressions().length == 0
        && Arrays.stream(aggregation.aggregateExpressions())
            .allMatch(BlockScanBuilder::isNumberOfRows);
  }

  private static boolean isNumberOfRows(AggregateFunc function) {
    return function instanceof CountStar
        || (function instanceof Count count && !count.isDistinct() && isColumn(count));
  }

  private static boolean isColumn(Count count) {
    return count.column() instanceof org.apache.spark.sql.connector.expressions.NamedReference name
        && name.fieldNames().length == 1;
  }

  @Override
  public boolean pushAggregation(Aggregation aggregation) {
    if (!areCounts(aggregation)) {
      return false;
    }
    counts = aggregation.aggregateExpressions().length;
    return true;
  }

  @Override
  public boolean pushLimit(int rows) {
    limit = rows;
    return true;
  }

  @Override
  public boolean isPartiallyPushed() {
    return true;
  }

  @Override
  public Scan build() {
    try {
      List<IndexedFile> indexed = files.indexed();
      return counts > 0
          ? new CountScan(rows(indexed), counts)
          : new BlockScan(layout, columns, indexed, options, pushed, limit);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long rows(List<IndexedFile> indexed) {
    return indexed.stream().mapToLong(file -> file.footer().totals().get(layout.rows())).sum();
  }
}
