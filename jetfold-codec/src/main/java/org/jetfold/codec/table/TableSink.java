package org.jetfold.codec.table;

import java.io.Closeable;
import java.io.IOException;

/**
 * Takes a table piece by piece and stores it somewhere. Nothing appears under the final name before
 * {@link #finish}; closing without finishing leaves what was there before. Not thread-safe.
 */
public interface TableSink extends Closeable {
  /** Appends entries; all pieces have the schema that the sink was opened with. */
  void write(Table piece) throws IOException;

  /** Completes the output and puts it under its final name. */
  void finish() throws IOException;
}
