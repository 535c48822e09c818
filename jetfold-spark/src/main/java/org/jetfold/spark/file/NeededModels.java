package org.jetfold.spark.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.jetfold.codec.file.FileHeader;
import org.jetfold.codec.file.FileHeader.ModelReference;
import org.jetfold.codec.model.LearnedModel;

/** The models that compressed files need and do not hold. Not thread-safe. */
public final class NeededModels {
  /** For the hash of each model a file that needs it. */
  private final Map<String, String> needing = new LinkedHashMap<>();

  /** Needs nothing yet. */
  public NeededModels() {}

  /**
   * Adds what a file needs.
   *
   * @param columns which columns will be decoded
   */
  public void add(String path, FileHeader header, IntPredicate columns) {
    IntStream.range(0, header.columns().size())
        .filter(columns)
        .map(column -> header.columns().get(column).coding())
        .filter(coding -> coding > 0)
        .mapToObj(coding -> header.models().get(coding - 1))
        .filter(model -> !model.embedded())
        .map(ModelReference::hash)
        .forEach(hash -> needing.putIfAbsent(hash, path));
  }

  /**
   * Looks for the models in files and folders, and then beside the files that need them.
   *
   * @throws org.jetfold.codec.table.UnreadableTableException where one is nowhere: the message has
   *     its hash and all places
   */
  public List<LearnedModel> find(List<String> places, Configuration configuration)
      throws IOException {
    if (needing.isEmpty()) {
      return List.of();
    }
    SharedModels.Search search = new SharedModels.Search(configuration);
    for (String place : places) {
      search.lookAt(place);
    }
    for (String file : needing.values()) {
      search.lookAt(String.valueOf(new Path(file).getParent()));
    }
    List<LearnedModel> models = new ArrayList<>();
    needing.forEach((hash, file) -> models.add(search.require(hash, file)));
    return models;
  }
}
