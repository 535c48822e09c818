package org.jetfold.codec.entropy;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Pages of {@link #LENGTH} consecutive symbols each, numbered from 0 in the order in which they
 * were first asked for, however far apart they are. A column with zeros or with values of both
 * signs has few distinct symbols in a range of millions, which no table could hold.
 *
 * <p>Not thread-safe while pages are added.
 */
final class SymbolPages {
  /** Symbols of a page. */
  static final int LENGTH = 256;

  private static final int SHIFT = 8;

  /** 2^64 divided by the golden ratio: spreads consecutive numbers evenly. */
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  /** A table of more page numbers would take longer to make than it saves. */
  private static final int MAX_SPAN = 1 << 17;

  private static final int SPAN_PER_VALUE = 4;

  private final int most;

  /** The number of the first page that the table has. */
  private final long base;

  /**
   * For each page number from the base on, the page plus 1, or 0; empty where there is no table.
   */
  private final int[] table;

  private long[] numbers = new long[64];
  private int pages;

  // A hash table without chains, at most half full: the number of a slot's page plus 1, or 0.
  private int[] slots = new int[128];
  private long[] keys = new long[128];
  private int shift = 64 - 7;

  /**
   * No pages yet, and never more than {@code most}.
   *
   * @param lowest the lowest symbol that will be asked for a page, {@code highest} the highest
   * @param values how many will be asked for, about
   */
  SymbolPages(int most, long lowest, long highest, long values) {
    this.most = most;
    base = lowest >> SHIFT;
    long span = (highest >> SHIFT) - base + 1;
    table = new int[span <= Math.min(MAX_SPAN, SPAN_PER_VALUE * values) ? (int) span : 0];
  }

  /** Where in its page a symbol is. */
  static int place(long symbol) {
    return (int) symbol & (LENGTH - 1);
  }

  /** A symbol's page, which is made if need be; −1 where there would be too many. */
  int add(long symbol) {
    int known = find(symbol);
    if (known >= 0) {
      return known;
    }
    if (pages == most) {
      return -1;
    }
    if (pages == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * pages);
    }
    long number = symbol >> SHIFT;
    numbers[pages] = number;
    if (table.length > 0) {
      table[(int) (number - base)] = ++pages;
    } else {
      addByHash(number);
    }
    return pages - 1;
  }

  private void addByHash(long number) {
    if (2 * pages == slots.length - 2) {
      widen();
    }
    int slot = slotOf(number);
    keys[slot] = number;
    slots[slot] = ++pages;
  }

  /** A symbol's page; −1 where there is none. */
  int find(long symbol) {
    long fromBase = (symbol >> SHIFT) - base;
    if (table.length > 0) {
      return fromBase >= 0 && fromBase < table.length ? table[(int) fromBase] - 1 : -1;
    }
    return slots[slotOf(symbol >> SHIFT)] - 1;
  }

  private int slotOf(long number) {
    int slot = (int) ((number * GOLDEN) >>> shift);
    while (slots[slot] > 0 && keys[slot] != number) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }

  private void widen() {
    shift--;
    slots = new int[2 * slots.length];
    keys = new long[slots.length];
    for (int page = 0; page < pages; page++) {
      int slot = slotOf(numbers[page]);
      keys[slot] = numbers[page];
      slots[slot] = page + 1;
    }
  }

  /** The number of pages. */
  int pages() {
    return pages;
  }

  /** The first symbol of a page. */
  long first(int page) {
    return numbers[page] << SHIFT;
  }

  /** The pages in increasing order of their symbols. */
  int[] inOrder() {
    return IntStream.range(0, pages)
        .boxed()
        .sorted(Comparator.comparingLong(page -> numbers[page]))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
