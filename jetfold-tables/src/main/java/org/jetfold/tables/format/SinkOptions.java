package org.jetfold.tables.format;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jetfold.codec.error.JetfoldException;
import org.jspecify.annotations.Nullable;

/**
 * How to write a table.
 *
 * @param overwrite whether a file of that name is replaced
 * @param warnings takes lines for the user about what the format cannot hold; called while the sink
 *     is opened, written or finished, on that thread
 * @param matrix whether NPZ gets one matrix of all columns in place of an array a column
 * @param deflated whether the arrays of NPZ are deflated
 * @param packing how Parquet keeps floats that were reduced to few bits; null where none were
 * @param grids for float32 columns by their numbers what all their values are on, for ROOT, which
 *     keeps these in few bits
 * @param notes texts about the whole table, by their keys, for formats that have a place for them:
 *     Parquet (key-value metadata), HDF5 (attributes of the root), NPZ (the comment of the zip) and
 *     ROOT (the description of the RNTuple)
 */
public record SinkOptions(
    boolean overwrite,
    Consumer<String> warnings,
    boolean matrix,
    boolean deflated,
    @Nullable FloatPacking packing,
    Map<Integer, ValueGrid> grids,
    Map<String, String> notes) {
  /** Copies the maps. */
  public SinkOptions {
    grids = Map.copyOf(grids);
    notes = Collections.unmodifiableMap(new LinkedHashMap<>(notes));
  }

  /** Nothing that only one format knows. */
  public SinkOptions(boolean overwrite, Consumer<String> warnings) {
    this(overwrite, warnings, false, false, null, Map.of(), Map.of());
  }

  /** The same for NPZ of one matrix, or of deflated arrays. */
  public SinkOptions withArrays(boolean asMatrix, boolean areDeflated) {
    return new SinkOptions(overwrite, warnings, asMatrix, areDeflated, packing, grids, notes);
  }

  /**
   * The same for floats that were reduced to few bits; arrays are deflated.
   *
   * @param places for columns by their numbers what all their values are on
   * @param floats how Parquet keeps the others
   */
  public SinkOptions withReducedValues(Map<Integer, ValueGrid> places, FloatPacking floats) {
    return new SinkOptions(overwrite, warnings, matrix, true, floats, places, notes);
  }

  /** The same with texts about the whole table. */
  public SinkOptions withNotes(Map<String, String> texts) {
    return new SinkOptions(overwrite, warnings, matrix, deflated, packing, grids, texts);
  }

  /** The notes as lines, each with its key before it; empty where there are none. */
  public String notesAsText() {
    return notes.entrySet().stream()
        .map(note -> note.getKey() + ": " + note.getValue())
        .collect(Collectors.joining("\n"));
  }

  /** Warns the user, on one line whatever the text quotes. */
  public void warn(String text) {
    warnings.accept(JetfoldException.oneLine(text));
  }
}
