package org.jetfold.codec.entropy;

import java.util.List;

/**
 * Finds the leaves of symbols in contexts quickly, numbered as {@link StreamLeaves} does. Immutable
 * and safe to share.
 */
final class ContextLeaves {
  private final LeafIndex[] indexes;
  private final int[] starts;

  /** The tables of all contexts, one after the other; empty where not each has one. */
  private final char[] table;

  /** For each context, where its table begins. */
  private final int[] tables;

  /** For each context, the symbol that its table begins with. */
  private final long[] bases;

  /** For each context, the bits that no place in its table has. */
  private final long[] beyond;

  ContextLeaves(StreamLeaves leaves) {
    List<Distribution> distributions = leaves.distributions();
    int contexts = distributions.size();
    indexes = distributions.stream().map(LeafIndex::new).toArray(LeafIndex[]::new);
    starts = new int[contexts];
    tables = new int[contexts];
    bases = new long[contexts];
    beyond = new long[contexts];
    int length = 0;
    boolean allHaveTables = true;
    for (int k = 0; k < contexts; k++) {
      starts[k] = leaves.start(k);
      tables[k] = length;
      bases[k] = indexes[k].base();
      beyond[k] = -(long) indexes[k].table().length;
      length += indexes[k].table().length;
      allHaveTables &= indexes[k].table().length > 0 || distributions.get(k).leaves() == 0;
    }
    table = new char[allHaveTables ? length : 0];
    for (int k = 0; k < contexts && allHaveTables; k++) {
      char[] own = indexes[k].table();
      for (int i = 0; i < own.length; i++) {
        boolean hasLeaf = own[i] != LeafIndex.NO_LEAF;
        table[tables[k] + i] = hasLeaf ? (char) (starts[k] + own[i]) : LeafIndex.NO_LEAF;
      }
    }
  }

  /**
   * Finds the leaves of {@code count} symbols from index {@code from} on.
   *
   * @param contexts of the symbols
   * @throws IllegalArgumentException where a context's distribution has no leaf for a symbol
   */
  void leavesOf(long[] symbols, byte[] contexts, int from, int count, char[] leaves) {
    if (table.length == 0) {
      findOneByOne(symbols, contexts, from, count, leaves);
      return;
    }
    // Whether a symbol is outside is asked once for all of them: almost always none is.
    long outside = 0;
    int gaps = 0;
    for (int i = 0; i < count; i++) {
      int context = contexts[from + i];
      long offset = symbols[from + i] - bases[context];
      char leaf = table[tables[context] + (int) (offset & ~beyond[context])];
      leaves[i] = leaf;
      outside |= offset & beyond[context];
      gaps |= leaf + 1;
    }
    if (outside != 0 || gaps > LeafIndex.NO_LEAF) {
      findOneByOne(symbols, contexts, from, count, leaves);
    }
  }

  /** As above, of symbols that are ints. */
  void leavesOf(int[] symbols, byte[] contexts, int from, int count, char[] leaves) {
    long outside = -1;
    int gaps = 0;
    if (table.length > 0) {
      outside = 0;
      for (int i = 0; i < count; i++) {
        int context = contexts[from + i];
        long offset = symbols[from + i] - bases[context];
        char leaf = table[tables[context] + (int) (offset & ~beyond[context])];
        leaves[i] = leaf;
        outside |= offset & beyond[context];
        gaps |= leaf + 1;
      }
    }
    if (outside != 0 || gaps > LeafIndex.NO_LEAF) {
      for (int i = 0; i < count; i++) {
        leaves[i] = leafOf(symbols[from + i], contexts[from + i]);
      }
    }
  }

  private char leafOf(long symbol, int context) {
    return (char) (starts[context] + indexes[context].leafOf(symbol));
  }

  private void findOneByOne(long[] symbols, byte[] contexts, int from, int count, char[] leaves) {
    for (int i = 0; i < count; i++) {
      leaves[i] = leafOf(symbols[from + i], contexts[from + i]);
    }
  }
}
