/** Compression and decompression of tables of physics measurements; needs nothing but the JDK. */
module org.jetfold.codec {
  requires static transitive org.jspecify;
  requires static jdk.incubator.vector;

  exports org.jetfold.codec;
  exports org.jetfold.codec.autoencoder;
  exports org.jetfold.codec.bytes;
  exports org.jetfold.codec.comparison;
  exports org.jetfold.codec.container;
  exports org.jetfold.codec.density;
  exports org.jetfold.codec.entropy;
  exports org.jetfold.codec.file;
  exports org.jetfold.codec.model;
  exports org.jetfold.codec.network;
  exports org.jetfold.codec.pipeline;
  exports org.jetfold.codec.precision;
  exports org.jetfold.codec.quantize;
  exports org.jetfold.codec.table;
}
