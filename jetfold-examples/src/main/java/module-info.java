/** Short programs that use Jetfold as a library: what does not compile here is closed to users. */
module org.jetfold.examples {
  requires org.jetfold.codec;
  requires org.jetfold.root;
  requires org.jetfold.tables;
  requires org.jetfold.train;
}
