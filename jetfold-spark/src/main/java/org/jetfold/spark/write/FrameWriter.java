package org.jetfold.spark.write;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.util.SerializableConfiguration;
import org.jetfold.codec.model.LearnedModel;
import org.jetfold.spark.file.SharedModels;
import org.jetfold.spark.frame.FrameTable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a data frame as a folder of compressed files, one for each partition that has rows. */
public final class FrameWriter {
  private static final Logger LOG = LoggerFactory.getLogger(FrameWriter.class);

  private final CompressionSettings settings;
  private final Configuration configuration;

  /** A writer. */
  public FrameWriter(CompressionSettings settings, Configuration configuration) {
    this.settings = settings;
    this.configuration = configuration;
  }

  /**
   * Writes a frame. A folder without rows gets one file that has the columns.
   *
   * @throws org.jetfold.codec.error.JetfoldException where the frame is no table, or rules or
   *     models do not suit it
   */
  public void write(Dataset<Row> frame, String path, OutputFolder.Mode mode) throws IOException {
    SparkContext context = frame.sparkSession().sparkContext();
    FrameTable table = FrameTable.of(path, frame.schema(), new FrameSample(frame), LOG::warn);
    List<LearnedModel> models = settings.readModels(configuration);
    List<String> hashes = models.stream().map(LearnedModel::hash).toList();
    SharedModels shared = SharedModels.of(context, models);
    // Wrong rules fail here, and not in every task.
    settings.plan(table.schema(), hashes, shared).precisions().warnings().forEach(LOG::warn);
    try (OutputFolder folder = OutputFolder.begin(path, mode, configuration)) {
      PartitionCompression task =
          new PartitionCompression(
              table,
              settings,
              new ArrayList<>(hashes),
              shared,
              folder.attempts().toString(),
              mode == OutputFolder.Mode.APPEND ? "-" + UUID.randomUUID() : "",
              SerializableConfiguration.broadcast(context, configuration));
      JavaRDD<InternalRow> rows = frame.queryExecution().toRdd().toJavaRDD();
      List<TaskFile> files = rows.mapPartitionsWithIndex(task::run, true).collect();
      tell(files);
      folder.commit(files);
    }
  }

  private static void tell(List<TaskFile> files) {
    Map<String, Long> missing = new TreeMap<>();
    for (TaskFile file : files) {
      file.missing().forEach((what, count) -> missing.merge(what, count, Long::sum));
    }
    missing.forEach((what, count) ->
        LOG.warn(
            "{} {} are missing: they are written as {}",
            count,
            what,
            what.startsWith("lists") ? "empty lists" : "NaN"));
  }
}
