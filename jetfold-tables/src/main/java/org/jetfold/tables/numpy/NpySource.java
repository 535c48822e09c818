package org.jetfold.tables.numpy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Set;
import org.jetfold.codec.table.IllFormedNameException;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.tables.arrays.ArraySource;
import org.jetfold.tables.arrays.NamedArray;
import org.jetfold.tables.arrays.RowLayout;
import org.jetfold.tables.events.LeftOut;
import org.jetfold.tables.format.SourceOptions;
import org.jetfold.tables.format.TableInput;

/**
 * The flat table in an NPY file: an array of one dimension (one column {@code c0}), a structured
 * array (a column a field) or one of several dimensions (columns {@code c0}, {@code c1}, …).
 */
final class NpySource {
  private NpySource() {}

  /** Opens a table. A stream is closed with the source, or where this fails. */
  static TableSource open(TableInput input, SourceOptions options) throws IOException {
    FileChannel channel = input.stream() == null ? FileChannel.open(input.file()) : null;
    InputStream in = channel == null ? input.stream() : Channels.newInputStream(channel);
    if (in == null) {
      throw new IllegalStateException("an input is a file or a stream");
    }
    try {
      String name = input.name();
      NpyHeader header = NpyHeader.read(in, name);
      if (!header.problem().isEmpty()) {
        throw new UnreadableTableException(
            "%s: it cannot be a table: %s".formatted(name, header.problem()));
      }
      if (channel != null) {
        requireSize(name, channel.size(), header.headerBytes() + header.dataBytes());
      }
      RowLayout layout = NpzArrays.unnamed(name, header);
      LeftOut leftOut = new LeftOut(name);
      header.others().forEach((field, what) -> leftOut.add("field", field, "it holds " + what));
      NamedArray array =
          new NamedArray(
              "",
              NpzArrays.columns(layout, Set.of()),
              header.rows(),
              header.kind(),
              null,
              columns ->
                  channel != null && ArrayRows.columnByColumn(header)
                      ? new FortranRows(
                          channel, name, header, layout.of(columns), header.headerBytes(), channel)
                      : ArrayRows.of(in, name, header, layout.of(columns)));
      return new ArraySource(name, in, List.of(array), options, null, leftOut);
    } catch (IllFormedNameException e) {
      in.close();
      throw new UnreadableTableException(input.name() + ": " + e.getMessage(), e);
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  private static void requireSize(String name, long size, long expected) {
    if (size != expected) {
      throw new UnreadableTableException(
          "%s: it has %d bytes, but its header asks for %d: it is damaged, cut off, or several arrays were saved to one file"
              .formatted(name, size, expected));
    }
  }
}
