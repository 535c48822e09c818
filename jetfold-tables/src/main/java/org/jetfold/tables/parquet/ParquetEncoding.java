package org.jetfold.tables.parquet;

/** How DuckDB is to encode columns. */
enum ParquetEncoding {
  /** Repeated values in dictionaries, which make one value of all NaNs of a column. */
  DICTIONARIES(""),

  /** Values as they are. */
  PLAIN(", DICTIONARY_SIZE_LIMIT 0"),

  /** Floats byte by byte: all first bytes, then all second ones; that suits floats of few bits. */
  SPLIT(", DICTIONARY_SIZE_LIMIT 0, PARQUET_VERSION V2");

  private final String options;

  ParquetEncoding(String options) {
    this.options = options;
  }

  /** More options of DuckDB's COPY. */
  String options() {
    return options;
  }
}
