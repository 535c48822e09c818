package org.jetfold.spark.write;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.jetfold.codec.Compression;
import org.jetfold.codec.Compressor;
import org.jetfold.codec.Decompressor;
import org.jetfold.codec.FileMerger;
import org.jetfold.codec.error.JetfoldException;
import org.jetfold.codec.precision.QualifiedColumn;
import org.jetfold.codec.selection.Selection;
import org.jetfold.codec.table.Projection;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.TableSource;
import org.jetfold.spark.file.InputFile;
import org.jetfold.spark.file.InputSettings;
import org.jetfold.spark.file.LocalCopy;
import org.jetfold.spark.file.OpenTable;
import org.jetfold.spark.file.SharedModels;
import org.jetfold.tables.TableFiles;
import org.jetfold.tables.format.EntryRange;
import org.jetfold.tables.format.LayoutOfFirstFile;
import org.jetfold.tables.format.SourceOptions;
import org.jetfold.tables.format.TableUsageException;
import org.jspecify.annotations.Nullable;

/**
 * Goes to the tasks: compresses a file as one machine would.
 *
 * @param hashes those of the models
 * @param folder where attempts are written
 */
record FileCompression(
    CompressionSettings settings,
    InputSettings reading,
    ArrayList<String> hashes,
    SharedModels models,
    String folder,
    Broadcast<SerializableConfiguration> configuration)
    implements Serializable {
  /**
   * A file, and the name of what is made of it.
   *
   * @param part the events that are compressed; null for all
   */
  record Named(InputFile input, @Nullable EntryRange part, String name) implements Serializable {}

  /**
   * What a task did.
   *
   * @param input the file's path
   * @param columns the columns of its table, for people
   */
  record Result(String input, TaskFile file, List<String> columns, List<String> warnings)
      implements Serializable {
    Result {
      columns = new ArrayList<>(columns);
      warnings = new ArrayList<>(warnings);
    }
  }

  /** The parts of a file that are tasks of their own; none where it is compressed as a whole. */
  List<EntryRange> parts(InputFile input, long bytes) throws IOException {
    if (bytes <= 0 || input.size() <= bytes) {
      return List.of();
    }
    Configuration known = configuration.value().value();
    if (!LocalCopy.isLocal(input.path(), known)) {
      // Each of its tasks would copy the whole file.
      return List.of();
    }
    try (LocalCopy copy = LocalCopy.of(input.path(), known)) {
      try {
        return new ArrayList<>(
            TableFiles.parts(reading.name(copy), reading.options(unused -> {}), bytes));
      } catch (JetfoldException e) {
        throw copy.named(e);
      }
    }
  }

  /**
   * What the first file that has rows says about the others.
   *
   * @param layout it
   * @param path that file's
   */
  record First(LayoutOfFirstFile layout, String path) implements Serializable {}

  /** What a file says about others of its table; null where it says nothing of that kind. */
  @Nullable First first(InputFile input) throws IOException {
    if (input.path().endsWith(OpenTable.COMPRESSED)) {
      return null;
    }
    try (LocalCopy copy = LocalCopy.of(input.path(), configuration.value().value())) {
      try {
        return TableFiles.layout(reading.name(copy), reading.options(unused -> {}))
            .map(layout -> new First(layout, input.path()))
            .orElse(null);
      } catch (JetfoldException e) {
        throw copy.named(e);
      }
    }
  }

  Result compress(Named named, @Nullable First first) throws IOException {
    String path = named.input().path();
    try (LocalCopy copy = LocalCopy.of(path, configuration.value().value());
        AttemptFile file =
            AttemptFile.create(folder, named.name(), configuration.value().value())) {
      List<String> warnings = new ArrayList<>();
      try {
        Made made =
            path.endsWith(OpenTable.COMPRESSED)
                ? ofCompressed(copy, file)
                : ofTable(copy, named.part(), first, file, warnings);
        file.complete();
        return new Result(
            path,
            new TaskFile(
                file.name(),
                named.name(),
                made.summary().footer().totals().getFirst(),
                made.summary().bytes(),
                Map.of()),
            columns(made.schema()),
            warnings.stream().map(copy::shown).toList());
      } catch (JetfoldException e) {
        throw copy.named(e);
      }
    }
  }

  /** A file that is written. */
  private record Made(Schema schema, Compressor.Summary summary) {}

  private Made ofTable(
      LocalCopy copy,
      @Nullable EntryRange part,
      @Nullable First first,
      AttemptFile file,
      List<String> warnings)
      throws IOException {
    String name = reading.name(copy);
    SourceOptions options = reading.options(warnings::add).within(part);
    try (TableSource table =
            first == null
                ? TableFiles.open(name, null, options)
                : TableFiles.openNext(name, options, first.layout(), first.path());
        Compressor compressor = new Compressor(1)) {
      Compression plan = settings.plan(table.schema(), hashes, models);
      warnings.addAll(plan.precisions().warnings());
      return new Made(
          table.schema(), compressor.compress(table, plan, file.stream(), unused -> {}));
    }
  }

  private Made ofCompressed(LocalCopy copy, AttemptFile file) throws IOException {
    if (!reading.isPlain()) {
      throw new TableUsageException(
          "columns and events of compressed files cannot be chosen here: load and save them");
    }
    try (Decompressor restored = new Decompressor(copy.path(), 1, models)) {
      FileMerger merger = new FileMerger(List.of(restored), Selection.ALL);
      Schema schema = restored.header().schema();
      if (settings.isAsked()) {
        Projection all = Projection.all(schema);
        Compression plan = settings.plan(merger, all, hashes, models);
        return new Made(schema, merger.recode(plan, all, file.stream(), unused -> {}));
      }
      return new Made(schema, merger.copy(file.stream(), unused -> {}));
    }
  }

  private static List<String> columns(Schema schema) {
    return QualifiedColumn.all(schema).stream()
        .map(column -> "column %s of type %s".formatted(column.path(), column.column().type()))
        .toList();
  }
}
