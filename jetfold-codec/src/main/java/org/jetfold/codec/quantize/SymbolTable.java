package org.jetfold.codec.quantize;

import java.util.Arrays;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What symbols stand for, as ints, in pages of 256 symbols that are made when one of these is first
 * met. The symbols of most columns are on few pages, though these may be far apart. Safe for use by
 * several threads.
 */
final class SymbolTable {
  /** The number of symbols of a page is two to this power. */
  private static final int PAGE_BITS = 8;

  static final int PAGE = 1 << PAGE_BITS;

  /** A symbol's place in its page. */
  private static final int IN_PAGE = PAGE - 1;

  /** Stands for symbols that no value has. */
  static final int NONE = 0x7FA1_F0AD;

  /** More pages would leave the caches, and take longer to make than they save. */
  private static final int MAX_PAGES = 64;

  /** With so many slots for each page, most multipliers keep pages apart. */
  private static final int SLOTS_PER_PAGE = 64;

  private static final int MAX_TRIES = 1000;

  /** The most ints of a table that also has all symbols between those of its pages. */
  private static final int MAX_NEAR = 1 << 16;

  /** Pages that were seen last, each in the place that its lowest bits tell. */
  private static final int SEEN = 256;

  private static final long NO_PAGE = Long.MIN_VALUE;
  private static final int GOLDEN = 0x9E37_79B1;

  private final int width;
  private final Maker maker;
  private volatile Pages pages;
  private volatile boolean tooMany;

  /** Makes pages. */
  interface Maker {
    /**
     * Tells what the symbols of a page stand for.
     *
     * @param first symbol
     * @param into receives that, as many ints as a symbol has for each, from index {@code at} on
     */
    void make(int first, int[] into, int at);
  }

  /**
   * The pages that there are. Immutable.
   *
   * @param slots the number of a page, and in the lower half where it starts; the number's product
   *     with the multiplier, shifted down, tells the slot
   * @param data the pages, the first of which stands for none
   * @param first the first symbol of the first page
   * @param near where that is not too long, all symbols from that one to the last page's, as many
   *     as a power of two, so that arithmetic tells their places; else empty
   * @param width how many ints a symbol has
   */
  record Pages(
      int multiplier, int shift, long[] slots, int[] data, int first, int[] near, int width) {
    int slot(int page) {
      return (page * multiplier) >>> shift;
    }

    boolean has(int page) {
      return (int) (slots[slot(page)] >>> 32) == page;
    }

    /** What {@link #place} gives the places in. */
    int[] table() {
      return near.length > 0 ? near : data;
    }

    /**
     * Where in the table the ints of symbols are.
     *
     * @param from the first symbol's index
     * @param places receives {@code count} places, all within the table
     * @return whether all symbols are in it; one that is not may have the place of another
     */
    boolean place(int[] symbols, int from, int count, int[] places) {
      if (near.length > 0) {
        int beyond = -(near.length / width);
        int outside = 0;
        for (int i = 0; i < count; i++) {
          int offset = symbols[from + i] - first;
          outside |= offset & beyond;
          places[i] = (offset & ~beyond) * width;
        }
        return outside == 0;
      }
      int missing = 0;
      for (int i = 0; i < count; i++) {
        int symbol = symbols[from + i];
        int page = symbol >> PAGE_BITS;
        long slot = slots[slot(page)];
        missing |= (int) (slot >>> 32) ^ page;
        places[i] = (int) slot + (symbol & IN_PAGE) * width;
      }
      return missing == 0;
    }
  }

  /**
   * A table without pages.
   *
   * @param none the ints of a symbol that no value has
   */
  SymbolTable(int[] none, Maker maker) {
    width = none.length;
    this.maker = maker;
    int[] noPage = new int[PAGE * width];
    for (int i = 0; i < noPage.length; i++) {
      noPage[i] = none[i % width];
    }
    pages = new Pages(0, 0, new long[] {NO_PAGE}, noPage, 0, new int[0], width);
  }

  /** The most bytes of memory that a table with so many ints a symbol takes. */
  static long mostBytes(int width) {
    long pages = (MAX_PAGES + 1L) * PAGE * width * Integer.BYTES;
    long near = (long) MAX_NEAR * Integer.BYTES;
    return pages + (long) MAX_PAGES * SLOTS_PER_PAGE * Long.BYTES + near;
  }

