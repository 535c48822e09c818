package org.jetfold.tables.format;

/**
 * How a format that has several encodings keeps floats of few bits, or of few different values.
 *
 * @param split whether the first bytes of all values are kept together, then the second ones, and
 *     so on: Parquet's BYTE_STREAM_SPLIT
 * @param dictionaryEntries columns of no more different values than this are numbers of entries in
 *     a dictionary; 0 for none
 */
public record FloatPacking(boolean split, int dictionaryEntries) {
  /** Bytes kept apart, no dictionaries: right for most floats of few bits. */
  public static final FloatPacking SPLIT = new FloatPacking(true, 0);

  /** Values as they are. */
  public static final FloatPacking PLAIN = new FloatPacking(false, 0);

  /** The same without dictionaries. */
  public FloatPacking withoutDictionaries() {
    return new FloatPacking(split, 0);
  }
}
