package org.jetfold.root.shape;

import java.io.IOException;
import java.util.List;
import org.jetfold.root.source.ByteCursor;

/** Reads collections: a count and the elements. */
final class SequenceReader extends ValueReader {
  private final ValueReader element;
  private final boolean association;
  private final List<ColumnSink> sinks;
  private final int level;

  /**
   * Whether the header before this collection says that its objects are streamed member by member.
   */
  private boolean memberWise;

  /**
   * @param sinks the columns within this collection
   * @param level the level of nesting that this collection is for them
   */
  SequenceReader(ValueReader element, boolean association, List<ColumnSink> sinks, int level) {
    this.element = element;
    this.association = association;
    this.sinks = sinks;
    this.level = level;
  }

  /** Sets how the elements of the next collections are streamed. */
  void memberWise(boolean on) {
    memberWise = on;
  }

  @Override
  public void read(ByteCursor in) throws IOException {
    int count = in.i4();
    // Every element takes a byte at least.
    if (count < 0 || count > in.remaining()) {
      throw in.error(
          "a collection of %d elements, but %d bytes are left".formatted(count, in.remaining()));
    }
    for (ColumnSink sink : sinks) {
      sink.list(level, count);
    }
    if (memberWise) {
      if (!(element instanceof InstanceReader instance)) {
        throw in.error("a collection streamed member by member whose elements have no members");
      }
      if (count > 0) {
        instance.readMembers(in, count);
      }
    } else if (association) {
      for (int i = 0; i < count; i++) {
        element.readBare(in);
      }
    } else {
      element.readLoop(in, count);
    }
  }

  /** The class version that stands behind the header of a collection streamed member by member. */
  void readElementVersion(ByteCursor in) throws IOException {
    int version = in.i2();
    int checksum = version <= 0 ? in.i4() : 0;
    if (element instanceof InstanceReader instance) {
      instance.memberWiseVersion(in, version, checksum);
    }
  }
}
