package org.jetfold.tables.format;

import java.util.function.Consumer;
import org.jetfold.codec.error.JetfoldException;

/**
 * How to write a table.
 *
 * @param overwrite whether a file of that name is replaced
 * @param warnings takes lines for the user about what the format cannot hold; called while the sink
 *     is opened, written or finished, on that thread
 */
public record SinkOptions(boolean overwrite, Consumer<String> warnings) {
  /** Warns the user, on one line whatever the text quotes. */
  public void warn(String text) {
    warnings.accept(JetfoldException.oneLine(text));
  }
}
