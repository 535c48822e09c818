package org.jetfold.spark.write;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.util.SerializableConfiguration;
import org.jetfold.codec.Compression;
import org.jetfold.codec.StreamingCompressor;
import org.jetfold.codec.error.JetfoldException;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.spark.file.SharedModels;
import org.jetfold.spark.frame.FrameTable;
import org.jetfold.spark.frame.RowFeed;

/**
 * Goes to the tasks: writes a partition as a file. Events count from 0 in each file, so its bytes
 * are those of the same events compressed on one machine.
 *
 * @param table what the rows are
 * @param hashes those of the models
 * @param folder where attempts are written
 * @param suffix ends the final names, so that they are none that a folder has
 */
record PartitionCompression(
    FrameTable table,
    CompressionSettings settings,
    ArrayList<String> hashes,
    SharedModels models,
    String folder,
    String suffix,
    Broadcast<SerializableConfiguration> configuration)
    implements Serializable {
  Iterator<TaskFile> run(int partition, Iterator<InternalRow> rows) throws IOException {
    String name = String.format(Locale.ROOT, "part-%05d%s.jetf", partition, suffix);
    if (partition > 0 && !rows.hasNext()) {
      return List.of(new TaskFile(null, name, 0, 0, Map.of())).iterator();
    }
    Compression plan = settings.plan(table.schema(), hashes, models);
    try (AttemptFile file = AttemptFile.create(folder, name, configuration.value().value());
        StreamingCompressor compressor = new StreamingCompressor(plan, file.stream(), 1)) {
      RowFeed feed = new RowFeed(table, compressor);
      while (rows.hasNext()) {
        feed.add(rows.next());
      }
      long bytes = compressor.finish().bytes();
      file.complete();
      return List.of(new TaskFile(file.name(), name, feed.rows(), bytes, feed.missing()))
          .iterator();
    } catch (JetfoldException e) {
      throw new UnreadableTableException(name + ": " + e.getMessage(), e);
    }
  }
}
