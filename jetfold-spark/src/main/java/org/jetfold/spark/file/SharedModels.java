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
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.jetfold.codec.ModelFile;
import org.jetfold.codec.file.DamagedFileException;
import org.jetfold.codec.file.UnsupportedFormatException;
import org.jetfold.codec.model.LearnedModel;
import org.jetfold.codec.model.ModelSource;
import org.jetfold.codec.table.UnreadableTableException;

/**
 * The models of a job: the driver finds them, Spark sends their bytes to each process once, where
 * all tasks share what is made of them. Thread-safe.
 */
public final class SharedModels implements ModelSource, Serializable {
  private static final long serialVersionUID = 1L;

  private static final String ENDING = ".jetm";

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
    byte[] bytes = sent.value().get(hash);
    return bytes == null ? Optional.empty() : Optional.of(model("a model of the job", bytes));
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
      return ModelFile.read(bytes);
    } catch (DamagedFileException | UnsupportedFormatException e) {
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