  /**
   * Looks symbols up.
   *
   * @param look is given pages, and says whether all symbols are on them and of values
   * @return whether they are; false also where a table does not pay
   */
  boolean lookUp(int[] symbols, int count, Predicate<Pages> look) {
    Pages made = pages;
    if (tooMany) {
      return false;
    }
    if (made.data.length > PAGE * width && look.test(made)) {
      return true;
    }
    Pages more = with(symbols, count, made);
    return more != null && look.test(more);
  }

  /** Pages with all of {@code count} symbols; null where a table does not pay, or has them all. */
  private @Nullable Pages with(int[] symbols, int count, Pages made) {
    SortedSet<Integer> missing = new TreeSet<>();
    int[] seen = new int[SEEN];
    Arrays.fill(seen, Integer.MIN_VALUE);
    for (int i = 0; i < count; i++) {
      int page = symbols[i] >> PAGE_BITS;
      if (seen[page & (SEEN - 1)] != page) {
        seen[page & (SEEN - 1)] = page;
        if (!made.has(page)) {
          missing.add(page);
          if (missing.size() > MAX_PAGES) {
            tooMany = true;
            return null;
          }
        }
      }
    }
    if (missing.size() * PAGE > count) {
      return null;
    }
    return missing.isEmpty() ? null : with(missing);
  }

  private synchronized @Nullable Pages with(SortedSet<Integer> missing) {
    Pages before = pages;
    missing.removeIf(before::has);
    int there = before.data.length / (PAGE * width);
    if (there - 1 + missing.size() > MAX_PAGES) {
      tooMany = true;
      return null;
    }
    int[] data = Arrays.copyOf(before.data, (there + missing.size()) * PAGE * width);
    long[] entries =
        Arrays.copyOf(
            Arrays.stream(before.slots).filter(slot -> slot != NO_PAGE).toArray(),
            there - 1 + missing.size());
    int next = there;
    for (int page : missing) {
      int start = next * PAGE * width;
      maker.make(page << PAGE_BITS, data, start);
      entries[next - 1] = (long) page << 32 | start;
      next++;
    }
    Pages made = arranged(entries, data);
    if (made != null) {
      pages = made;
    }
    return made;
  }

  /** With a multiplier that gives each page a slot of its own; null where none is found. */
  private @Nullable Pages arranged(long[] entries, int[] data) {
    int first = (int) (Arrays.stream(entries).min().orElseThrow() >> 32) << PAGE_BITS;
    int[] near = near(entries, data, first);
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(entries.length * SLOTS_PER_PAGE - 1);
    int multiplier = 1;
    for (int i = 0; i < MAX_TRIES; i++) {
      multiplier *= GOLDEN;
      Pages pages =
          new Pages(multiplier, Integer.SIZE - bits, new long[1 << bits], data, first, near, width);
      Arrays.fill(pages.slots, NO_PAGE);
      boolean apart = true;
      for (long entry : entries) {
        int slot = pages.slot((int) (entry >>> 32));
        apart &= pages.slots[slot] == NO_PAGE;
        pages.slots[slot] = entry;
      }
      if (apart) {
        return pages;
      }
    }
    return null;
  }

  /** All symbols from the first page's to the last one's; empty where they are too many. */
  private int[] near(long[] entries, int[] data, int first) {
    long lastPage = Arrays.stream(entries).max().orElseThrow() >> 32;
    long ints = (((lastPage + 1) << PAGE_BITS) - first) * width;
    if (ints > MAX_NEAR) {
      return new int[0];
    }
    int[] near = new int[Integer.highestOneBit(2 * (int) ints - 1)];
    for (int at = 0; at < near.length; at += PAGE * width) {
      System.arraycopy(data, 0, near, at, PAGE * width);
    }
    for (long entry : entries) {
      int symbol = (int) (entry >> 32) << PAGE_BITS;
      System.arraycopy(data, (int) entry, near, (symbol - first) * width, PAGE * width);
    }
    return near;
  }
}
