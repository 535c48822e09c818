package org.jetfold.codec.reference;

import java.util.ArrayList;
import java.util.List;

/** Rows of cells of equal width, one after the other, from offset 0 on; sections 6.3 and 6.4. */
final class Rows {
  private final List<Row> rows = new ArrayList<>();
  private long cells;
  private long end;

  /** A row, whose last cell may be cut. */
  private record Row(long firstCell, long start, long end, long width, long point) {
    long cells() {
      return (end - start - 1) / width + 1;
    }

    long pointOf(long cell) {
      return Math.min(start + (cell - firstCell) * width + point, end - 1);
    }

    long cellOf(long offset) {
      return firstCell + (offset - start) / width;
    }
  }

  /** Adds a row that ends before an offset, of cells whose point lies so far behind their start. */
  void add(long newEnd, long width, long point) {
    Row row = new Row(cells, end, newEnd, width, point);
    rows.add(row);
    cells += row.cells();
    end = newEnd;
  }

  /** The number of cells. */
  long cells() {
    return cells;
  }

  /** Where the next row starts. */
  long end() {
    return end;
  }

  /** The offset that stands for a cell. */
  long pointOf(long cell) {
    Row found = rows.getFirst();
    for (Row row : rows) {
      found = row.firstCell() <= cell ? row : found;
    }
    return found.pointOf(cell);
  }

  /** The cell that an offset lies in. */
  long cellOf(long offset) {
    Row found = rows.getFirst();
    for (Row row : rows) {
      found = row.start() <= offset ? row : found;
    }
    return found.cellOf(offset);
  }
}
