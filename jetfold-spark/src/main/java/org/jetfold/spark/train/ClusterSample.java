package org.jetfold.spark.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.spark.file.InputFile;
import org.jetfold.spark.file.InputSettings;
import org.jetfold.spark.file.NeededModels;
import org.jetfold.spark.file.OpenTable;
import org.jetfold.spark.file.OrderedMerge;
import org.jetfold.spark.file.SharedModels;
import org.jetfold.spark.read.IndexedFile;

/**
 * Draws whole events of many files. The same seed and files give the same events, whatever the
 * machines. A task holds two samples at most.
 */
public final class ClusterSample {
  private static final int PARTS_A_SLOT = 4;

  private ClusterSample() {}

  /**
   * Draws events, in the order of the files.
   *
   * @param models files of models, and folders with some, for compressed files that need them
   * @param maxValues how many values there are at most; there are at least half as many where the
   *     files have them
   * @throws UnreadableTableException where a file cannot be read, or none has rows
   */
  public static Table of(
      SparkContext context,
      List<InputFile> files,
      InputSettings reading,
      List<String> models,
      long seed,
      long maxValues)
      throws IOException {
    Configuration configuration = context.hadoopConfiguration();
    FileSampling task =
        new FileSampling(
            reading,
            seed,
            maxValues,
            SharedModels.of(context, needed(files, configuration).find(models, configuration)),
            SerializableConfiguration.broadcast(context, configuration));
    List<FileSampling.Numbered> numbered = new ArrayList<>();
    for (InputFile file : files) {
      numbered.add(new FileSampling.Numbered(file, numbered.size()));
    }
    int parts = Math.min(files.size(), PARTS_A_SLOT * Math.max(1, context.defaultParallelism()));
    JavaRDD<SampledEvents> samples =
        JavaSparkContext.fromSparkContext(context).parallelize(numbered, parts).map(task::sample);
    SampledEvents all = OrderedMerge.of(samples, task::merged);
    if (all == null || all.keys().length == 0) {
      throw new UnreadableTableException("the files have no rows to train on");
    }
    return all.table();
  }

  private static NeededModels needed(List<InputFile> files, Configuration configuration)
      throws IOException {
    NeededModels needed = new NeededModels();
    for (InputFile file : files) {
      if (file.path().endsWith(OpenTable.COMPRESSED)) {
        needed.add(file.path(), IndexedFile.header(file, configuration), unused -> true);
      }
    }
    return needed;
  }
}
