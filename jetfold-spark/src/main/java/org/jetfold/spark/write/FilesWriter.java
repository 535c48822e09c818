package org.jetfold.spark.write;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;
import org.jetfold.codec.model.LearnedModel;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.spark.file.InputFile;
import org.jetfold.spark.file.InputSettings;
import org.jetfold.spark.file.SharedModels;
import org.jetfold.tables.format.EntryRange;
import org.jetfold.tables.rows.FreeName;
import org.jspecify.annotations.Nullable;

/**
 * Compresses files of any format that Jetfold reads, a task each: each becomes the file that one
 * machine would make of it. Large ROOT files can be divided. All must be of one table.
 */
public final class FilesWriter {
  private static final String ENDING = ".jetf";

  /** Of so many files one should have rows, or be of a format that says more than its columns. */
  private static final int MAX_TRIED = 4;

  private final CompressionSettings settings;
  private final InputSettings reading;
  private final long partBytes;
  private final Configuration configuration;

  /**
   * A writer.
   *
   * @param partBytes about how many bytes of a file make a task of their own, where the format can
   *     be divided and all machines see the file; 0 for whole files
   */
  public FilesWriter(
      CompressionSettings settings,
      InputSettings reading,
      long partBytes,
      Configuration configuration) {
    this.settings = settings;
    this.reading = reading;
    this.partBytes = partBytes;
    this.configuration = configuration;
  }

  /**
   * What was made of all files.
   *
   * @param files how many
   * @param events how many events, or rows, they have
   * @param bytes how many bytes they take
   */
  public record Summary(int files, long events, long bytes) {}

  /**
   * Compresses files.
   *
   * @param warnings takes lines for the user, each once
   * @throws org.jetfold.codec.error.JetfoldException where a file cannot be read, is of another
   *     table, or where rules or models do not suit it
   */
  public Summary write(
      SparkContext context,
      List<InputFile> inputs,
      String path,
      OutputFolder.Mode mode,
      Consumer<String> warnings)
      throws IOException {
    List<LearnedModel> models = settings.readModels(configuration);
    List<String> hashes = models.stream().map(LearnedModel::hash).toList();
    try (OutputFolder folder = OutputFolder.begin(path, mode, configuration)) {
      FileCompression task =
          new FileCompression(
              settings,
              reading,
              new ArrayList<>(hashes),
              SharedModels.of(context, models),
              folder.attempts().toString(),
              SerializableConfiguration.broadcast(context, configuration));
      long bytes = partBytes;
      JavaSparkContext cluster = JavaSparkContext.fromSparkContext(context);
      List<List<EntryRange>> parts =
          bytes == 0
              ? Collections.nCopies(inputs.size(), List.of())
              : cluster
                  .parallelize(inputs, inputs.size())
                  .map(input -> task.parts(input, bytes))
                  .collect();
      List<FileCompression.Named> named = named(inputs, parts);
      FileCompression.First first = first(cluster, task, inputs);
      List<FileCompression.Result> results =
          cluster
              .parallelize(named, named.size())
              .map(input -> task.compress(input, first))
              .collect();
      requireOneTable(results);
      Set<String> said = new LinkedHashSet<>();
      results.forEach(result -> said.addAll(result.warnings()));
      said.forEach(warnings);
      List<TaskFile> files = results.stream().map(FileCompression.Result::file).toList();
      folder.commit(files);
      return new Summary(
          files.size(),
          files.stream().mapToLong(TaskFile::events).sum(),
          files.stream().mapToLong(TaskFile::bytes).sum());
    }
  }

  /** What the first file that has rows says about the others; null where it says nothing. */
  private static FileCompression.@Nullable First first(
      JavaSparkContext cluster, FileCompression task, List<InputFile> inputs) {
    FileCompression.First first = null;
    for (int i = 0;
        first == null && inputs.size() > 1 && i < Math.min(inputs.size(), MAX_TRIED);
        i++) {
      first =
          cluster
              .parallelize(new ArrayList<>(inputs.subList(i, i + 1)), 1)
              .map(task::first)
              .collect()
              .getFirst();
    }
    return first;
  }

  /** Each file, or each of its parts, with the name of what is made of it. */
  private static List<FileCompression.Named> named(
      List<InputFile> inputs, List<List<EntryRange>> parts) {
    Set<String> taken = new HashSet<>();
    List<FileCompression.Named> named = new ArrayList<>();
    for (int file = 0; file < inputs.size(); file++) {
      InputFile input = inputs.get(file);
      String name = new Path(input.path()).getName();
      int dot = name.lastIndexOf('.');
      String stem = dot > 0 ? name.substring(0, dot) : name;
      if (parts.get(file).isEmpty()) {
        named.add(new FileCompression.Named(input, null, FreeName.of(stem, taken) + ENDING));
      }
      for (EntryRange part : parts.get(file)) {
        String numbered =
            String.format(Locale.ROOT, "%s-%05d", stem, parts.get(file).indexOf(part));
        named.add(new FileCompression.Named(input, part, FreeName.of(numbered, taken) + ENDING));
      }
    }
    return named;
  }

  private static void requireOneTable(List<FileCompression.Result> results) {
    FileCompression.Result first = results.getFirst();
    for (FileCompression.Result result : results) {
      for (int i = 0; i < Math.max(first.columns().size(), result.columns().size()); i++) {
        String here = column(first, i);
        String there = column(result, i);
        if (!here.equals(there)) {
          throw new UnreadableTableException(
              "%s: it has %s where %s has %s: compress files of one table at a time, or name the columns"
                  .formatted(result.input(), there, first.input(), here));
        }
      }
    }
  }

  private static String column(FileCompression.Result result, int number) {
    return number < result.columns().size() ? result.columns().get(number) : "no more columns";
  }
}
