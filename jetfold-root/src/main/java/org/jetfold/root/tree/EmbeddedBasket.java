package org.jetfold.root.tree;

import java.io.IOException;
import org.jetfold.root.RootFormatException;
import org.jetfold.root.file.Key;
import org.jetfold.root.source.ByteCursor;
import org.jspecify.annotations.Nullable;

/** Reads a basket that was never flushed and so stands, not packed, within its branch. */
final class EmbeddedBasket {
  private EmbeddedBasket() {}

  /** Reads one where the cursor is; null where it holds no data. */
  static @Nullable Object read(ByteCursor in, int end) throws IOException {
    Key key = Key.read(in);
    BasketHead head = BasketHead.read(in);
    int flag = head.flag();
    boolean generated = flag >= 80;
    if (generated) {
      flag -= 80;
    }
    int[] offsets = null;
    if (!generated && flag != 0 && flag % 10 != 2) {
      if (head.entries() > 0) {
        offsets = ints(in, true, head.entries());
      }
      if (flag > 40) {
        ints(in, false, head.entries()); // displacements
      }
    }
    if (flag != 1 && flag <= 10) {
      return null;
    }
    int length = head.last();
    if (head.version() <= 1) {
      length = in.i4();
    }
    int from = in.take(length, 1);
    if (key.keyBytes() > length) {
      throw in.error("a basket of %d bytes with a key of %d".formatted(length, key.keyBytes()));
    }
    ByteCursor data = in.copy(from + key.keyBytes(), from + length);
    return Basket.of(data, data.remaining(), head.entries(), key.keyBytes(), offsets);
  }

  private static int[] ints(ByteCursor in, boolean masked, int entries) throws RootFormatException {
    int count = in.i4();
    if (count < entries) {
      throw in.error("a basket of %d entries with %d offsets".formatted(entries, count));
    }
    int at = in.take(count, 4);
    ByteCursor part = in.part(at, in.position());
    int[] values = new int[entries];
    for (int i = 0; i < entries; i++) {
      int value = part.i4();
      values[i] = masked && (value & 0xFF000000) != 0 ? value & 0x00FFFFFF : value;
    }
    return values;
  }
}
