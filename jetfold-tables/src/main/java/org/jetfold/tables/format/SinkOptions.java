package org.jetfold.tables.format;

import java.util.function.Consumer;
import org.jetfold.codec.error.JetfoldException;

/**
 * How to write a table.
 *
 * @param overwrite whether a file of that name is replaced
 * @param warnings takes lines for the user about what the format cannot hold; called while the sink
 *     is opened, written or finished, on that thread
 * @param matrix whether NPZ gets one matrix of all columns in place of an array a column
 * @param deflated whether the arrays of NPZ are deflated
 * @param reduced whether floats have few bits, whose bytes are better kept apart than in
 *     dictionaries
 */
public record SinkOptions(
    boolean overwrite,
    Consumer<String> warnings,
    boolean matrix,
    boolean deflated,
    boolean reduced) {
  /** Nothing that only one format knows. */
  public SinkOptions(boolean overwrite, Consumer<String> warnings) {
    this(overwrite, warnings, false, false, false);
  }

  /** The same for floats that were reduced to few bits; arrays are deflated. */
  public SinkOptions withReducedValues() {
    return new SinkOptions(overwrite, warnings, matrix, true, true);
  }

  /** Warns the user, on one line whatever the text quotes. */
  public void warn(String text) {
    warnings.accept(JetfoldException.oneLine(text));
  }
}
