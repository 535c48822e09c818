/** The command line. */
module org.jetfold.cli {
  requires org.jetfold.codec;
  requires org.jetfold.root;
  requires org.jetfold.study;
  requires org.jetfold.tables;
  requires org.jetfold.train;
  requires com.fasterxml.jackson.core;
  requires com.github.luben.zstd_jni;
  requires com.google.protobuf;
  requires info.picocli;
  requires java.management;
  requires jdk.management;
  requires me.tongfei.progressbar;
  requires org.tukaani.xz;

  // picocli sets the fields of commands by reflection.
  opens org.jetfold.cli to
      info.picocli;
  opens org.jetfold.cli.compare to
      info.picocli;
  opens org.jetfold.cli.compress to
      info.picocli;
  opens org.jetfold.cli.demo to
      info.picocli;
  opens org.jetfold.cli.inspect to
      info.picocli;
  opens org.jetfold.cli.option to
      info.picocli;
  opens org.jetfold.cli.study to
      info.picocli;
  opens org.jetfold.cli.train to
      info.picocli;
}
