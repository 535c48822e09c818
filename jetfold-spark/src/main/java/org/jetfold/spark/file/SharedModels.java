package org.jetfold.spark.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.jetfold.codec.bytes.MalformedBytesException;
import org.jetfold.codec.file.DamagedFileException;
import org.jetfold.codec.file.UnsupportedFormatException;
import org.jetfold.codec.model.LearnedModel;
import org.jetfold.codec.model.ModelSource;
import org.jetfold.codec.pipeline.ModelKinds;
import org.jetfold.codec.table.UnreadableTableException;

/**
 * The models of a job: the driver finds them, Spark sends their bytes to each process once, and a
 * process makes each ready once, whatever the number of tasks. Thread-safe.
 */
public final class SharedModels implements ModelSource, Serializable {
  private static final long serialVersionUID = 1L;

  private static final String ENDING = ".jetm";

  /** Those of this process, by their hashes. */
  private static final Map<String, LearnedModel> READY = new ConcurrentHashMap<>();

  private final Broadcast<Map<String, byte[]>> sent;

  private SharedModels(Broadcast<Map<String, byte[]>> sent) {
    this.sent = sent;
  }

  /** Sends models. */
  public static SharedModels of(SparkContext context, Collection<LearnedModel> models) {
    Map<String, byte[]> bytes = new LinkedHashMap<>();
    for (LearnedModel model : models) {
      bytes.put(model.hash(), model.bytes());
    }
    return new SharedModels(JavaSparkContext.fromSparkContext(context).broadcast(bytes));
  }

  @Override
  public Optional<LearnedModel> find(String hash) {
    LearnedModel ready = READY.get(hash);
    if (ready == null) {
      byte[] bytes = sent.value().get(hash);
      if (bytes == null) {
        return Optional.empty();
      }
      ready = READY.computeIfAbsent(hash, _ -> model("a model of the job", bytes));
    }
    return Optional.of(ready);
  }

  /**
   * Reads a model's file.
   *
   * @throws UnreadableTableException where it is none, or damaged
   */
  public static LearnedModel read(String path, Configuration configuration) throws IOException {
    Path file = new Path(path);
    try (InputStream in = file.getFileSystem(configuration).open(file)) {
      return model(path, in.readAllBytes());
    }
  }

  private static LearnedModel model(String name, byte[] bytes) {
    try {
      return ModelKinds.KNOWN.read(bytes);
    } catch (MalformedBytesException e) {
      throw new UnreadableTableException(
          name + ": " + new DamagedFileException(e.offset(), String.valueOf(e.getMessage())));
    } catch (UnsupportedFormatException e) {
      throw new UnreadableTableException(name + ": " + e.getMessage(), e);
    }
  }

  /** Looks for models in files and folders. Not thread-safe. */
  public static final class Search {
    private final Configuration configuration;
    private final List<String> places = new ArrayList<>();
    private final Map<String, LearnedModel> found = new LinkedHashMap<>();

    /** A search that has looked nowhere. */
    public Search(Configuration configuration) {
      this.configuration = configuration;
    }

    /** Looks at a model's file, or at those in a folder. */
    public void lookAt(String place) throws IOException {
      if (places.contains(place)) {
        return;
      }
      places.add(place);
      Path path = new Path(place);
      FileSystem system = path.getFileSystem(configuration);
      if (!system.exists(path)) {
        return;
      }
      for (FileStatus status : system.listStatus(path)) {
        if (status.isFile() && status.getPath().getName().endsWith(ENDING)) {
          LearnedModel model = read(status.getPath().toString(), configuration);
          found.put(model.hash(), model);
        }
      }
    }

    /**
     * A model with a hash.
     *
     * @param file the file that needs it, for messages
     * @throws UnreadableTableException where no place has it: the message has all of them
     */
    public LearnedModel require(String hash, String file) {
      LearnedModel model = found.get(hash);
      if (model == null) {
        throw new UnreadableTableException(
            "%s: needs the model with SHA-256 %s, which is in none of %s: name its file with the option 'model'"
                .formatted(file, hash, String.join(", ", places)));
      }
      return model;
    }
  }
}
