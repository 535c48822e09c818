/** Readers and writers of tables in other formats. */
module org.jetfold.tables {
  requires transitive org.jetfold.codec;
  requires com.github.luben.zstd_jni;
  requires de.siegmar.fastcsv;
  requires duckdb.jdbc;
  requires io.jhdf;
  requires java.sql;
  requires org.apache.arrow.format;
  requires org.apache.commons.compress;
  requires org.jetfold.root;

  exports org.jetfold.tables;
  exports org.jetfold.tables.format;
}
