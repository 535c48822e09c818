package org.jetfold.spark.read;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.jetfold.spark.file.InputFile;
import org.jetfold.spark.file.InputFiles;
import org.jetfold.spark.frame.FrameLayout;

/** The compressed files of a path as one table of Spark's. Nothing is read before it is scanned. */
public final class CompressedTable implements SupportsRead {
  private static final String ENDING = ".jetf";

  private final StructType schema;
  private final Map<String, String> properties;

  /**
   * A table.
   *
   * @param schema the columns that are wanted
   * @param properties the options of the reader
   */
  public CompressedTable(StructType schema, Map<String, String> properties) {
    this.schema = schema;
    this.properties = Map.copyOf(properties);
  }

  /**
   * The layout of files: that of the first, which all others must have.
   *
   * @throws org.jetfold.codec.error.JetfoldException where there is no file, or the first cannot be
   *     read
   */
  public static FrameLayout layout(ReadOptions options) throws IOException {
    Configuration configuration = configuration();
    FileSet files = FileSet.find(options, configuration);
    return files.layout();
  }

  /** The files that options name. */
  static List<InputFile> files(ReadOptions options, Configuration configuration)
      throws IOException {
    return InputFiles.find(options.paths(), configuration, name -> name.endsWith(ENDING));
  }

  /** What the session knows of file systems. */
  static Configuration configuration() {
    return SparkSession.active().sparkContext().hadoopConfiguration();
  }

  @Override
  public String name() {
    return "jetfold " + properties.getOrDefault("path", properties.getOrDefault("paths", ""));
  }

  @Override
  @SuppressWarnings("deprecation") // Spark makes of it what replaces it.
  public StructType schema() {
    return schema;
  }

  @Override
  public Set<TableCapability> capabilities() {
    return Set.of(TableCapability.BATCH_READ);
  }

  @Override
  public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
    return new BlockScanBuilder(schema, ReadOptions.of(options), configuration());
  }
}
