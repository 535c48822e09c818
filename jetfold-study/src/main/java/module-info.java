/**
 * Studies of what compression does to physics; knows tables and nothing of how they are compressed
 * or stored.
 */
module org.jetfold.study {
  requires transitive org.jetfold.codec;
}
