package org.jetfold.root.tree;

import org.jetfold.root.RootFormatException;
import org.jetfold.root.source.ByteCursor;

/**
 * What a TBasket adds to its key.
 *
 * @param version the class's version
 * @param entries the number of entries (fNevBuf)
 * @param last the size of the data with the key (fLast)
 * @param flag what follows: entry offsets, displacements, the data itself
 */
record BasketHead(int version, int entries, int last, int flag) {
  /** Reads it behind the key. */
  static BasketHead read(ByteCursor in) throws RootFormatException {
    int version = in.i2();
    in.skip(4); // fBufferSize
    int size = in.i4(); // fNevBufSize
    if (size < 0) {
      in.skip(1); // fIOBits
    }
    int entries = in.i4();
    int last = in.i4();
    int flag = in.u1();
    if (entries < 0 || last < 0) {
      throw in.error("a basket of %d entries and %d bytes".formatted(entries, last));
    }
    return new BasketHead(version, entries, last, flag);
  }
}
