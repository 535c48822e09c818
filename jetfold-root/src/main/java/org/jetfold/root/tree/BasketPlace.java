package org.jetfold.root.tree;

import java.util.ArrayList;
import java.util.List;
import org.jetfold.root.RootFormatException;
import org.jetfold.root.streamer.StreamedObject;
import org.jspecify.annotations.Nullable;

/**
 * Where one basket of a branch is.
 *
 * @param firstEntry its first entry
 * @param endEntry the entry behind its last
 * @param seek its offset in the file
 * @param bytes its size in the file
 * @param embedded the basket itself where it stands within the branch; null where it stands in the
 *     file
 */
record BasketPlace(
    long firstEntry, long endEntry, long seek, int bytes, @Nullable Basket embedded) {
  /**
   * The baskets of a branch in the order of entries, without empty ones.
   *
   * @param entries the branch's number of entries
   */
  static List<BasketPlace> all(StreamedObject branch, long entries) throws RootFormatException {
    long[] entry = branch.integers("fBasketEntry");
    long[] bytes = branch.integers("fBasketBytes");
    long[] seek = branch.integers("fBasketSeek");
    List<@Nullable Object> embedded = branch.list("fBaskets");
    int count = Math.max(branch.int32("fWriteBasket"), 0);
    List<BasketPlace> places = new ArrayList<>();
    for (int i = 0; i <= count; i++) {
      boolean onDisk =
          i < count && i < seek.length && i < bytes.length && i < entry.length && seek[i] != 0;
      Basket basket = i < embedded.size() && embedded.get(i) instanceof Basket found ? found : null;
      if (!onDisk && (basket == null || basket.entries() == 0)) {
        if (i < count) {
          throw branch.error("basket %d of %d is missing".formatted(i, count));
        }
        break;
      }
      long expected = places.isEmpty() ? 0 : places.getLast().endEntry();
      long first = i < entry.length ? entry[i] : expected;
      long end;
      if (!onDisk && basket != null) {
        end = first + basket.entries();
      } else {
        end = i + 1 < entry.length && (i + 1 < count || entry[i + 1] != 0) ? entry[i + 1] : entries;
      }
      if (places.isEmpty()) {
        expected = first;
      }
      if (first != expected || end < first || first < 0) {
        throw branch.error(
            "basket %d holds entries %d to %d, but begins at %d"
                .formatted(i, first, end, expected));
      }
      if (end > first) {
        places.add(
            onDisk
                ? new BasketPlace(first, end, seek[i], (int) bytes[i], null)
                : new BasketPlace(first, end, 0, 0, basket));
      }
    }
    return places;
  }
}
