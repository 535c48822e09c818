/**
 * Studies of what compression does to physics; knows tables and the codec, and nothing of the files
 * that they come from.
 */
@SuppressWarnings("module") // The module named below is compiled after this one.
module org.jetfold.study {
  requires transitive org.jetfold.codec;
  requires com.fasterxml.jackson.core;
  requires hipparchus.core;

  exports org.jetfold.study;
  exports org.jetfold.study.binning;
  exports org.jetfold.study.bumphunt;
  exports org.jetfold.study.dimension;
  exports org.jetfold.study.file;
  exports org.jetfold.study.matching;
  exports org.jetfold.study.normalization;
  exports org.jetfold.study.picture;
  exports org.jetfold.study.quantization;
  exports org.jetfold.study.report;
  exports org.jetfold.study.residual;
  exports org.jetfold.study.statistics;
  exports org.jetfold.study.tuning;
}
