/** Readers and writers of tables in other formats. */
module org.jetfold.tables {
  requires transitive org.jetfold.codec;
  requires de.siegmar.fastcsv;
  requires duckdb.jdbc;
  requires io.jhdf;
  requires java.sql;
  requires org.jetfold.root;

  exports org.jetfold.tables;
  exports org.jetfold.tables.format;
}
