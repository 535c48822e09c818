package org.jetfold.tables;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jetfold.codec.error.JetfoldException;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.TableSink;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.tables.format.EntryRange;
import org.jetfold.tables.format.FileFailures;
import org.jetfold.tables.format.LayoutOfFirstFile;
import org.jetfold.tables.format.SelectiveSource;
import org.jetfold.tables.format.SinkOptions;
import org.jetfold.tables.format.SourceOptions;
import org.jetfold.tables.format.TableFormat;
import org.jetfold.tables.format.TableInput;
import org.jetfold.tables.format.TableOutput;
import org.jetfold.tables.format.TableUsageException;
import org.jetfold.tables.format.TableUsageException.Subject;
import org.jetfold.tables.rows.EventGrouping;
import org.jspecify.annotations.Nullable;

/**
 * Opens tables in files, and on standard input and output ({@code -}), for reading and writing.
 *
 * <p>All tables are streamed: memory is bounded by the size of a piece, not of the file. Written
 * files appear under their final name only when they are complete. Thread-safe; what it opens is
 * not.
 */
public final class TableFiles {
  /** The name that stands for standard input or output. */
  public static final String STANDARD = "-";

  private TableFiles() {}

  /**
   * Opens the table in a file, all columns of it, in the format that its name's ending says. What
   * is left out or changed in reading is not told: {@link #open(String, TableFormat,
   * SourceOptions)} does.
   *
   * @throws TableUsageException where the ending says no format
   * @throws UnreadableTableException where there is no such file, or it holds no table
   * @throws IOException where the device fails
   */
  public static TableSource open(Path file) throws IOException {
    String name = file.toString();
    return open(name.equals(STANDARD) ? "./-" : name, null, new SourceOptions(unused -> {}));
  }

  /**
   * Opens a table for reading.
   *
   * @param name a file name, for ROOT files with a colon and a tree's name behind it ({@link
   *     TableName}), a glob of several, or {@code -} for standard input
   * @param from the format; null to go by the name's ending
   * @throws TableUsageException where the format is unknown, the pipe impossible, or the event
   *     column not there
   * @throws UnreadableTableException where there is no such file, or it holds no table
   * @throws IOException where the device fails
   */
  public static TableSource open(String name, @Nullable TableFormat from, SourceOptions options)
      throws IOException {
    return open(List.of(name), from, options, System.in);
  }

  /**
   * Opens one table that is in one or several files, one behind the other. All must have the same
   * columns, in any order; where they do not, reading ends with a {@link TableUsageException}. An
   * event ends where its file ends.
   *
   * @param names at least one, each as for a single file; a glob stands for all files that match
   *     it, in the order of their names
   * @param standardInput what {@code -} stands for
   */
  public static TableSource open(
      List<String> names,
      @Nullable TableFormat from,
      SourceOptions given,
      InputStream standardInput)
      throws IOException {
    List<TableName> tables = new ArrayList<>();
    for (String name : names) {
      TableName table = TableName.parse(name, from);
      List<TableName> expanded;
      try {
        expanded = table.expanded();
      } catch (IOException e) {
        throw FileFailures.reading(table.shown(), e);
      }
      if (expanded.isEmpty()) {
        throw new UnreadableTableException(table.file() + ": no file has such a name");
      }
      tables.addAll(expanded);
    }
    Set<String> said = new HashSet<>();
    ChainedSource.Opener opener =
        (table, first) -> {
          // Of many files that are alike, what is said of one is not said again.
          SourceOptions options =
              given.withWarnings(line -> {
                if (said.add(line.replace(table.file(), ""))) {
                  given.warn(line);
                }
              });
          return open(table, from, options, standardInput, first);
        };
    if (tables.size() == 1) {
      return opener.open(tables.getFirst(), null).table();
    }
    for (TableName table : tables) {
      // Rather now than when all the files before it were read.
      TableFormats.of(table.file(), from, Subject.SOURCE_FORMAT);
      if (!table.file().equals(STANDARD)) {
        nonEmptyFile(table.file());
      }
    }
    return ChainedSource.open(tables, opener);
  }

  private static ChainedSource.Link open(
      TableName table,
      @Nullable TableFormat from,
      SourceOptions options,
      InputStream standardInput,
      @Nullable LayoutOfFirstFile first)
      throws IOException {
    TableFormat format = TableFormats.of(table.file(), from, Subject.SOURCE_FORMAT);
    String shown = table.shown();
    if (options.entries() != null && !format.isDivided()) {
      throw new TableUsageException(
          "%s: %s files cannot be read in parts".formatted(shown, format.name()));
    }
    TableSource source;
    try {
      source = format.open(input(format, table, standardInput), options, first);
    } catch (IOException e) {
      throw FileFailures.reading(shown, e);
    }
    TableSource named = new NamedSource(source, shown);
    try {
      TableSource grouped =
          options.eventColumn() == null
              ? named
              : new EventGrouping(shown, named, options.eventColumn());
      TableSource selected =
          source instanceof SelectiveSource || options.request().isAll()
              ? grouped
              : new SelectedColumns(shown, grouped, options);
      Schema schema = source.schema();
      return new ChainedSource.Link(
          shown,
          selected,
          source instanceof SelectiveSource selective ? selective.layout() : () -> schema);
    } catch (JetfoldException e) {
      named.close();
      throw e;
    }
  }

  /**
   * What a file says about others that are one table with it, in a form that can be sent to where
   * they are read ({@link #openNext}).
   *
   * @return nothing where it says no more than its columns, or has no rows
   * @throws UnreadableTableException where there is no such file, or it holds no table
   * @throws IOException where the device fails
   */
  public static Optional<LayoutOfFirstFile> layout(String name, SourceOptions options)
      throws IOException {
    if (options.eventColumn() != null) {
      return Optional.empty();
    }
    ChainedSource.Link link = open(TableName.parse(name, null), null, options, System.in, null);
    try (TableSource table = link.table()) {
      return link.layout() instanceof Serializable && table.next(1) != null
          ? Optional.of(link.layout())
          : Optional.empty();
    }
  }

