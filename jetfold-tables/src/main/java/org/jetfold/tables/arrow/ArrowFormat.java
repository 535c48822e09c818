package org.jetfold.tables.arrow;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jetfold.codec.table.Schema;
import org.jetfold.codec.table.TableSink;
import org.jetfold.codec.table.TableSource;
import org.jetfold.tables.format.LayoutOfFirstFile;
import org.jetfold.tables.format.SinkOptions;
import org.jetfold.tables.format.SourceOptions;
import org.jetfold.tables.format.TableFormat;
import org.jetfold.tables.format.TableInput;
import org.jetfold.tables.format.TableOutput;
import org.jetfold.tables.rows.FlatRows;
import org.jetfold.tables.rows.FlatSink;
import org.jspecify.annotations.Nullable;

/**
 * Apache Arrow: an IPC stream, or an IPC file (Feather version 2), which is a stream with a table
 * of contents behind it. Reading tells them apart by their first bytes.
 */
public final class ArrowFormat implements TableFormat {
  /** What names of files end with; other outputs are streams. */
  private static final List<String> FILE_ENDINGS = List.of(".arrow", ".feather");

  @Override
  public String name() {
    return "Arrow";
  }

  @Override
  public List<String> endings() {
    return List.of(".arrow", ".feather", ".arrows");
  }

  @Override
  public boolean readsPipes() {
    return true;
  }

  @Override
  public TableSource open(
      TableInput input, SourceOptions options, @Nullable LayoutOfFirstFile first)
      throws IOException {
    return ArrowFile.open(input, options, first);
  }

  @Override
  public TableSink create(TableOutput output, Schema schema, SinkOptions options)
      throws IOException {
    String name = output.name().toLowerCase(Locale.ROOT);
    boolean file = FILE_ENDINGS.stream().anyMatch(name::endsWith);
    return FlatRows.wereRows(schema)
        ? FlatSink.of(
            output.name(),
            name(),
            schema,
            options,
            flat -> new ArrowSink(output, flat, file, options))
        : new ArrowSink(output, schema, file, options);
  }
}
