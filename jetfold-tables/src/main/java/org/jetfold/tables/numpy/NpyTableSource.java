package org.jetfold.tables.numpy;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.Table;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.tables.format.SourceOptions;
import org.jetfold.tables.format.TableInput;
import org.jetfold.tables.rows.Spool;
import org.jspecify.annotations.Nullable;

/**
 * The flat table in an NPY file: a 1-D array (one column {@code c0}), a 1-D structured array (a
 * column a field) or a 2-D array (columns {@code c0}, {@code c1}, …).
 */
final class NpyTableSource implements TableSource {
  /** A piece takes at most about so many bytes, whatever number of rows was asked for. */
  private static final int MAX_PIECE = 1 << 28;

  private final Schema schema;
  private final RowReader rows;
  private final int rowBytes;
  private final long all;
  private long left;

  private NpyTableSource(Schema schema, RowReader rows, int rowBytes, long all) {
    this.schema = schema;
    this.rows = rows;
    this.rowBytes = rowBytes;
    this.all = all;
    this.left = all;
  }

  /** Opens a table. A stream is closed with the source, or where this fails. */
  static NpyTableSource open(TableInput input, SourceOptions options) throws IOException {
    return input.stream() == null
        ? open(input.file(), input.name(), options)
        : read(input.stream(), input.name(), options);
  }

  private static NpyTableSource open(Path file, String name, SourceOptions options)
      throws IOException {
    FileChannel channel = FileChannel.open(file);
    try {
      InputStream in = Channels.newInputStream(channel);
      NpyHeader header = NpyHeader.read(in, name);
      Block block = block(name, header, options);
      long expected = header.headerBytes() + header.dataBytes();
      if (channel.size() != expected) {
        throw new UnreadableTableException(
            "%s: it has %d bytes, but its header asks for %d: it is damaged, cut off, or several arrays were saved to one file"
                .formatted(name, channel.size(), expected));
      }
      RowReader rows =
          columnByColumn(header)
              ? fortran(channel, name, header, header.headerBytes(), channel)
              : new StreamRows(in, name, block.slots(), block.rowBytes(), header.rows());
      return new NpyTableSource(
          Schema.flat(block.columns()), rows, block.rowBytes(), header.rows());
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static NpyTableSource read(InputStream in, String name, SourceOptions options)
      throws IOException {
    try {
      NpyHeader header = NpyHeader.read(in, name);
      Block block = block(name, header, options);
      RowReader rows =
          columnByColumn(header)
              ? spooledFortran(in, name, header)
              : new StreamRows(in, name, block.slots(), block.rowBytes(), header.rows());
      return new NpyTableSource(
          Schema.flat(block.columns()), rows, block.rowBytes(), header.rows());
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  private static Block block(String name, NpyHeader header, SourceOptions options)
      throws UnreadableTableException {
    if (!header.structured() && header.type().isPickled()) {
      throw Block.pickled(name);
    }
    if (!Block.possible(header)) {
      throw new UnreadableTableException(
          "%s: it cannot be a table: %s: save a 1-D, structured or 2-D array of numbers"
              .formatted(name, Block.impossible(header)));
    }
    if (header.structured()) {
      return Block.structured(name, header, options);
    }
    Block block =
        header.dimensions() == 1
            ? Block.single("c0", header)
            : Block.table(name, header, null, null);
    if (block.columns().isEmpty()) {
      throw new UnreadableTableException(name + ": it has no columns");
    }
    return block;
  }

  /** Whether an array is stored in another order than its rows'. */
  static boolean columnByColumn(NpyHeader header) {
    return header.fortran() && header.dimensions() == 2;
  }

  /** Reads a Fortran array from a stream, by way of a temporary file. */
  static RowReader spooledFortran(InputStream in, String what, NpyHeader header)
      throws IOException {
    Spool spool = Spool.of(in);
    if (spool.size() != header.dataBytes()) {
      long size = spool.size();
      spool.close();
      throw new UnreadableTableException(
          "%s: it has %d bytes of data, but its header asks for %d: it is damaged or cut off"
              .formatted(what, size, header.dataBytes()));
    }
    Closeable both =
        () -> {
          spool.close();
          in.close();
        };
    return fortran(spool.channel(), what, header, 0, both);
  }

  private static RowReader fortran(
      FileChannel channel, String what, NpyHeader header, long start, Closeable owner) {
    int columns = header.shape().get(1).intValue();
    return new FortranRows(channel, what, header.type(), start, header.rows(), columns, owner);
  }

  /** How many rows to read at once: not more than asked for, nor than fit in a piece. */
  static int pieceRows(int asked, int rowBytes, long left) {
    return (int) Math.min(left, Math.max(1, Math.min(asked, MAX_PIECE / Math.max(1, rowBytes))));
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public OptionalLong rootEntries() {
    return OptionalLong.of(all);
  }

  @Override
  public @Nullable Table next(int asked) throws IOException {
    if (left == 0) {
      return null;
    }
    int count = pieceRows(asked, rowBytes, left);
    Table piece = new Table(schema, count, List.of(), rows.read(count));
    left -= count;
    return piece;
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
