package org.jetfold.tables.parquet;

import org.jetfold.tables.format.FloatPacking;
import org.jspecify.annotations.Nullable;

/**
 * How DuckDB is to encode columns.
 *
 * @param options more options of DuckDB's COPY
 */
record ParquetEncoding(String options) {
  /** Repeated values in dictionaries, which make one value of all NaNs of a column. */
  private static final ParquetEncoding DICTIONARIES = new ParquetEncoding("");

  /**
   * The encoding for floats.
   *
   * @param packing how reduced ones are kept; null for others
   * @param nansDiffer whether a column has NaNs of several bit patterns
   */
  static ParquetEncoding of(@Nullable FloatPacking packing, boolean nansDiffer) {
    if (packing == null) {
      return nansDiffer ? of(FloatPacking.PLAIN) : DICTIONARIES;
    }
    return of(nansDiffer ? packing.withoutDictionaries() : packing);
  }

  private static ParquetEncoding of(FloatPacking packing) {
    return new ParquetEncoding(
        ", DICTIONARY_SIZE_LIMIT %d%s"
            .formatted(packing.dictionaryEntries(), packing.split() ? ", PARQUET_VERSION V2" : ""));
  }
}
