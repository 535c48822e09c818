package org.jetfold.spark.evaluate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.jetfold.codec.FileMerger;
import org.jetfold.codec.file.FileHeader;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.spark.file.InputFile;
import org.jetfold.spark.file.NeededModels;
import org.jetfold.spark.file.OpenTable;
import org.jetfold.spark.read.IndexedFile;
import org.jspecify.annotations.Nullable;

/**
 * What restored files say of themselves.
 *
 * @param files each with its number of events
 * @param needed the models that they need
 */
record RestoredFiles(List<FilePairing.Restored> files, NeededModels needed) {
  /** A file; the header is null where it is no compressed one. */
  private record Described(InputFile file, @Nullable FileHeader header, long events) {}

  /**
   * Reads headers and indices of compressed files, some at a time.
   *
   * @throws UnreadableTableException where one is damaged, or promises something else than the
   *     first: the message names it
   */
  static RestoredFiles read(List<InputFile> files, Configuration configuration) throws IOException {
    List<Described> all;
    try {
      all = files.parallelStream().map(file -> described(file, configuration)).toList();
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), Objects.requireNonNull(e.getCause()));
    }
    NeededModels needed = new NeededModels();
    List<FilePairing.Restored> restored = new ArrayList<>();
    Described first = null;
    for (Described one : all) {
      FileHeader header = one.header();
      if (header != null) {
        first = first == null ? one : first;
        requireAlike(first, one);
        needed.add(one.file().path(), header, unused -> true);
      }
      restored.add(new FilePairing.Restored(one.file(), one.events()));
    }
    return new RestoredFiles(restored, needed);
  }

  private static Described described(InputFile file, Configuration configuration) {
    if (!file.path().endsWith(OpenTable.COMPRESSED)) {
      return new Described(file, null, -1);
    }
    try {
      IndexedFile indexed = IndexedFile.read(file, configuration);
      return new Described(file, indexed.header(), indexed.footer().totals().getFirst());
    } catch (IOException e) {
      throw new UncheckedIOException(file.path() + ": " + e.getMessage(), e);
    }
  }

  private static void requireAlike(Described first, Described other) {
    FileHeader header = Objects.requireNonNull(first.header());
    FileHeader found = Objects.requireNonNull(other.header());
    FileMerger.columnDifference(header.schema(), found.schema())
        .or(() -> FileMerger.difference(header, found))
        .ifPresent(difference -> {
          throw new UnreadableTableException(
              "%s: %s, %s: evaluate files that were compressed alike"
                  .formatted(other.file().path(), difference, first.file().path()));
        });
  }
}
