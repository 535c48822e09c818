package org.jetfold.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jetfold.codec.table.TableSource;
import org.jetfold.tables.SourceOptions;
import org.jetfold.tables.TableFiles;
import org.jetfold.tables.TableFormat;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a command reads tables. */
final class ReadingOptions {
  @Option(
      names = "--from",
      paramLabel = "FORMAT",
      description =
          "The input's format: npz, npy, parquet or csv. By default its name's ending says it.")
  @Nullable String from;

  @Option(
      names = "--event-column",
      paramLabel = "NAME",
      description = "Make an event of consecutive rows that have the same value in this column.")
  @Nullable String eventColumn;

  /** Opens a table. */
  TableSource open(String name, Streams streams, Consumer<String> warnings) throws IOException {
    TableFormat format = from == null ? null : TableFormat.named(from);
    if (!name.equals(TableFiles.STANDARD)) {
      // Before the ending is looked at: that a folder's name ends in no format is not what is
      // wrong.
      Path file = FileNames.path(name);
      if (Files.isDirectory(file)) {
        throw new CommandFailure(ExitCode.FAILED, name + ": is a folder: name a file in it");
      }
      if (!Files.exists(file)) {
        throw new CommandFailure(ExitCode.FAILED, name + ": there is no such file");
      }
    }
    return TableFiles.open(name, format, new SourceOptions(eventColumn, warnings), streams.in());
  }
}
