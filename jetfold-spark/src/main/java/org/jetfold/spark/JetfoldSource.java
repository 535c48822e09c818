package org.jetfold.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.sources.DataSourceRegister;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.jetfold.spark.read.CompressedTable;
import org.jetfold.spark.read.ReadOptions;

/**
 * The format {@code jetfold} of Spark's readers and writers.
 *
 * <pre>{@code
 * Dataset<Row> events = spark.read().format("jetfold").load("hdfs://…/jets/");
 * events.write().format("jetfold").option("precision", "jets").save("hdfs://…/smaller/");
 * }</pre>
 */
public final class JetfoldSource implements TableProvider, DataSourceRegister {
  /** Spark makes one by itself. */
  public JetfoldSource() {}

  @Override
  public String shortName() {
    return "jetfold";
  }

  @Override
  public StructType inferSchema(CaseInsensitiveStringMap options) {
    try {
      return CompressedTable.layout(ReadOptions.of(options)).type();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Table getTable(
      StructType schema, Transform[] partitioning, Map<String, String> properties) {
    return new CompressedTable(schema, properties);
  }

  @Override
  public boolean supportsExternalMetadata() {
    return true;
  }
}
