package org.jetfold.codec.pipeline;

/** Codes the columns of a segment that a model knows. Not thread-safe; its workers are. */
interface ModelledSegments {
  /** Whether it codes a column. */
  boolean codes(int column);

  /**
   * Codes a segment.
   *
   * @param streams receives the streams of the columns that the model codes, and of what else it
   *     stores, by their numbers
   */
  void encode(Segment segment, CodedStream[] streams);
}
