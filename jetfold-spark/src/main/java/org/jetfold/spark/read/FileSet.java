package org.jetfold.spark.read;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.jetfold.codec.FileMerger;
import org.jetfold.codec.file.FileHeader;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.spark.SkippedFiles;
import org.jetfold.spark.file.InputFile;
import org.jetfold.spark.frame.FrameLayout;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of a scan, which are one table. Not thread-safe. */
final class FileSet {
  private static final Logger LOG = LoggerFactory.getLogger(FileSet.class);

  private final List<InputFile> files;
  private final ReadOptions options;
  private final Configuration configuration;
  private @Nullable List<IndexedFile> indexed;

  private FileSet(List<InputFile> files, ReadOptions options, Configuration configuration) {
    this.files = files;
    this.options = options;
    this.configuration = configuration;
  }

  /** Finds the files that options name. */
  static FileSet find(ReadOptions options, Configuration configuration) throws IOException {
    return new FileSet(CompressedTable.files(options, configuration), options, configuration);
  }

  /** The layout of the first file that can be read. */
  FrameLayout layout() throws IOException {
    for (InputFile file : files) {
      Optional<FileHeader> header = read(file, f -> IndexedFile.header(f, configuration));
      if (header.isPresent()) {
        return FrameLayout.of(header.get().schema(), file.path(), options.collection());
      }
    }
    throw new UnreadableTableException(
        "%s: none of %d files can be read"
            .formatted(String.join(", ", options.paths()), files.size()));
  }

  /** Reads of a file, or fails. */
  private interface FileReading<T> {
    T of(InputFile file) throws IOException;
  }

  /** What is read of a file; empty where it is damaged and such files are skipped. */
  private <T> Optional<T> read(InputFile file, FileReading<T> reading) throws IOException {
    try {
      return Optional.of(reading.of(file));
    } catch (UnreadableTableException e) {
      if (!options.skipsDamaged()) {
        throw e;
      }
      LOG.warn("skipped {}", e.getMessage());
      SkippedFiles.accumulator(SparkSession.active().sparkContext()).add(e.getMessage());
      return Optional.empty();
    }
  }

  /**
   * Reads header and footer of every file.
   *
   * @throws UnreadableTableException where a file is damaged, or is not of the first one's table
   */
  List<IndexedFile> indexed() throws IOException {
    List<IndexedFile> known = indexed;
    if (known != null) {
      return known;
    }
    List<IndexedFile> all =
        inParallel(file -> {
          try {
            return read(file, f -> IndexedFile.read(f, configuration)).stream();
          } catch (IOException e) {
            throw new UncheckedIOException(file.path() + ": " + e.getMessage(), e);
          }
        });
    if (all.isEmpty()) {
      throw new UnreadableTableException(
          "%s: none of %d files can be read"
              .formatted(String.join(", ", options.paths()), files.size()));
    }
    requireOneTable(all);
    indexed = all;
    return all;
  }

  private List<IndexedFile> inParallel(Function<InputFile, Stream<IndexedFile>> reading)
      throws IOException {
    try {
      return files.parallelStream().flatMap(reading).toList();
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), Objects.requireNonNull(e.getCause()));
    }
  }

  private static void requireOneTable(List<IndexedFile> all) {
    IndexedFile first = all.getFirst();
    List<String> others = new ArrayList<>();
    for (IndexedFile file : all) {
      FileMerger.columnDifference(first.header().schema(), file.header().schema())
          .ifPresent(difference -> {
            throw new UnreadableTableException(
                "%s: %s, %s: read files of one table at a time"
                    .formatted(file.file().path(), difference, first.file().path()));
          });
      FileMerger.difference(first.header(), file.header())
          .ifPresent(difference -> others.add(file.file().path() + ": " + difference));
    }
    for (String other : others) {
      LOG.warn("{}, {}", other, first.file().path());
    }
  }
}
