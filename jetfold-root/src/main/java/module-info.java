/** Reads ROOT files, TTree and RNTuple, without ROOT. */
module org.jetfold.root {
  requires com.dynatrace.hash4j;
  requires com.github.luben.zstd_jni;
  requires org.lz4.java;
  requires org.tukaani.xz;
  requires static transitive org.jspecify;

  exports org.jetfold.root;
  exports org.jetfold.root.write;
}
