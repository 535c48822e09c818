package org.jetfold.root.tree;

import java.io.IOException;
import org.jetfold.root.RootFormatException;
import org.jetfold.root.compression.Blocks;
import org.jetfold.root.file.Key;
import org.jetfold.root.source.ByteCursor;
import org.jetfold.root.source.FileBytes;
import org.jspecify.annotations.Nullable;

/** The data of one basket, unpacked. Immutable, thread-safe. */
final class Basket {
  private final ByteCursor data;
  private final int border;
  private final int entries;
  private final int @Nullable [] offsets;

  private Basket(ByteCursor data, int border, int entries, int @Nullable [] offsets) {
    this.data = data;
    this.border = border;
    this.entries = entries;
    this.offsets = offsets;
  }

  /**
   * A basket of data at hand.
   *
   * @param border where the data ends
   * @param keyBytes the size of the key, which the offsets count in
   * @param offsets where each entry begins; null where all have the same size, or another branch
   *     knows how many values they have
   */
  static Basket of(ByteCursor data, int border, int entries, int keyBytes, int @Nullable [] offsets)
      throws RootFormatException {
    int[] starts = null;
    if (offsets != null) {
      starts = new int[entries + 1];
      starts[entries] = border;
      int before = 0;
      for (int i = 0; i < entries; i++) {
        int start = offsets[i] - keyBytes;
        if (start < before || start > border) {
          throw data.error(
              "entry %d of a basket begins at %d of %d bytes".formatted(i, start, border));
        }
        starts[i] = start;
        before = start;
      }
    }
    return new Basket(data, border, entries, starts);
  }

  /**
   * Reads a basket from the file.
   *
   * @param seek its offset
   * @param bytes its size in the file
   * @param withOffsets whether its branch has entry offsets
   */
  static Basket read(FileBytes file, long seek, int bytes, boolean withOffsets) throws IOException {
    ByteCursor in = file.cursor(seek, bytes);
    Key key = Key.read(in);
    BasketHead head = BasketHead.read(in);
    if (!key.className().equals("TBasket")) {
      throw file.error(seek, "a basket should be here, but it is a " + key.className());
    }
    if (key.bytes() > bytes || key.keyBytes() > key.bytes() || in.position() > key.keyBytes()) {
      throw file.error(
          seek,
          "a basket of %d bytes with a key of %d in %d bytes"
              .formatted(key.bytes(), key.keyBytes(), bytes));
    }
    byte[] object =
        Blocks.unpack(
            in.array(), key.keyBytes(), key.bytes(), key.objectBytes(), file.name(), seek);
    ByteCursor data = ByteCursor.unpacked(object, file.name(), seek);
    int border = head.last() - key.keyBytes();
    if (border < 0 || border > object.length) {
      throw file.error(
          seek, "a basket's data ends at %d of %d bytes".formatted(border, object.length));
    }
    int[] offsets = null;
    if (withOffsets && head.flag() < 80 && object.length - border >= 4) {
      data.position(border);
      offsets = offsets(data, head.entries());
      data.position(0);
    }
    return of(data, border, head.entries(), key.keyBytes(), offsets);
  }

  private static int[] offsets(ByteCursor in, int entries) throws RootFormatException {
    int count = in.i4();
    if (count < entries || count > in.remaining() / 4) {
      throw in.error("a basket of %d entries with %d offsets".formatted(entries, count));
    }
    int[] offsets = new int[entries];
    for (int i = 0; i < entries; i++) {
      offsets[i] = in.i4();
    }
    return offsets;
  }

  /** The number of entries. */
  int entries() {
    return entries;
  }

  /**
   * Where each entry begins, and at last where they end; null where that is not known, because all
   * have the same size or another branch knows how many values they have.
   */
  int @Nullable [] offsets() {
    return offsets;
  }

  /** The size of the data in bytes. */
  int border() {
    return border;
  }

  /** What it takes in memory, about. */
  long memory() {
    return data.array().length + (offsets == null ? 0 : 4L * offsets.length);
  }

  /** A cursor over data of its own. */
  ByteCursor cursor(int from, int to) throws RootFormatException {
    return data.part(from, to);
  }
}
