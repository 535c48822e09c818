package org.jetfold.root.shape;

import java.io.IOException;
import org.jetfold.root.source.ByteCursor;
import org.jetfold.root.streamer.ObjectHeader;
import org.jspecify.annotations.Nullable;

/** Reads what has a header; one header for all of a loop. */
final class HeadedReader extends ValueReader {
  private final ValueReader content;
  private final @Nullable SequenceReader sequence;
  private final boolean wanted;

  /**
   * @param sequence the collection in the content; null where there is none
   * @param wanted whether any column is in it; if not, the byte count leads over it
   */
  HeadedReader(ValueReader content, @Nullable SequenceReader sequence, boolean wanted) {
    this.content = content;
    this.sequence = sequence;
    this.wanted = wanted;
  }

  @Override
  public void read(ByteCursor in) throws IOException {
    readLoop(in, 1);
  }

  @Override
  public void readLoop(ByteCursor in, int count) throws IOException {
    if (sequence != null && wanted && ObjectHeader.isPlain(in)) {
      int end = ObjectHeader.readPlain(in);
      sequence.memberWise(false);
      content.readLoop(in, count);
      if (in.position() != end) {
        throw in.error(
            "a collection should end at %d but ends at %d".formatted(end, in.position()));
      }
      return;
    }
    ObjectHeader header = ObjectHeader.read(in);
    if (!wanted && header.end() >= 0) {
      in.position(header.end());
      return;
    }
    begin(in, header);
    content.readLoop(in, count);
    header.check(in, "a collection");
  }

  /**
   * Reads one header, and as many values as there are up to the end of the bytes; returns how many.
   */
  int readToEnd(ByteCursor in) throws IOException {
    begin(in, ObjectHeader.read(in));
    int count = 0;
    while (in.remaining() > 0) {
      content.read(in);
      count++;
    }
    return count;
  }

  private void begin(ByteCursor in, ObjectHeader header) throws IOException {
    if (sequence == null) {
      return;
    }
    sequence.memberWise(header.memberWise());
    if (header.memberWise()) {
      sequence.readElementVersion(in);
    }
  }

  @Override
  void readBare(ByteCursor in) throws IOException {
    if (sequence != null) {
      sequence.memberWise(false);
    }
    content.read(in);
  }
}
