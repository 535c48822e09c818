package org.jetfold.spark.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jetfold.spark.file.InputSettings;
import org.jetfold.tables.TableFormats;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What of files a program reads. */
final class ReadingArguments {
  @Option(names = "--tree", paramLabel = "NAME", description = "The table in ROOT files.")
  @Nullable String tree;

  @Option(
      names = "--event-column",
      paramLabel = "NAME",
      description = "Make an event of consecutive rows that have the same value in this column.")
  @Nullable String eventColumn;

  @Option(names = "--collection", paramLabel = "NAME", description = "Read a collection.")
  List<String> collections = new ArrayList<>();

  @Option(names = "--columns", split = ",", description = "Read these columns.")
  List<String> columns = new ArrayList<>();

  InputSettings settings() {
    return new InputSettings(tree, eventColumn, collections, columns);
  }

  /** Whether a file in a folder is one of a format that is read. */
  static boolean isTable(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return TableFormats.all().stream()
        .anyMatch(format -> format.endings().stream().anyMatch(lower::endsWith));
  }
}
