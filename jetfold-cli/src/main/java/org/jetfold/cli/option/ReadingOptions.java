package org.jetfold.cli.option;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jetfold.cli.console.Streams;
import org.jetfold.codec.table.TableSource;
import org.jetfold.tables.TableFiles;
import org.jetfold.tables.TableName;
import org.jetfold.tables.format.ColumnRequest;
import org.jetfold.tables.format.SourceOptions;
import org.jetfold.tables.format.TableFormat;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a command reads tables. */
public final class ReadingOptions {
  @Option(
      names = "--from",
      paramLabel = "FORMAT",
      description =
          "The input's format: npz, npy, parquet, csv, root or h5. Default: by the ending of its"
              + " name.")
  public @Nullable String from;

  @Option(
      names = "--event-column",
      paramLabel = "NAME",
      description = "Make an event of consecutive rows that have the same value in this column.")
  public @Nullable String eventColumn;

  @Option(
      names = "--collection",
      paramLabel = "NAME",
      description =
          "Read a collection: its name (Jet for Jet_pt, Jet_eta, …), or a glob of its columns"
              + " ('AnalysisJetsAuxDyn.*'). May be given several times.")
  public List<String> collections = new ArrayList<>();

  @Option(
      names = "--columns",
      paramLabel = "NAMES",
      split = ",",
      description =
          "Read these columns (branches); names, or globs with * and ?. Those of one collection"
              + " stay together.")
  public List<String> columns = new ArrayList<>();

  @Option(
      names = "--with",
      paramLabel = "NAMES",
      split = ",",
      description = "Read these values of the event, in addition.")
  public List<String> with = new ArrayList<>();

  @Option(
      names = "--skip-unreadable",
      description =
          "Leave out branches of a ROOT file that cannot be read somewhere, and list them. Reads"
              + " everything twice.")
  public boolean skipUnreadable;

  /** Opens a table with one thread. */
  public TableSource open(String name, Streams streams, Consumer<String> warnings)
      throws IOException {
    return open(name, 1, streams, warnings);
  }

  /** Opens a table. */
  public TableSource open(String name, int threads, Streams streams, Consumer<String> warnings)
      throws IOException {
    return open(List.of(name), threads, streams, warnings);
  }

  /** Opens several files, one after another, as one table. */
  public TableSource open(
      List<String> names, int threads, Streams streams, Consumer<String> warnings)
      throws IOException {
    TableFormat format = from == null ? null : TableFiles.format(from);
    for (String name : names) {
      requireFile(TableName.parse(name, format));
    }
    List<String> single = new ArrayList<>(columns);
    single.addAll(with);
    return TableFiles.open(
        names,
        format,
        new SourceOptions(
            eventColumn, new ColumnRequest(collections, single), threads, warnings, skipUnreadable),
        streams.in());
  }

  /** Checked before the ending: a folder should not be reported as an unknown format. */
  private static void requireFile(TableName table) throws IOException {
    if (!table.file().equals(TableFiles.STANDARD) && !table.isGlob()) {
      TableFiles.existing(table.file());
    }
  }
}
