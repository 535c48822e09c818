package org.jetfold.cli.study;

import java.io.Closeable;
import java.io.IOException;
import java.util.Locale;
import org.jetfold.cli.console.Streams;
import org.jetfold.cli.file.CompressedInput;
import org.jetfold.cli.file.FileNames;
import org.jetfold.cli.option.ModelOptions;
import org.jetfold.cli.option.WorkingOptions;
import org.jetfold.codec.table.Projection;
import org.jetfold.codec.table.TableSource;
import org.jetfold.study.file.FileReport;
import org.jspecify.annotations.Nullable;

/**
 * A table that is compared with another: a compressed file, or any that can be read.
 *
 * @param source the table
 * @param report what a compressed file says of itself; null for other tables
 * @param file null for other tables
 */
record ComparedTable(
    TableSource source, @Nullable FileReport report, @Nullable CompressedInput file)
    implements Closeable {

  /** Opens a table that is no compressed file. */
  interface Opening {
    TableSource open(String name) throws IOException;
  }

  static ComparedTable open(
      String name, Opening table, ModelOptions models, WorkingOptions working, Streams streams)
      throws IOException {
    if (!name.toLowerCase(Locale.ROOT).endsWith(FileNames.ENDING)) {
      return new ComparedTable(table.open(name), null, null);
    }
    CompressedInput file = CompressedInput.open(name, working.threads(), models.models, streams);
    try {
      return new ComparedTable(file.read(Projection.all(file.schema())), file.report(), file);
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    source.close();
    if (file != null) {
      file.close();
    }
  }
}
