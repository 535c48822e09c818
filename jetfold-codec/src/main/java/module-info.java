/** Compression and decompression of tables of physics measurements; needs nothing but the JDK. */
module org.jetfold.codec {
  requires static transitive org.jspecify;
}
