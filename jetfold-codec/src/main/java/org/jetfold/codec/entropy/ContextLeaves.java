package org.jetfold.codec.entropy;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the leaves of symbols in contexts quickly, numbered as {@link StreamLeaves} does. Immutable
 * and safe to share.
 */
final class ContextLeaves {
  private final LeafIndex[] indexes;
  private final int[] starts;

  /** The tables of all contexts, one after the other; empty where symbols are too far apart. */
  private final char[] table;

  /** For each context, where its table begins. */
  private final int[] tables;

  /** Where symbols are in each of the tables; null where they follow each other. */
  private final @Nullable SymbolPages pages;

  /** For each context, the symbol that its table begins with, if there are no pages. */
  private final long[] bases;

  /** For each context, the bits that no place in its table has, if there are no pages. */
  private final long[] beyond;

  ContextLeaves(StreamLeaves leaves) {
    List<Distribution> distributions = leaves.distributions();
    int contexts = distributions.size();
    indexes = distributions.stream().map(LeafIndex::new).toArray(LeafIndex[]::new);
    starts = new int[contexts];
    tables = new int[contexts];
    bases = new long[contexts];
    beyond = new long[contexts];
    boolean areNear = true;
    for (int k = 0; k < contexts; k++) {
      starts[k] = leaves.start(k);
      bases[k] = indexes[k].base();
      beyond[k] = -(long) indexes[k].table().length;
      areNear &= indexes[k].table().length > 0 || distributions.get(k).leaves() == 0;
    }
    pages = areNear ? null : SymbolPages.of(distributions);
    int length = 0;
    for (int k = 0; k < contexts; k++) {
      tables[k] = length;
      length += areNear ? indexes[k].table().length : pages == null ? 0 : pages.size();
    }
    table = new char[length];
    for (int k = 0; k < contexts && areNear; k++) {
      char[] own = indexes[k].table();
      for (int i = 0; i < own.length; i++) {
        boolean hasLeaf = own[i] != LeafIndex.NO_LEAF;
        table[tables[k] + i] = hasLeaf ? (char) (starts[k] + own[i]) : LeafIndex.NO_LEAF;
      }
    }
    if (pages != null) {
      Arrays.fill(table, LeafIndex.NO_LEAF);
      for (int k = 0; k < contexts; k++) {
        fillPages(distributions.get(k), tables[k], starts[k], pages);
      }
    }
  }

  private void fillPages(Distribution distribution, int at, int firstLeaf, SymbolPages ofAll) {
    for (int leaf = 0; leaf < distribution.regularLeaves(); leaf++) {
      char number = (char) (firstLeaf + leaf);
      ofAll.forEach(
          distribution.first(leaf),
          distribution.last(leaf),
          (symbol, place, count) -> Arrays.fill(table, at + place, at + place + count, number));
    }
  }

  /**
   * Finds the leaves of {@code count} symbols from index {@code from} on.
   *
   * @param contexts of the symbols
   * @throws IllegalArgumentException where a context's distribution has no leaf for a symbol
   */
  void leavesOf(Symbols symbols, byte[] contexts, int from, int count, char[] leaves) {
    boolean found =
        symbols instanceof Symbols.Ints(int[] ints) && find(ints, contexts, from, count, leaves);
    if (!found) {
      long[] wide = symbols.part(from, count).asLongs(count);
      for (int i = 0; i < count; i++) {
        int context = contexts[from + i];
        leaves[i] = (char) (starts[context] + indexes[context].leafOf(wide[i]));
      }
    }
  }

  /** As {@link #leavesOf}; false where a symbol is outside, which almost none is. */
  private boolean find(int[] symbols, byte[] contexts, int from, int count, char[] leaves) {
    if (table.length == 0) {
      return false;
    }
    SymbolPages known = pages;
    long outside = 0;
    int gaps = 0;
    for (int i = 0; known != null && i < count; i++) {
      char leaf = table[tables[contexts[from + i]] + known.place(symbols[from + i])];
      leaves[i] = leaf;
      gaps |= leaf + 1;
    }
    for (int i = 0; known == null && i < count; i++) {
      int context = contexts[from + i];
      long offset = symbols[from + i] - bases[context];
      char leaf = table[tables[context] + (int) (offset & ~beyond[context])];
      leaves[i] = leaf;
      outside |= offset & beyond[context];
      gaps |= leaf + 1;
    }
    return outside == 0 && gaps <= LeafIndex.NO_LEAF;
  }
}
