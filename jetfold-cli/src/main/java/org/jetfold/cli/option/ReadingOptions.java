package org.jetfold.cli.option;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jetfold.cli.console.Streams;
import org.jetfold.codec.table.Column;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.TableSource;
import org.jetfold.tables.TableFiles;
import org.jetfold.tables.TableFormats;
import org.jetfold.tables.TableName;
import org.jetfold.tables.WrittenRows;
import org.jetfold.tables.format.ColumnRequest;
import org.jetfold.tables.format.SourceOptions;
import org.jetfold.tables.format.TableFormat;
import org.jetfold.tables.format.ValueChange;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a command reads tables. */
public final class ReadingOptions {
  @Option(
      names = "--from",
      paramLabel = "FORMAT",
      description = "The input's format: ${format-names}. Default: by the ending of its name.")
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

  /** Whether nothing is chosen of a table. */
  public boolean isPlain() {
    return eventColumn == null && collections.isEmpty() && columns.isEmpty() && with.isEmpty();
  }

  /**
   * Reads a value of the events, too, where only some columns are read.
   *
   * @param name its name; null for none
   */
  public void readToo(@Nullable String name) {
    if (name != null && !columns.isEmpty() && !columns.contains(name) && !with.contains(name)) {
      with.add(name);
    }
  }

  /** The same, with the columns and the event column of a table that was made from another. */
  public ReadingOptions withColumnsOf(Schema made) {
    ReadingOptions options = new ReadingOptions();
    options.from = from;
    options.skipUnreadable = skipUnreadable;
    options.columns.addAll(ColumnRequest.of(made).columns());
    made.columns().stream()
        .filter(Column::eventKey)
        .forEach(column -> options.eventColumn = column.name());
    return options;
  }

  /**
   * The same without the event column, where that is what counts the events in the rows of a table:
   * {@link WrittenRows} finds it by itself.
   */
  public ReadingOptions withoutCounter(Schema made) {
    if (eventColumn == null || !eventColumn.equals(WrittenRows.counter(made))) {
      return this;
    }
    ReadingOptions options = new ReadingOptions();
    options.from = from;
    options.skipUnreadable = skipUnreadable;
    options.collections = collections;
    options.columns = columns;
    options.with = with;
    return options;
  }

  /** Opens a table; its warnings are printed. */
  public TableSource open(String name, int threads, Streams streams) throws IOException {
    return open(List.of(name), threads, streams);
  }

  /** Opens several files, one after another, as one table. */
  public TableSource open(List<String> names, int threads, Streams streams) throws IOException {
    return open(names, threads, streams, streams::warn, _ -> {});
  }

  /** As above; something else takes the warnings, and is told what reading changes. */
  public TableSource open(
      List<String> names,
      int threads,
      Streams streams,
      Consumer<String> warnings,
      Consumer<ValueChange> changes)
      throws IOException {
    TableFormat format = from == null ? null : TableFormats.named(from);
    for (String name : names) {
      requireFile(TableName.parse(name, format));
    }
    List<String> single = new ArrayList<>(columns);
    single.addAll(with);
    ColumnRequest request = new ColumnRequest(collections, single);
    return TableFiles.open(
        names,
        format,
        new SourceOptions(eventColumn, request, threads, warnings, skipUnreadable, changes),
        streams.in());
  }

  /** Checked before the ending: a folder should not be reported as an unknown format. */
  private static void requireFile(TableName table) throws IOException {
    if (!table.file().equals(TableFiles.STANDARD) && !table.isGlob()) {
      TableFiles.existing(table.file());
    }
  }
}
