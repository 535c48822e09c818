package org.jetfold.codec.reference;

import java.util.ArrayList;
import java.util.List;

/** The streams of a block's modelled columns, sections 12.4 and 12.5. */
final class LearnedStreams {
  private static final long LOWEST = 1L << 31;

  private final LearnedModel model;
  private final ByteCursor[] in;
  private final int rows;
  private final long[][] states;
  private final int[][] cellOf;

  /** A row to be decoded: its number, the event's first row, and the event's size. */
  private record Row(int number, int first, int size) {}

  private LearnedStreams(LearnedModel model, ByteCursor[] in, int rows) {
    this.model = model;
    this.in = in;
    this.rows = rows;
    states = new long[in.length][];
    cellOf = new int[in.length][rows];
  }

  /**
   * Decodes the streams of all columns of a model.
   *
   * @param counts the rows of each event; not looked at where the model knows no events
   */
  static long[][] decode(LearnedModel model, ByteCursor[] in, long[] counts, int rows) {
    if (rows == 0) {
      for (ByteCursor stream : in) {
        stream.expectEnd();
      }
      return new long[in.length][0];
    }
    return new LearnedStreams(model, in, rows).decode(counts);
  }

  private List<Row> order(long[] counts) {
    List<Row> order = new ArrayList<>();
    if (!model.events()) {
      for (int row = 0; row < rows; row++) {
        order.add(new Row(row, row, 0));
      }
      return order;
    }
    for (int place = 0; order.size() < rows; place++) {
      int first = 0;
      for (long count : counts) {
        if (place < count) {
          order.add(new Row(first + place, first, (int) count));
        }
        first += (int) count;
      }
    }
    return order;
  }

  private long[][] decode(long[] counts) {
    int columns = in.length;
    for (int j = 0; j < columns; j++) {
      states[j] = model.cells().get(j).count() == 1 ? new long[0] : readStates(in[j]);
    }
    List<Row> order = order(counts);
    for (int position = 0; position < rows; position++) {
      decodeRow(order.get(position), position);
    }
    long[][] symbols = new long[columns][rows];
    for (int j = 0; j < columns; j++) {
      for (long state : states[j]) {
        if (state != LOWEST) {
          throw in[j].damaged("a state is not what it was at first");
        }
      }
      readRawBits(j, order, symbols);
    }
    return symbols;
  }

  private long[] readStates(ByteCursor stream) {
    long[] read = new long[rows < 4096 ? 1 : 8];
    for (int w = 0; w < read.length; w++) {
      read[w] = stream.u64();
      if (read[w] < LOWEST) {
        throw stream.damaged("a state is out of range");
      }
    }
    return read;
  }

  private void decodeRow(Row row, int position) {
    float[] x = new float[model.inputs(in.length)];
    int place = row.number() - row.first();
    int at = 0;
    if (model.events()) {
      x[Math.min(place, 7)] = 1;
      x[8 + Math.min(row.size(), 8) - 1] = 1;
      x[16] = place * 0.2f;
      x[17] = row.size() * 0.2f;
      at = 18;
    }
    LearnedNetwork network = new LearnedNetwork(model);
    for (int j = 0; j < in.length; j++) {
      Cells cells = model.cells().get(j);
      if (model.events()) {
        if (place > 0) {
          float[] leading = cells.inputs(cellOf[j][row.first()]);
          float[] before = cells.inputs(cellOf[j][row.number() - 1]);
          x[at] = leading[0];
          x[at + 1] = leading[1];
          x[at + 2] = before[0];
          x[at + 3] = before[1];
        }
        at += 4;
      }
      network.step(j, x);
      int cell = cells.count() == 1 ? 0 : decodeCell(network, j, position);
      cellOf[j][row.number()] = cell;
      float[] own = cells.inputs(cell);
      x[at] = own[0];
      x[at + 1] = own[1];
      at += 2;
    }
  }

  private int decodeCell(LearnedNetwork network, int j, int position) {
    Cells cells = model.cells().get(j);
    int w = position % states[j].length;
    long x = states[j][w];
    long slot = x % (1 << 24);
    int low = 0;
    int high = cells.count();
    while (high - low > 1) {
      int middle = (low + high) / 2;
      if (network.cumulative(cells, middle) <= slot) {
        low = middle;
      } else {
        high = middle;
      }
    }
    long start = network.cumulative(cells, low);
    x = (network.cumulative(cells, low + 1) - start) * (x >>> 24) + slot - start;
    if (x < LOWEST) {
      x = x << 32 | in[j].u32();
    }
    states[j][w] = x;
    return low;
  }

  private void readRawBits(int j, List<Row> order, long[][] symbols) {
    Cells cells = model.cells().get(j);
    int[] levels = new int[rows];
    for (int position = 0; position < rows; position++) {
      levels[position] = cells.rawBits(cellOf[j][order.get(position).number()]);
    }
    long[] offsets = SymbolStream.rawBits(in[j], levels);
    for (int position = 0; position < rows; position++) {
      int row = order.get(position).number();
      symbols[j][row] = cells.firstSymbol(cellOf[j][row]) + offsets[position];
      if (cells.reference() >= 0) {
        symbols[j][row] += symbols[cells.reference()][row];
      }
    }
  }
}
