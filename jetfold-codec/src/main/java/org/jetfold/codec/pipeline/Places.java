package org.jetfold.codec.pipeline;

import java.util.Arrays;

/** The places of entries in their lists: 0 for the first of each, 1 for the second, and so on. */
final class Places {
  private Places() {}

  /**
   * The places of entries.
   *
   * @param offsets where each list starts, and last where they end
   * @param from the first entry
   * @param count how many entries
   */
  static int[] of(int[] offsets, int from, int count) {
    int[] places = new int[count];
    int list = Arrays.binarySearch(offsets, from);
    list = list < 0 ? -list - 2 : list;
    for (int i = 0; i < count; i++) {
      while (offsets[list + 1] <= from + i) {
        list++;
      }
      places[i] = from + i - offsets[list];
    }
    return places;
  }
}
