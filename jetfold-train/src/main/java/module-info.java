/** Training of learned models; needs libtorch, which nothing else does. */
@SuppressWarnings("module") // The module named below is compiled after this one.
module org.jetfold.train {
  requires transitive org.jetfold.codec;
  requires ai.djl.api;
  requires ai.djl.pytorch_engine;

  exports org.jetfold.train;
  exports org.jetfold.train.density;
  exports org.jetfold.train.autoencoder to
      org.jetfold.cli;
  exports org.jetfold.train.prior to
      org.jetfold.cli;
}
