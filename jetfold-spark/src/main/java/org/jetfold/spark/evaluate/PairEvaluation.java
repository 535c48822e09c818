package org.jetfold.spark.evaluate;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.jetfold.codec.Decompressor;
import org.jetfold.codec.comparison.DifferentTablesException;
import org.jetfold.codec.precision.Precision;
import org.jetfold.codec.table.TableSource;
import org.jetfold.spark.file.OpenTable;
import org.jetfold.spark.file.SharedModels;
import org.jetfold.study.file.ColumnReport;
import org.jetfold.study.file.FileReport;
import org.jetfold.study.residual.Evaluator;
import org.jetfold.study.residual.PartialEvaluation;
import org.jetfold.study.residual.ResidualScales;
import org.jspecify.annotations.Nullable;

/**
 * Goes to the tasks: compares a file with what was restored of it.
 *
 * @param models those that restored files need
 */
record PairEvaluation(
    EvaluationSettings settings,
    SharedModels models,
    Broadcast<SerializableConfiguration> configuration)
    implements Serializable {
  /**
   * What a task found.
   *
   * @param bytes of the compressed files; 0 where a restored file is none
   * @param rawBytes of plain arrays of their values
   */
  record Found(PartialEvaluation part, long bytes, long rawBytes) implements Serializable {
    /** Adds what another task found, of the files behind. */
    Found with(Found next) {
      part.merge(next.part);
      return new Found(part, bytes + next.bytes, rawBytes + next.rawBytes);
    }
  }

  /** Is given both tables of a pair. */
  interface Work<T> {
    /**
     * Works with them.
     *
     * @param file what a compressed file says of itself; null where the restored file is none
     */
    T with(Evaluator evaluator, @Nullable FileReport file) throws IOException;
  }

  Found sum(FilePair pair, ResidualScales scales) throws IOException {
    return open(
        pair,
        (evaluator, file) ->
            new Found(
                evaluator.sum(scales, unused -> {}),
                file == null ? 0 : file.bytes(),
                file == null ? 0 : file.shape().rawBytes()));
  }

  /**
   * Opens a pair, and works with it in one thread: a task has one.
   *
   * @throws org.jetfold.codec.error.JetfoldException where a table cannot be read, or the two
   *     cannot be compared; the message names them
   */
  <T> T open(FilePair pair, Work<T> work) throws IOException {
    try (OpenTable restored = restored(pair);
        OpenTable original = original(pair, restored.table())) {
      Decompressor compressed = restored.compressed();
      FileReport file =
          compressed == null ? null : FileReport.of(pair.restored().path(), compressed);
      List<Precision> precisions =
          file == null ? List.of() : file.columns().stream().map(ColumnReport::precision).toList();
      Evaluator evaluator =
          new Evaluator(original.table(), restored.table(), settings.settings(precisions));
      return inOneThread(() -> work.with(evaluator, file));
    } catch (DifferentTablesException e) {
      throw new DifferentTablesException(
          e.difference().kind(),
          "%s cannot be compared: %s".formatted(pair.names(), e.getMessage()));
    }
  }

  private OpenTable restored(FilePair pair) throws IOException {
    return OpenTable.of(
        pair.restored().path(), settings.reading().plain(), null, place(), unused -> {});
  }

  /**
   * The original as it is, or, where it has no events as the restored table has, those columns of
   * it that the restored table has.
   */
  private OpenTable original(FilePair pair, TableSource restored) throws IOException {
    String path = pair.original().path();
    OpenTable whole = OpenTable.of(path, settings.reading(), pair.part(), place(), unused -> {});
    if (!settings.reading().isPlain()
        || whole.table().schema().hasEvents() == restored.schema().hasEvents()) {
      return whole;
    }
    whole.close();
    return OpenTable.of(
        path,
        settings.reading().withColumnsOf(restored.schema()),
        pair.part(),
        place(),
        unused -> {});
  }

  private OpenTable.Place place() {
    return new OpenTable.Place(configuration.value().value(), models);
  }

  private static <T> T inOneThread(Callable<T> work) throws IOException {
    try (ForkJoinPool pool = new ForkJoinPool(1)) {
      return pool.submit(work).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException cause -> throw cause;
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }
}
