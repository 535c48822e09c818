package org.jetfold.root.ntuple;

import com.dynatrace.hash4j.hashing.Hashing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jetfold.root.compression.Blocks;
import org.jetfold.root.shape.GrowingValues;
import org.jetfold.root.source.FileBytes;

/** Reads elements of the columns of one cluster. Thread-safe. */
final class PageReader {
  private static final int CHECKSUM = 8;

  /** How many values may take memory without a byte in the file. */
  private static final int MAX_ZEROS = 1 << 24;

  private final FileBytes file;
  private final Cluster cluster;

  PageReader(FileBytes file, Cluster cluster) {
    this.file = file;
    this.cluster = cluster;
  }

  private interface Piece {
    void decode(PageDecoder decoder, byte[] page, int elements, int from, int to)
        throws IOException;
  }

  /**
   * Reads values.
   *
   * @param columns the field's column in all representations
   * @param expected how many elements the cluster must have; −1 where that is not known
   */
  void values(List<PhysicalColumn> columns, long from, long to, long expected, GrowingValues out)
      throws IOException {
    read(
        columns,
        from,
        to,
        expected,
        count -> out.addZeros(count),
        (decoder, page, elements, first, last) -> decoder.decode(page, elements, first, last, out));
  }

  /** Reads the ends of a collection's lists. */
  long[] indexes(List<PhysicalColumn> columns, long from, long to, long expected)
      throws IOException {
    // Page by page: before a page is unpacked, its number of elements is only a claim.
    List<long[]> parts = new ArrayList<>();
    read(
        columns,
        from,
        to,
        expected,
        count -> parts.add(new long[count]),
        (decoder, page, elements, first, last) ->
            parts.add(decoder.indexes(page, elements, first, last)));
    if (parts.size() == 1) {
      return parts.getFirst();
    }
    long[] ends = new long[Math.toIntExact(to - from)];
    int at = 0;
    for (long[] part : parts) {
      System.arraycopy(part, 0, ends, at, part.length);
      at += part.length;
    }
    return ends;
  }

  private interface Zeros {
    void add(int count) throws IOException;
  }

  private void read(
      List<PhysicalColumn> columns, long from, long to, long expected, Zeros zeros, Piece piece)
      throws IOException {
    if (from == to) {
      return;
    }
    PhysicalColumn column = null;
    Cluster.Pages pages = null;
    for (PhysicalColumn candidate : columns) {
      Cluster.Pages found = cluster.pages(candidate.id());
      if (!found.suppressed() && (pages == null || found.elements() > pages.elements())) {
        column = candidate;
        pages = found;
      }
    }
    if (column == null || pages == null) {
      throw file.error(0, "a column of which no representation is stored");
    }
    // What was added later is zero before.
    long missing = expected < 0 ? 0 : expected - pages.elements();
    if (missing != 0 && (missing < 0 || !column.extended())) {
      throw file.error(
          0,
          "column %d has %d elements in a cluster that should have %d"
              .formatted(column.id(), pages.elements(), expected));
    }
    if (to - missing > pages.elements()) {
      throw file.error(
          0,
          "column %d has %d elements, but element %d is asked for"
              .formatted(column.id(), pages.elements(), to));
    }
    if (from < missing) {
      long count = Math.min(to, missing) - from;
      if (count > MAX_ZEROS) {
        throw file.unsupported(
            0,
            "%d zeros that are not stored are more than %d: ask for fewer entries"
                .formatted(count, MAX_ZEROS));
      }
      zeros.add((int) count);
    }
    PageDecoder decoder = new PageDecoder(column);
    long start = missing;
    for (Cluster.Page page : pages.pages()) {
      long end = start + page.elements();
      if (end > from && start < to) {
        int first = (int) (Math.max(from, start) - start);
        int last = (int) (Math.min(to, end) - start);
        piece.decode(decoder, unpacked(page, decoder), page.elements(), first, last);
      }
      start = end;
    }
  }

  private byte[] unpacked(Cluster.Page page, PageDecoder decoder) throws IOException {
    Locator place = page.place();
    if (place.offset() < 0) {
      throw file.unsupported(0, "pages in other files are not supported");
    }
    int extra = page.checksum() ? CHECKSUM : 0;
    byte[] packed = file.read(place.offset(), place.bytes() + extra);
    int end = packed.length - extra;
    if (page.checksum()) {
      long stored = ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN).getLong(end);
      if (Hashing.xxh3_64().hashBytesToLong(packed, 0, end) != stored) {
        throw file.error(place.offset(), "the checksum of a page does not match: it is damaged");
      }
    }
    return Blocks.unpack(
        packed, 0, end, decoder.pageBytes(page.elements()), file.name(), place.offset());
  }
}
