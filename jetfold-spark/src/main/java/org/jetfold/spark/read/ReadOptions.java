package org.jetfold.spark.read;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.spark.file.PathOptions;
import org.jetfold.tables.format.TableUsageException;
import org.jspecify.annotations.Nullable;

/**
 * What a user asked for.
 *
 * @param paths files, folders and globs
 * @param collection whose objects are rows; null for events
 * @param skipsDamaged whether what is damaged is left out, and listed
 * @param models files of models, and folders that hold some
 * @param splitBytes about how many bytes of files a task reads; 0 to go by the number of cores
 */
public record ReadOptions(
    List<String> paths,
    @Nullable String collection,
    boolean skipsDamaged,
    List<String> models,
    long splitBytes)
    implements Serializable {
  /** Copies the lists. */
  public ReadOptions {
    paths = new ArrayList<>(paths);
    models = new ArrayList<>(models);
  }

  /**
   * Reads options.
   *
   * @throws TableUsageException where one has a value that it cannot have
   */
  public static ReadOptions of(CaseInsensitiveStringMap options) {
    List<String> paths = PathOptions.paths(options);
    if (paths.isEmpty()) {
      throw new UnreadableTableException("no path is named: load(path), or the option 'path'");
    }
    return new ReadOptions(
        paths,
        options.get("collection"),
        skips(options.getOrDefault("onError", "fail")),
        PathOptions.list(options.get("model")),
        splitBytes(options.get("splitBytes")));
  }

  private static boolean skips(String onError) {
    return switch (onError.toLowerCase(Locale.ROOT)) {
      case "fail" -> false;
      case "skip" -> true;
      default ->
          throw new TableUsageException(
              "the option 'onError' must be fail or skip, was " + onError);
    };
  }

  private static long splitBytes(@Nullable String text) {
    try {
      long bytes = text == null ? 0 : Long.parseLong(text.strip());
      if (text == null || bytes > 0) {
        return bytes;
      }
    } catch (NumberFormatException ignored) {
      // Told below.
    }
    throw new TableUsageException(
        "the option 'splitBytes' must be a number of bytes above 0, was " + text);
  }
}
