package org.jetfold.tables.parquet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBTableFunction;
import org.duckdb.DuckDBTableFunctionBindInfo;
import org.duckdb.DuckDBTableFunctionBuilder;
import org.duckdb.DuckDBTableFunctionCallInfo;
import org.duckdb.DuckDBTableFunctionInitInfo;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSink;
import org.jetfold.tables.format.FloatPacking;
import org.jetfold.tables.format.SinkOptions;
import org.jetfold.tables.format.TableOutput;
import org.jspecify.annotations.Nullable;

/**
 * Writes a flat table as Parquet, compressed with zstd.
 *
 * <p>DuckDB's COPY asks for rows where a sink is given them, so it runs on a thread of its own and
 * takes each piece as it comes: nothing waits on disk, and memory holds one piece and one row
 * group. Where a column turns out to have NaNs with different bits, what follows is written to a
 * second file without dictionaries, and both are joined in the end. Not thread-safe.
 */
final class ParquetTableSink implements TableSink {
  /** What stands for the end of the table: no piece has this identity. */
  private record Handover(@Nullable Table piece, boolean abandoned) {}

  private final TableOutput output;
  private final Schema schema;
  private final Map<String, String> notes;
  private final List<String> names;
  private final DuckDb database;
  private final SynchronousQueue<Handover> pieces = new SynchronousQueue<>();
  private final Path target;
  private final @Nullable FloatPacking packing;
  private final NanPatterns nans;
  private final List<Path> parts = new ArrayList<>();
  private FutureTask<Boolean> copy;
  private boolean ended;

  /** Starts to write; the sink owns the output. */
  ParquetTableSink(TableOutput output, Schema flat, SinkOptions options) throws IOException {
    this.output = output;
    this.schema = flat;
    names = ParquetCopy.names(output.name(), flat, options);
    target = output.path();
    nans = new NanPatterns(flat);
    database = DuckDb.open();
    packing = options.packing();
    notes = options.notes();
    copy = started("jetfold_rows", target, ParquetEncoding.of(packing, false));
  }

  private FutureTask<Boolean> started(String rows, Path file, ParquetEncoding encoding) {
    FutureTask<Boolean> task = new FutureTask<>(() -> copy(rows, file, encoding));
    Thread.ofPlatform().daemon().name("jetfold-parquet").start(task);
    return task;
  }

  private Boolean copy(String rows, Path file, ParquetEncoding encoding) throws SQLException {
    try (DuckDBTableFunctionBuilder function = DuckDBFunctions.tableFunction()) {
      function.withName(rows).withFunction(new Rows()).register(database.connection());
    }
    // Names that differ only in case are one to DuckDB's table functions, so the names come in with
    // the selection.
    List<String> selected = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      selected.add("c%d AS %s".formatted(i, DuckDb.identifier(names.get(i))));
    }
    ParquetCopy.run(
        database,
        "SELECT %s FROM %s()".formatted(String.join(", ", selected), rows),
        file,
        schema,
        notes,
        rowBytes(),
        encoding);
    return true;
  }

  private long rowBytes() {
    return schema.columns().stream().mapToLong(column -> column.type().bytes()).sum();
  }

  /** Hands the pieces to DuckDB as the rows of a table function. Called by one thread at a time. */
  private final class Rows implements DuckDBTableFunction<Object, Object, Object> {
    private @Nullable Table piece;
    private int row;
    private boolean atEnd;

    @Override
    public Object bind(DuckDBTableFunctionBindInfo info) {
      for (int i = 0; i < schema.columns().size(); i++) {
        info.addResultColumn("c" + i, ParquetTypes.duckType(schema.columns().get(i).type()));
      }
      return schema;
    }

    @Override
    public Object init(DuckDBTableFunctionInitInfo info) {
      info.setMaxThreads(1);
      return schema;
    }

    @Override
    public synchronized long apply(DuckDBTableFunctionCallInfo info, DuckDBDataChunkWriter chunk)
        throws Exception {
      Table current = piece;
      while (!atEnd && (current == null || row == current.rootEntries())) {
        Handover next = pieces.take();
        if (next.abandoned()) {
          throw new IllegalStateException("abandoned");
        }
        current = next.piece();
        piece = current;
        row = 0;
        atEnd = current == null;
      }
      if (current == null) {
        return 0;
      }
      int count = (int) Math.min(chunk.capacity(), current.rootEntries() - row);
      for (int i = 0; i < schema.columns().size(); i++) {
        ParquetTypes.encode(
            current.values(i), schema.columns().get(i).type(), row, count, chunk.vector(i), 0);
      }
      row += count;
      return count;
    }
  }

  @Override
  public void write(Table piece) throws IOException {
    boolean dictionaries = packing == null || packing.dictionaryEntries() > 0;
    if (dictionaries && parts.isEmpty() && nans.add(piece)) {
      goOnWithoutDictionaries();
    }
    hand(new Handover(piece, false));
  }

  private void goOnWithoutDictionaries() throws IOException {
    hand(new Handover(null, false));
    await();
    for (int i = 0; i < 2; i++) {
      parts.add(ProcessFiles.file(output.temporaryFolder()));
    }
    Files.move(target, parts.getFirst(), StandardCopyOption.REPLACE_EXISTING);
    copy = started("jetfold_more_rows", parts.getLast(), ParquetEncoding.of(packing, true));
  }

  /** Waits until the writing thread takes a piece, or has failed. */
  private void hand(Handover handover) throws IOException {
    try {
      while (!pieces.offer(handover, 50, TimeUnit.MILLISECONDS)) {
        if (copy.isDone()) {
          await();
          throw new IOException("DuckDB stopped before the end");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private void await() throws IOException {
    try {
      copy.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof SQLException failure
          ? ParquetCopy.failed(failure)
          : new IOException(String.valueOf(e.getCause()), e);
    }
  }

  @Override
  public void finish() throws IOException {
    hand(new Handover(null, false));
    ended = true;
    await();
    if (!parts.isEmpty()) {
      try {
        ParquetCopy.join(
            database, parts, target, schema, notes, rowBytes(), ParquetEncoding.of(packing, true));
      } catch (SQLException e) {
        throw ParquetCopy.failed(e);
      }
    }
    output.commit();
  }

  @Override
  public void close() throws IOException {
    // The connection must not go while the other thread uses it, so an interruption waits.
    boolean interrupted = Thread.interrupted();
    try {
      if (!ended && !copy.isDone()) {
        ended = true;
        abandon();
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      try {
        database.close();
        for (Path part : parts) {
          Files.deleteIfExists(part);
        }
      } finally {
        output.close();
      }
    }
  }

  private void abandon() {
    try {
      hand(new Handover(null, true));
      await();
    } catch (IOException e) {
      // The statement fails because it is told to; the file goes with it.
      return;
    }
  }
}
