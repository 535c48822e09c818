package org.jetfold.root.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jetfold.root.source.ByteCursor;
import org.jetfold.root.source.FileBytes;

/** A TDirectory: where in the file its list of keys is. */
final class Directory {
  private static final int BIG = 1000;
  private static final int MAX_BYTES = 42;

  private Directory() {}

  /** The keys of the directory whose record stands at an offset. */
  static List<Key> keys(FileBytes file, long seek) throws IOException {
    ByteCursor in = file.cursorUpTo(seek, MAX_BYTES);
    int version = in.i2();
    in.skip(8); // created, modified
    int keyListBytes = in.i4();
    in.skip(4); // fNbytesName
    boolean big = version > BIG;
    in.skip(big ? 16 : 8); // fSeekDir, fSeekParent
    long seekKeys = big ? in.i8() : in.u4();
    if (seekKeys == 0) {
      return List.of();
    }
    ByteCursor list = file.cursor(seekKeys, keyListBytes);
    Key.read(list);
    int count = list.i4();
    List<Key> keys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      keys.add(Key.read(list));
    }
    return keys;
  }
}
