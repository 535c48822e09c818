package org.jetfold.spark.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.jetfold.tables.format.TableUsageException;
import org.jspecify.annotations.Nullable;

/** Paths as Spark passes them on. */
public final class PathOptions {
  private PathOptions() {}

  /** Those of {@code load}: one in {@code path}, several as JSON in {@code paths}. */
  public static List<String> paths(CaseInsensitiveStringMap options) {
    List<String> paths = new ArrayList<>();
    String several = options.get("paths");
    if (several != null) {
      try {
        paths.addAll(Arrays.asList(new ObjectMapper().readValue(several, String[].class)));
      } catch (JsonProcessingException ignored) {
        throw new TableUsageException(
            "the option 'paths' must be a list of texts in JSON, was " + several);
      }
    }
    String one = options.get("path");
    if (one != null) {
      paths.add(one);
    }
    return paths;
  }

  /** A list with commas between; empty for null. */
  public static List<String> list(@Nullable String text) {
    return text == null
        ? List.of()
        : Arrays.stream(text.split(",", -1))
            .map(String::strip)
            .filter(part -> !part.isEmpty())
            .toList();
  }
}
