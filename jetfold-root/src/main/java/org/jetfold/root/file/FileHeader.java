package org.jetfold.root.file;

import java.io.IOException;
import org.jetfold.root.source.ByteCursor;
import org.jetfold.root.source.FileBytes;

/**
 * The first bytes of a ROOT file. Offsets have 32 bits in small files and 64 in those that have
 * grown beyond 2 GB, which a version of a million or more marks.
 *
 * @param begin the offset of the first key
 * @param nameBytes the size of the first key and the file's name and title, behind which the root
 *     directory stands
 * @param infoSeek the offset of the StreamerInfo list's key; 0 where there is none
 * @param infoBytes the size of that key and list
 */
public record FileHeader(long begin, int nameBytes, long infoSeek, int infoBytes) {
  private static final int MAGIC = 0x726F6F74; // "root"
  private static final int BIG = 1_000_000;
  private static final int MAX_BYTES = 75;

  /** Reads it. */
  static FileHeader read(FileBytes file) throws IOException {
    ByteCursor in = file.cursorUpTo(0, MAX_BYTES);
    if (in.remaining() < 4 || in.i4() != MAGIC) {
      throw file.error(0, "it is no ROOT file: it does not begin with 'root'");
    }
    int version = in.i4();
    boolean big = version >= BIG;
    long begin = in.u4();
    in.skip(big ? 16 : 8); // fEND, fSeekFree
    in.skip(8); // fNbytesFree, nfree
    int nameBytes = in.i4();
    in.skip(5); // fUnits, fCompress
    long infoSeek = big ? in.i8() : in.u4();
    int infoBytes = in.i4();
    return new FileHeader(begin, nameBytes, infoSeek, infoBytes);
  }
}
