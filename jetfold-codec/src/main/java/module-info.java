/** Compression and decompression of tables of physics measurements; needs nothing but the JDK. */
@SuppressWarnings("module") // The modules named below are compiled after this one.
module org.jetfold.codec {
  requires static transitive org.jspecify;
  requires static jdk.incubator.vector;

  exports org.jetfold.codec;
  exports org.jetfold.codec.comparison;
  exports org.jetfold.codec.error;
  exports org.jetfold.codec.file;
  exports org.jetfold.codec.model;
  exports org.jetfold.codec.precision;
  exports org.jetfold.codec.selection;
  exports org.jetfold.codec.table;

  // What is inside, for Jetfold's other modules alone.
  exports org.jetfold.codec.autoencoder to
      org.jetfold.cli,
      org.jetfold.train;
  exports org.jetfold.codec.bytes to
      org.jetfold.cli;
  exports org.jetfold.codec.container to
      org.jetfold.cli;
  exports org.jetfold.codec.density to
      org.jetfold.cli,
      org.jetfold.train;
  exports org.jetfold.codec.derived to
      org.jetfold.cli,
      org.jetfold.study;
  exports org.jetfold.codec.detection to
      org.jetfold.cli,
      org.jetfold.study;
  exports org.jetfold.codec.entropy to
      org.jetfold.train;
  exports org.jetfold.codec.network to
      org.jetfold.cli,
      org.jetfold.train;
  exports org.jetfold.codec.pipeline to
      org.jetfold.cli,
      org.jetfold.study,
      org.jetfold.train;
  exports org.jetfold.codec.quantize to
      org.jetfold.cli,
      org.jetfold.study,
      org.jetfold.train;
  exports org.jetfold.codec.text to
      org.jetfold.cli,
      org.jetfold.study,
      org.jetfold.tables,
      org.jetfold.train;
}
