package org.jetfold.tables.jetf;

import java.io.IOException;
import java.util.List;
import org.jetfold.codec.Decompressor;
import org.jetfold.codec.ModelFolder;
import org.jetfold.codec.error.JetfoldException;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.TableSink;
import org.jetfold.codec.table.TableSource;
import org.jetfold.codec.table.UnreadableTableException;
import org.jetfold.tables.format.LayoutOfFirstFile;
import org.jetfold.tables.format.SinkOptions;
import org.jetfold.tables.format.SourceOptions;
import org.jetfold.tables.format.TableFormat;
import org.jetfold.tables.format.TableInput;
import org.jetfold.tables.format.TableOutput;
import org.jetfold.tables.format.TableUsageException;
import org.jspecify.annotations.Nullable;

/**
 * Compressed files, whose restored values are a table. Models that they name are looked for in
 * their folder.
 */
public final class JetfFormat implements TableFormat {
  @Override
  public String name() {
    return "JETF";
  }

  @Override
  public List<String> endings() {
    return List.of(".jetf");
  }

  @Override
  public boolean checked() {
    return true;
  }

  @Override
  public boolean isWritten() {
    return false;
  }

  @Override
  public TableSource open(
      TableInput input, SourceOptions options, @Nullable LayoutOfFirstFile first)
      throws IOException {
    try {
      Decompressor file =
          new Decompressor(input.file(), options.threads(), ModelFolder.beside(input.file()));
      try {
        TableSource table = new RestoredTable(input.name(), file);
        RestoredTable.describeLosses(file.header())
            .ifPresent(losses -> options.warn(input.name() + ": " + losses));
        return table;
      } catch (IOException | RuntimeException e) {
        file.close();
        throw e;
      }
    } catch (JetfoldException e) {
      throw new UnreadableTableException(input.name() + ": " + e.getMessage(), e);
    }
  }

  @Override
  public TableSink create(TableOutput output, Schema schema, SinkOptions options) {
    throw new TableUsageException(
        TableUsageException.Subject.SINK_FORMAT,
        output.name()
            + ": a compressed file needs a precision for each column: compress the table instead");
  }
}
