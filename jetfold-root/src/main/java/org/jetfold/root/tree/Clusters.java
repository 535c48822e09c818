package org.jetfold.root.tree;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jetfold.root.RootFormatException;
import org.jetfold.root.streamer.StreamedObject;

/** Finds the entries at which a tree's baskets were flushed. */
final class Clusters {
  private static final int MAX_BOUNDARIES = 1 << 20;

  private Clusters() {}

  /** Entry numbers from 0 to the number of entries. */
  static long[] boundaries(StreamedObject tree, List<Branch> branches, long entries)
      throws RootFormatException {
    TreeSet<Long> boundaries = new TreeSet<>();
    boolean ranges = tree.has("fClusterRangeEnd");
    long[] ends = ranges ? tree.integers("fClusterRangeEnd") : new long[0];
    long[] sizes = ranges ? tree.integers("fClusterSize") : new long[0];
    long from = 0;
    for (int i = 0; i < Math.min(ends.length, sizes.length); i++) {
      add(boundaries, from, Math.min(ends[i] + 1, entries), sizes[i]);
      from = Math.max(from, ends[i] + 1);
    }
    add(boundaries, from, entries, tree.integer("fAutoFlush", 0));
    if (boundaries.size() <= 1) {
      common(boundaries, branches);
    }
    boundaries.add(0L);
    boundaries.add(entries);
    return boundaries.stream()
        .mapToLong(Long::longValue)
        .filter(e -> e >= 0 && e <= entries)
        .toArray();
  }

  private static void add(Set<Long> boundaries, long from, long to, long size) {
    if (size <= 0 || (to - from) / size > MAX_BOUNDARIES) {
      return;
    }
    for (long entry = from; entry < to; entry += size) {
      boundaries.add(entry);
    }
  }

  /** Without clusters of its own, what the baskets of all branches have in common. */
  private static void common(Set<Long> boundaries, List<Branch> branches) {
    TreeSet<Long> common = null;
    for (Branch branch : branches) {
      if (branch.baskets().isEmpty()) {
        continue;
      }
      TreeSet<Long> starts = new TreeSet<>();
      branch.baskets().forEach(place -> starts.add(place.firstEntry()));
      if (common == null) {
        common = starts;
      } else {
        common.retainAll(starts);
      }
    }
    if (common != null) {
      boundaries.addAll(common);
    }
  }
}
