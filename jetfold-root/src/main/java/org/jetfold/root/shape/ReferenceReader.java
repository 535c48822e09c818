package org.jetfold.root.shape;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.List;
import org.jetfold.root.source.ByteCursor;
import org.jetfold.root.streamer.ObjectBase;
import org.jetfold.root.streamer.ObjectHeader;
import org.jspecify.annotations.Nullable;

/** Reads a TRef, or a TRefArray: the numbers (fUniqueID) of the objects that they refer to. */
final class ReferenceReader extends ValueReader {
  /** The name of a TRef's column. */
  static final String ONE = "fUniqueID";

  /** The name of a TRefArray's column. */
  static final String ALL = "fUIDs";

  /** A bit of a TRef to an object that a text identifies, instead of the number of a process. */
  private static final int HAS_UUID = 1 << 5;

  private final boolean many;
  private final @Nullable GrowingValues numbers;
  private final List<ColumnSink> sinks;
  private final int level;

  /**
   * @param many whether it is a TRefArray
   * @param numbers where the numbers go; null to pass over them
   * @param sinks the columns within, which are told the lengths of TRefArrays
   * @param level the level of nesting that a TRefArray is for them
   */
  ReferenceReader(
      boolean many, @Nullable GrowingValues numbers, List<ColumnSink> sinks, int level) {
    this.many = many;
    this.numbers = numbers;
    this.sinks = sinks;
    this.level = level;
  }

  @Override
  public void read(ByteCursor in) throws IOException {
    if (many) {
      readArray(in);
      return;
    }
    ObjectBase base = ObjectBase.read(in);
    in.skip((base.bits() & HAS_UUID) != 0 ? in.textLength() : 2);
    if (numbers != null) {
      numbers.add(base.uniqueId());
    }
  }

  private void readArray(ByteCursor in) throws IOException {
    ObjectHeader header = ObjectHeader.read(in);
    ObjectBase.read(in);
    in.skip(in.textLength()); // fName
    int count = in.i4();
    in.skip(6); // fLowerBound and the number of the process
    int at = in.take(count, 4);
    for (ColumnSink sink : sinks) {
      sink.list(level, count);
    }
    if (numbers != null) {
      numbers.add(in.array(), at, count, ByteOrder.BIG_ENDIAN);
    }
    header.check(in, "an object of class TRefArray");
  }
}
