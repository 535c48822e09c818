package org.jetfold.tables.format;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSink;
import org.jetfold.codec.table.TableSource;
import org.jspecify.annotations.Nullable;

/**
 * A file format that tables are read from and written to. Immutable; what it opens is not
 * thread-safe.
 *
 * <p>To add one, implement this interface in a package of its own and add it to the list in {@link
 * org.jetfold.tables.TableFiles}.
 */
public interface TableFormat {
  /** What messages call the format, such as {@code NPZ}. */
  String name();

  /**
   * What its file names end with, such as {@code .h5} and {@code .hdf5}; new files get the first.
   */
  List<String> endings();

  /** What names of new files end with, such as {@code .npz}. */
  default String ending() {
    return endings().getFirst();
  }

  /** What users call the format where it must be named, such as {@code npz}. */
  default String shortName() {
    return ending().substring(1);
  }

  /** Whether the format can be read from a pipe; all can be written to one. */
  default boolean readsPipes() {
    return false;
  }

  /** Whether written files carry checksums of their values, so that damage in them is seen. */
  default boolean checked() {
    return false;
  }

  /** Whether written files are packed, so that floats of few bits take few bytes. */
  default boolean isPacked() {
    return false;
  }

  /** Whether it keeps floats on a grid in few bits ({@link SinkOptions#grids}). */
  default boolean keepsGrids() {
    return false;
  }

  /**
   * Whether it keeps floats in one of several encodings ({@link SinkOptions#packing}), which {@link
   * #columnBytes} can try.
   */
  default boolean choosesPacking() {
    return false;
  }

  /**
   * How many bytes each column of a piece takes in a file, without what is about the whole file.
   *
   * @throws UnsupportedOperationException where the format has one encoding only
   * @throws TableUsageException where the format cannot hold such a table
   * @throws IOException where the device fails
   */
  default long[] columnBytes(Table piece, SinkOptions options) throws IOException {
    throw new UnsupportedOperationException(name() + " has one encoding");
  }

  /** Whether tables can be written in this format; all are read. */
  default boolean isWritten() {
    return true;
  }

  /** Whether a file may hold several tables, so that the one to read can be named. */
  default boolean holdsTrees() {
    return false;
  }

  /** Whether files can be read in parts ({@link #parts}). */
  default boolean isDivided() {
    return false;
  }

  /** Whether a name means this format: its own or one of its endings, in any case. */
  default boolean isCalled(String name) {
    return name.equalsIgnoreCase(name()) || endings().contains("." + name.toLowerCase(Locale.ROOT));
  }

  /**
   * Opens a table for reading. Where this fails, the input's stream, if it has one, is closed.
   *
   * @param first what the first of several files says about the others; null for the first
   * @throws TableUsageException where the options do not fit the table
   * @throws org.jetfold.codec.table.UnreadableTableException where the file holds no table
   * @throws IOException where the device fails
   */
  TableSource open(TableInput input, SourceOptions options, @Nullable LayoutOfFirstFile first)
      throws IOException;

  /**
   * Divides a file into parts that are read one by one as quickly as the whole.
   *
   * @param bytes about how many of the file's bytes a part should take
   * @return all events in their order; none where files of this format cannot be divided
   * @throws TableUsageException where the options do not fit the table
   * @throws org.jetfold.codec.table.UnreadableTableException where the file holds no table
   * @throws IOException where the device fails
   */
  default List<EntryRange> parts(TableInput input, SourceOptions options, long bytes)
      throws IOException {
    return List.of();
  }

  /**
   * Starts to write a table. The sink owns the output; where this fails, the caller closes it.
   *
   * @param schema the shape of all pieces that will be written
   * @throws TableUsageException where the format cannot hold such a table
   * @throws IOException where the device fails
   */
  TableSink create(TableOutput output, Schema schema, SinkOptions options) throws IOException;
}
