package org.jetfold.root.file;

import java.io.IOException;
import org.jetfold.root.compression.Blocks;
import org.jetfold.root.source.ByteCursor;
import org.jetfold.root.source.FileBytes;

/**
 * A TKey: the head of every object in a ROOT file.
 *
 * @param bytes the packed size in the file, key included
 * @param objectBytes the object's size when unpacked
 * @param keyBytes the key's own size
 * @param cycle tells objects of one name apart
 * @param seek the key's offset in the file, as it says itself
 * @param className the object's class
 * @param name the object's name
 * @param title the object's title
 */
public record Key(
    int bytes,
    long objectBytes,
    int keyBytes,
    int cycle,
    long seek,
    String className,
    String name,
    String title) {
  private static final int BIG = 1000;

  /** Reads a key where the cursor is. */
  public static Key read(ByteCursor in) throws IOException {
    int bytes = in.i4();
    int version = in.i2();
    long objectBytes = in.u4();
    in.skip(4); // date and time
    int keyBytes = in.u2();
    int cycle = in.u2();
    long seek;
    if (version > BIG) {
      seek = in.i8();
      in.skip(8); // fSeekPdir
    } else {
      seek = in.u4();
      in.skip(4);
    }
    return new Key(bytes, objectBytes, keyBytes, cycle, seek, in.text(), in.text(), in.text());
  }

  /**
   * The object's bytes, unpacked. Positions that objects refer to count from the key's own begin,
   * {@link #keyBytes} before these bytes.
   */
  public ByteCursor object(FileBytes file) throws IOException {
    if (bytes < keyBytes) {
      throw file.error(seek, "a key of %d bytes that says it has %d".formatted(keyBytes, bytes));
    }
    byte[] all = file.read(seek, bytes);
    byte[] object = Blocks.unpack(all, keyBytes, bytes, objectBytes, file.name(), seek);
    return ByteCursor.unpacked(object, file.name(), seek + keyBytes);
  }
}
