package org.jetfold.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SQLContext;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.sources.BaseRelation;
import org.apache.spark.sql.sources.CreatableRelationProvider;
import org.apache.spark.sql.sources.DataSourceRegister;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.jetfold.spark.read.CompressedTable;
import org.jetfold.spark.read.ReadOptions;
import org.jetfold.spark.write.CompressionSettings;
import org.jetfold.spark.write.FrameWriter;
import org.jetfold.spark.write.OutputFolder;
import org.jetfold.tables.format.TableUsageException;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The format {@code jetfold} of Spark's readers and writers.
 *
 * <pre>{@code
 * Dataset<Row> events = spark.read().format("jetfold").load("hdfs://…/jets/");
 * events.write().format("jetfold").option("precision", "jets").save("hdfs://…/smaller/");
 * }</pre>
 */
public final class JetfoldSource
    implements TableProvider, DataSourceRegister, CreatableRelationProvider {
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

  /**
   * Writes a data frame. Spark asks for it here and not by {@link TableProvider}, which could only
   * add to a folder or replace it.
   */
  @Override
  public BaseRelation createRelation(
      SQLContext session,
      SaveMode mode,
      scala.collection.immutable.Map<String, String> parameters,
      Dataset<Row> frame) {
    CaseInsensitiveStringMap options =
        new CaseInsensitiveStringMap(CollectionConverters.asJava(parameters));
    String path = options.get("path");
    if (path == null) {
      throw new TableUsageException("no path is named: save(path), or the option 'path'");
    }
    Configuration configuration = session.sparkSession().sparkContext().hadoopConfiguration();
    try {
      Path target = new Path(path);
      boolean isThere = target.getFileSystem(configuration).exists(target);
      if (mode != SaveMode.Ignore || !isThere) {
        new FrameWriter(CompressionSettings.of(options), configuration)
            .write(frame, path, folderMode(mode, isThere));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new WrittenFrame(session, frame.schema());
  }

  private static OutputFolder.Mode folderMode(SaveMode mode, boolean isThere) {
    return switch (mode) {
      case Append -> isThere ? OutputFolder.Mode.APPEND : OutputFolder.Mode.CREATE;
      case Overwrite -> OutputFolder.Mode.REPLACE;
      case ErrorIfExists, Ignore -> OutputFolder.Mode.CREATE;
    };
  }

  /** What Spark is told of a frame that was written. */
  private static final class WrittenFrame extends BaseRelation {
    private final SQLContext session;
    private final StructType columns;

    WrittenFrame(SQLContext session, StructType columns) {
      this.session = session;
      this.columns = columns;
    }

    @Override
    public SQLContext sqlContext() {
      return session;
    }

    @Override
    public StructType schema() {
      return columns;
    }
  }
}
