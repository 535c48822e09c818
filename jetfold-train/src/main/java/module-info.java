/** Training of learned models; needs libtorch, which nothing else does. */
module org.jetfold.train {
  requires transitive org.jetfold.codec;
  requires ai.djl.api;
  requires ai.djl.pytorch_engine;

  exports org.jetfold.train;
  exports org.jetfold.train.autoencoder;
  exports org.jetfold.train.density;
}
