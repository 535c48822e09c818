package org.jetfold.root.streamer;

import org.jetfold.root.RootFormatException;
import org.jetfold.root.source.ByteCursor;

/**
 * The TObject that an object of a class derived from it begins with.
 *
 * @param uniqueId its number (fUniqueID)
 * @param bits its flags (fBits)
 */
public record ObjectBase(long uniqueId, long bits) {
  private static final int REFERENCED = 1 << 4;

  /** Reads one where the cursor is. */
  public static ObjectBase read(ByteCursor in) throws RootFormatException {
    ObjectHeader header = ObjectHeader.read(in);
    ObjectBase base = new ObjectBase(in.u4(), in.u4());
    if ((base.bits & REFERENCED) != 0) {
      in.skip(2); // the process id
    }
    header.check(in, "an object of class TObject");
    return base;
  }
}
