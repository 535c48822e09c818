package org.jetfold.spark.file;

import java.io.Closeable;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.jetfold.codec.Decompressor;
import org.jetfold.codec.error.JetfoldException;
import org.jetfold.codec.model.ModelSource;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.tables.TableFiles;
import org.jetfold.tables.format.EntryRange;
import org.jspecify.annotations.Nullable;

/** The table of a file, or of a part of one, in any format that Jetfold reads. Not thread-safe. */
public final class OpenTable implements Closeable {
  /** What names of compressed files end with. */
  public static final String COMPRESSED = ".jetf";

  private final LocalCopy copy;
  private final TableSource table;
  private final @Nullable Decompressor compressed;

  private OpenTable(LocalCopy copy, TableSource table, @Nullable Decompressor compressed) {
    this.copy = copy;
    this.table = table;
    this.compressed = compressed;
  }

  /** Where tables are opened: on a machine of the cluster, or the driver. */
  public record Place(Configuration configuration, ModelSource models) {}

  /**
   * Opens a file.
   *
   * @param part which of its events are read; null for all
   * @param warnings takes lines for the user
   * @throws JetfoldException where it cannot be read; the message names it
   */
  public static OpenTable of(
      String path,
      InputSettings reading,
      @Nullable EntryRange part,
      Place place,
      Consumer<String> warnings)
      throws IOException {
    LocalCopy copy = LocalCopy.of(path, place.configuration);
    try {
      if (path.endsWith(COMPRESSED) && reading.isPlain() && part == null) {
        Decompressor compressed = new Decompressor(copy.path(), 1, place.models);
        try {
          return new OpenTable(copy, new Named(copy, compressed.read()), compressed);
        } catch (IOException | RuntimeException e) {
          compressed.close();
          throw e;
        }
      }
      return new OpenTable(
          copy,
          new Named(
              copy,
              TableFiles.open(
                  reading.name(copy),
                  null,
                  reading.options(line -> warnings.accept(copy.shown(line))).within(part))),
          null);
    } catch (JetfoldException e) {
      copy.close();
      throw copy.named(e);
    } catch (IOException | RuntimeException e) {
      copy.close();
      throw e;
    }
  }

  /** A table whose failures name the file. */
  private record Named(LocalCopy copy, TableSource table) implements TableSource {
    @Override
    public Schema schema() {
      return table.schema();
    }

    @Override
    public OptionalLong rootEntries() {
      return table.rootEntries();
    }

    @Override
    public @Nullable Table next(int rows) throws IOException {
      try {
        return table.next(rows);
      } catch (JetfoldException e) {
        throw copy.named(e);
      }
    }

    @Override
    public void close() throws IOException {
      table.close();
    }
  }

  /** Its values. */
  public TableSource table() {
    return table;
  }

  /** What decodes a compressed file; null for other formats. */
  public @Nullable Decompressor compressed() {
    return compressed;
  }

  @Override
  public void close() throws IOException {
    try (copy) {
      table.close();
      if (compressed != null) {
        compressed.close();
      }
    }
  }
}
