package org.jetfold.root.ntuple;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jetfold.root.ntuple.EnvelopeCursor.Frame;

/**
 * A cluster: a range of entries, and where in a page list the pages of each column are. Immutable,
 * thread-safe.
 */
final class Cluster {
  private final long firstEntry;
  private final long entries;
  private final EnvelopeCursor list;
  private final int[] places;

  private Cluster(long firstEntry, long entries, EnvelopeCursor list, int[] places) {
    this.firstEntry = firstEntry;
    this.entries = entries;
    this.list = list;
    this.places = places;
  }

  /**
   * The pages of a column in a cluster.
   *
   * @param pages its pages, in order
   * @param elements the elements in all of them
   * @param suppressed whether another representation of the column is stored in this cluster
   */
  record Pages(List<Page> pages, long elements, boolean suppressed) {
    Pages {
      pages = List.copyOf(pages);
    }
  }

  /**
   * A page.
   *
   * @param elements the number of elements
   * @param checksum whether an XXH3 of its bytes stands behind it
   * @param place its bytes
   */
  record Page(int elements, boolean checksum, Locator place) {}

  /** The clusters that a page list describes. */
  static List<Cluster> read(Envelope.Content envelope, long headerChecksum) throws IOException {
    EnvelopeCursor in = envelope.cursor();
    if (in.i8() != headerChecksum) {
      throw in.error("a page list that belongs to another header");
    }
    Frame summaries = in.enterList();
    long[] first = new long[summaries.items()];
    long[] entries = new long[summaries.items()];
    for (int i = 0; i < first.length; i++) {
      Frame frame = in.enterRecord();
      first[i] = in.i8();
      long packed = in.i8();
      entries[i] = packed & 0x00FFFFFFFFFFFFFFL;
      if ((packed >>> 56 & 1) != 0) {
        throw in.unsupported("sharded clusters are not supported");
      }
      in.position(frame.end());
    }
    in.position(summaries.end());
    Frame outer = in.enterList();
    if (outer.items() != first.length) {
      throw in.error(
          "pages of %d clusters, but there are %d".formatted(outer.items(), first.length));
    }
    List<Cluster> clusters = new ArrayList<>();
    for (int i = 0; i < first.length; i++) {
      Frame columns = in.enterList();
      int[] places = new int[columns.items()];
      for (int column = 0; column < places.length; column++) {
        places[column] = in.position();
        in.position(in.enterList().end());
      }
      clusters.add(new Cluster(first[i], entries[i], in, places));
      in.position(columns.end());
    }
    return clusters;
  }

  /** The first entry. */
  long firstEntry() {
    return firstEntry;
  }

  /** The number of entries. */
  long entries() {
    return entries;
  }

  /** The pages of a column; none where the column was added after this cluster. */
  Pages pages(int column) throws IOException {
    if (column >= places.length) {
      return new Pages(List.of(), 0, false);
    }
    EnvelopeCursor in = list.at(places[column]);
    Frame frame = in.enterList();
    List<Page> pages = new ArrayList<>();
    long total = 0;
    for (int i = 0; i < frame.items(); i++) {
      int elements = in.i4();
      boolean checksum = elements < 0;
      elements = Math.abs(elements);
      if (elements < 0) {
        throw in.error("a page of too many elements");
      }
      pages.add(new Page(elements, checksum, in.locator()));
      total += elements;
    }
    boolean suppressed = in.i8() < 0;
    if (in.position() > frame.end()) {
      throw in.error("a list of %d pages that ends too early".formatted(frame.items()));
    }
    return new Pages(pages, total, suppressed);
  }
}