  /**
   * Opens another file of a table, with the columns in the order of the first; otherwise as {@link
   * #open(String, TableFormat, SourceOptions)}.
   *
   * @param first from {@link #layout}
   * @param firstName what messages call the first file
   * @throws TableUsageException where it has other columns than the first
   */
  public static TableSource openNext(
      String name, SourceOptions options, LayoutOfFirstFile first, String firstName)
      throws IOException {
    ChainedSource.Link link = open(TableName.parse(name, null), null, options, System.in, first);
    String difference = ColumnOrder.difference(first.schema(), firstName, link.table().schema());
    if (difference != null) {
      link.table().close();
      throw new TableUsageException(
          Subject.COLUMNS,
          "%s: cannot be one table with %s: %s".formatted(link.name(), firstName, difference));
    }
    return new FollowingSource(link.table(), first.schema());
  }

  /**
   * Divides a file into parts that can be read by themselves ({@link SourceOptions#within}), each
   * as quickly as its part of the whole.
   *
   * @param name a file name, as for {@link #open(String, TableFormat, SourceOptions)}
   * @param bytes about how many of the file's bytes a part should take
   * @return all events in their order; none where files of this format cannot be divided, or where
   *     events are made of rows
   * @throws TableUsageException where the format is unknown
   * @throws UnreadableTableException where there is no such file, or it holds no table
   * @throws IOException where the device fails
   */
  public static List<EntryRange> parts(String name, SourceOptions options, long bytes)
      throws IOException {
    TableName table = TableName.parse(name, null);
    TableFormat format = TableFormats.of(table.file(), null, Subject.SOURCE_FORMAT);
    if (options.eventColumn() != null) {
      return List.of();
    }
    Path file = nonEmptyFile(table.file());
    try {
      return format.parts(new TableInput(table.file(), file, table.tree(), null), options, bytes);
    } catch (IOException e) {
      throw FileFailures.reading(table.shown(), e);
    }
  }

  private static TableInput input(TableFormat format, TableName table, InputStream standardInput)
      throws IOException {
    if (table.file().equals(STANDARD)) {
      return new TableInput(table.shown(), Path.of(STANDARD), null, standardInput);
    }
    Path file = nonEmptyFile(table.file());
    if (Files.isRegularFile(file)) {
      return new TableInput(table.file(), file, table.tree(), null);
    }
    if (!format.readsPipes()) {
      throw new TableUsageException(
          "%s: %s cannot be read from a pipe or device: copy it to a file first"
              .formatted(table.file(), format.name()));
    }
    return new TableInput(table.file(), file, null, Files.newInputStream(file));
  }

  /** The path of a file or pipe that is there and holds something. */
  private static Path nonEmptyFile(String name) throws IOException {
    Path file = existing(name);
    if (Files.isRegularFile(file) && Files.size(file) == 0) {
      throw new UnreadableTableException(name + ": is empty (0 bytes)");
    }
    return file;
  }

  /**
   * The path of a file, pipe or device that is there.
   *
   * @throws TableUsageException where a file cannot have such a name
   * @throws UnreadableTableException where there is no such file, or it is a folder
   */
  public static Path existing(String name) {
    Path file = path(name);
    if (Files.isDirectory(file)) {
      throw new UnreadableTableException(name + ": is a folder: name a file in it");
    }
    if (!Files.exists(file)) {
      throw new UnreadableTableException(name + ": there is no such file");
    }
    return file;
  }

  /**
   * The path of a name that the user gave.
   *
   * @throws TableUsageException where a file cannot have such a name
   */
  public static Path path(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new TableUsageException("'" + name + "' is no file name: " + e.getReason());
    }
  }

  /**
   * Opens a table for writing.
   *
   * @param name a file name, or {@code -} for standard output
   * @param to the format; null to go by the name's ending
   * @param schema the shape of all pieces that will be written
   * @throws TableUsageException where the format is unknown, the file there already, or the format
   *     cannot hold such a table
   * @throws IOException where the file cannot be made
   */
  public static TableSink create(
      String name, @Nullable TableFormat to, Schema schema, SinkOptions options)
      throws IOException {
    return create(name, to, schema, options, new CheckedPrintStream(System.out));
  }

  /**
   * As {@link #create(String, TableFormat, Schema, SinkOptions)}, with a stream that stands in for
   * standard output. {@link System#out} hides that writing failed; a plain stream does not.
   */
  public static TableSink create(
      String name,
      @Nullable TableFormat to,
      Schema schema,
      SinkOptions options,
      OutputStream standardOutput)
      throws IOException {
    TableFormat format = TableFormats.ofSink(name, to);
    String shown = name.equals(STANDARD) ? "standard output" : name;
    TableOutput output;
    try {
      output =
          name.equals(STANDARD)
              ? TableOutput.stream(shown, standardOutput)
              : TableOutput.file(shown, path(name), options.overwrite());
    } catch (FileAlreadyExistsException e) {
      throw new TableUsageException(
          Subject.OVERWRITE, name + ": exists already: choose another name, or overwrite it");
    } catch (IOException e) {
      throw FileFailures.writing(name, e);
    }
    try {
      return new NamedSink(format.create(output, schema, options), shown);
    } catch (IOException e) {
      output.close();
      throw FileFailures.writing(name, e);
    } catch (RuntimeException | Error e) {
      output.close();
      throw e;
    }
  }
}
