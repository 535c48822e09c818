package org.jetfold.codec.pipeline;

/** Codes the columns of a {@link ColumnCoder}, one segment after the other. Not thread-safe. */
public interface SegmentEncoder {
  /**
   * Takes an event as soon as it is complete, where events come one at a time: whatever can be
   * computed of it alone is computed here, so that little is left for {@link #encode}.
   *
   * @param phase the event's phase, an unsigned byte
   */
  default void take(CompleteEvent event, byte phase) {
    // Most coders have nothing to say of a single event.
  }

  /**
   * Codes a segment; with {@link EncodingContext#eventByEvent} that of the events taken since the
   * last one.
   *
   * @param codecs what turns each column's values in this segment into symbols; an encoder leaves
   *     columns of its own that it does not code here to {@link SegmentCodecs#leaveToStatic}
   * @param streams receives the streams of the columns, and of what else is stored, by their
   *     numbers
   * @throws org.jetfold.codec.model.ModelException where the values are not for the model
   */
  void encode(Segment segment, SegmentCodecs codecs, CodedStream[] streams);

  /**
   * Ends the table.
   *
   * @throws org.jetfold.codec.model.ModelException where its values were not for the model
   */
  default void finish() {
    // Most coders have nothing left to say.
  }

  /**
   * The bytes that a density model made of a column's values in all segments so far, also where
   * static distributions took fewer and were stored; 0 where it codes no such column.
   */
  default long modelBytes(int column) {
    return 0;
  }

  /**
   * By how many bytes a density model makes a column smaller than static distributions do, in all
   * segments so far; 0 where it codes no such column.
   */
  default long savedBytes(int column) {
    return 0;
  }
}
