package org.jetfold.codec.pipeline;

import java.util.List;
import org.jetfold.codec.file.FileHeader;

/**
 * What all segment encoders of a file share.
 *
 * @param header the file's header
 * @param codecs one for each column of the table
 * @param workers what runs independent pieces of work
 * @param verifying whether every stream is decoded and compared before it is written
 * @param eventByEvent whether each event is taken by {@link SegmentEncoder#take} before its segment
 *     is coded
 */
public record EncodingContext(
    FileHeader header,
    List<ColumnCodec> codecs,
    Workers workers,
    boolean verifying,
    boolean eventByEvent) {
  /** Copies the list. */
  public EncodingContext {
    codecs = List.copyOf(codecs);
  }

  /** The number of streams that hold counts of lists; those of the columns follow. */
  public int lists() {
    return header.schema().groups().size() - 1;
  }
}
