/** Readers and writers of tables in other formats. */
@SuppressWarnings("module") // The module named below is compiled after this one.
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
  requires org.snakeyaml.engine;

  exports org.jetfold.tables;
  exports org.jetfold.tables.format;
  exports org.jetfold.tables.hepdata to
      org.jetfold.cli;
}
