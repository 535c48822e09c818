package org.jetfold.tables;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jetfold.codec.file.AtomicFile;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.TableSink;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.tables.csv.CsvTableSink;
import org.jetfold.tables.csv.CsvTableSource;
import org.jetfold.tables.events.Precedent;
import org.jetfold.tables.events.SelectiveSource;
import org.jetfold.tables.hdf5.Hdf5Sink;
import org.jetfold.tables.hdf5.Hdf5TableSource;
import org.jetfold.tables.numpy.NpyTableSink;
import org.jetfold.tables.numpy.NpyTableSource;
import org.jetfold.tables.numpy.NpzTableSink;
import org.jetfold.tables.numpy.NpzTableSource;
import org.jetfold.tables.parquet.ParquetEventSink;
import org.jetfold.tables.parquet.ParquetTableSink;
import org.jetfold.tables.parquet.ParquetTableSource;
import org.jetfold.tables.root.RootTableSink;
import org.jetfold.tables.root.RootTableSource;
import org.jetfold.tables.rows.EventGrouping;
import org.jetfold.tables.rows.FlatRows;
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
    return open(name, from, options, System.in);
  }

  /**
   * As {@link #open(String, TableFormat, SourceOptions)}, with a stream that stands in for standard
   * input.
   */
  public static TableSource open(
      String name, @Nullable TableFormat from, SourceOptions options, InputStream standardInput)
      throws IOException {
    return open(List.of(name), from, options, standardInput);
  }

  /**
   * Opens one table that is in one or several files, one behind the other. All must have the same
   * columns, in whatever order; where they do not, reading ends with a {@link TableUsageException}.
   * An event ends where its file ends.
   *
   * @param names at least one, each as for a single file; a glob stands for all files that fit it,
   *     in the order of their names
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
        throw named(e, table.shown());
      }
      if (expanded.isEmpty()) {
        throw new UnreadableTableException(table.file() + ": no file has such a name");
      }
      tables.addAll(expanded);
    }
    Set<String> said = new HashSet<>();
    ChainedSource.Opener opener =
        (table, precedent) -> {
          // Of many files that are alike, what is said of one is not said again.
          SourceOptions options =
              new SourceOptions(
                  given.eventColumn(),
                  given.request(),
                  given.threads(),
                  line -> {
                    if (said.add(line.replace(table.file(), ""))) {
                      given.warnings().accept(OneLine.of(line));
                    }
                  });
          return open(table, from, options, standardInput, precedent);
        };
    if (tables.size() == 1) {
      return opener.open(tables.getFirst(), null).table();
    }
    for (TableName table : tables) {
      // Rather now than when all the files before it were read.
      TableFormat.of(table.file(), from, "--from");
      if (!table.file().equals(STANDARD)) {
        requireFile(table.file());
      }
    }
    return ChainedSource.open(tables, opener);
  }

  private static ChainedSource.Link open(
      TableName table,
      @Nullable TableFormat from,
      SourceOptions options,
      InputStream standardInput,
      @Nullable Precedent precedent)
      throws IOException {
    TableFormat format = TableFormat.of(table.file(), from, "--from");
    String shown = table.shown();
    TableSource source;
    try {
      source =
          table.file().equals(STANDARD)
              ? openStream(format, shown, options, standardInput, precedent)
              : openFile(format, table, options, precedent);
    } catch (IOException e) {
      throw named(e, shown);
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
              : new SelectedColumns(shown, grouped, options.request());
      return new ChainedSource.Link(
          shown,
          selected,
          source instanceof SelectiveSource selective
              ? selective.precedent()
              : Precedent.of(source.schema()));
    } catch (TableUsageException e) {
      named.close();
      throw e;
    }
  }

  private static TableSource openStream(
      TableFormat format,
      String shown,
      SourceOptions options,
      InputStream in,
      @Nullable Precedent precedent)
      throws IOException {
    return switch (format) {
      case NPY -> NpyTableSource.read(in, shown, options.warnings());
      case CSV -> CsvTableSource.read(in, shown, options, precedent);
      case NPZ, PARQUET, ROOT, HDF5 ->
          throw new IllegalStateException(format + " cannot go through a pipe");
    };
  }

  /** The path of a file or pipe that is there and holds something. */
  private static Path requireFile(String name) throws IOException {
    Path file = path(name);
    if (Files.isDirectory(file)) {
      throw new UnreadableTableException(name + ": is a folder: name a file in it");
    }
    if (!Files.exists(file)) {
      throw new UnreadableTableException(name + ": there is no such file");
    }
    if (Files.isRegularFile(file) && Files.size(file) == 0) {
      throw new UnreadableTableException(name + ": is empty (0 bytes)");
    }
    return file;
  }

  private static TableSource openFile(
      TableFormat format, TableName table, SourceOptions options, @Nullable Precedent precedent)
      throws IOException {
    String name = table.file();
    Path file = requireFile(name);
    if (!Files.isRegularFile(file)) {
      if (!format.pipes()) {
        throw new TableUsageException(
            "%s: %s cannot be read from a pipe or device: copy it to a file first"
                .formatted(name, format));
      }
      return openStream(format, name, options, Files.newInputStream(file), precedent);
    }
    return switch (format) {
      case NPZ -> NpzTableSource.open(file, name, options.warnings(), precedent);
      case NPY -> NpyTableSource.open(file, name, options.warnings());
      case PARQUET -> ParquetTableSource.open(file, name, options, precedent);
      case CSV -> CsvTableSource.open(file, name, options, precedent);
      case ROOT -> RootTableSource.open(file, table.tree(), options, precedent);
      case HDF5 -> Hdf5TableSource.open(file, name, options.warnings(), precedent);
    };
  }

  /**
   * Opens a table for writing.
   *
   * @param name a file name, or {@code -} for standard output
   * @param to the format; null to go by the name's ending
   * @param schema the shape of all pieces that will be written
   * @throws TableUsageException where the format is unknown, the pipe impossible, the file there
   *     already, or the format cannot hold such a table
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
      SinkOptions given,
      OutputStream standardOutput)
      throws IOException {
    TableFormat format = TableFormat.of(name, to, "--to");
    SinkOptions options =
        new SinkOptions(given.overwrite(), line -> given.warnings().accept(OneLine.of(line)));
    String shown = name.equals(STANDARD) ? "standard output" : name;
    if (format == TableFormat.NPZ) {
      AtomicFile file = create(name, options);
      return new NamedSink(NpzTableSink.of(file, name, schema, options.warnings()), shown);
    }
    if (format == TableFormat.ROOT) {
      AtomicFile file = create(name, options);
      try {
        return new NamedSink(new RootTableSink(file, name, schema, options.warnings()), shown);
      } catch (IOException e) {
        throw new IOException(name + ": cannot be written: " + reason(e), e);
      }
    }
    if (format == TableFormat.HDF5) {
      AtomicFile file = create(name, options);
      return new NamedSink(Hdf5Sink.of(file, name, schema, options.warnings()), shown);
    }
    if (format == TableFormat.PARQUET && ParquetEventSink.suits(schema)) {
      AtomicFile file = create(name, options);
      return new NamedSink(new ParquetEventSink(file, name, schema, options.warnings()), shown);
    }
    FlatRows rows = new FlatRows(shown, format.name(), schema, options.warnings());
    Schema flat = rows.schema();
    TableSink sink;
    if (name.equals(STANDARD)) {
      sink =
          format == TableFormat.CSV
              ? CsvTableSink.to(standardOutput, flat)
              : NpyTableSink.to(standardOutput, flat);
    } else {
      AtomicFile file = create(name, options);
      sink =
          switch (format) {
            case NPY -> NpyTableSink.to(file, flat);
            case CSV -> CsvTableSink.to(file, flat);
            case PARQUET -> new ParquetTableSink(file, shown, flat, options.warnings());
            case NPZ, ROOT, HDF5 -> throw new IllegalStateException();
          };
    }
    return new NamedSink(new FlatSink(sink, rows, shown, options.warnings()), shown);
  }

  private static AtomicFile create(String name, SinkOptions options) throws IOException {
    try {
      return AtomicFile.create(path(name), options.overwrite());
    } catch (FileAlreadyExistsException e) {
      throw new TableUsageException(
          name + ": exists already: choose another name, or overwrite it with -f");
    } catch (IOException e) {
      throw new IOException(name + ": cannot be written: " + reason(e), e);
    }
  }

  private static Path path(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new TableUsageException("'" + name + "' is no file name: " + e.getReason());
    }
  }

  /** The same failure of reading, with the file's name and on one line. */
  static IOException named(IOException failure, String name) {
    return switch (failure) {
      case UnreadableTableException e ->
          new UnreadableTableException(OneLine.of(String.valueOf(e.getMessage())), e);
      case FileSystemException e ->
          new UnreadableTableException(OneLine.of(name + ": cannot be read: " + reason(e)), e);
      case EOFException e ->
          new UnreadableTableException(
              OneLine.of(name) + ": it ends early: it is damaged or cut off", e);
      default ->
          new IOException(OneLine.of(name + ": cannot be read: " + reason(failure)), failure);
    };
  }

  /** What went wrong with a device, in words. */
  static String reason(IOException failure) {
    return switch (failure) {
      case NoSuchFileException _ -> "there is no such file or folder";
      case AccessDeniedException _ -> "permission denied";
      case FileSystemException e when e.getReason() != null -> e.getReason();
      default -> String.valueOf(failure.getMessage());
    };
  }
}
