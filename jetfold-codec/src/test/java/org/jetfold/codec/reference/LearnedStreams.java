package org.jetfold.codec.reference;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The streams of a block's modelled columns, sections 12.4 and 12.5. */
final class LearnedStreams {
  private static final long LOWEST = 1L << 31;

  private final LearnedModel model;
  private final ByteCursor[] in;
  private final long[][] given;
  private final int rows;
  private final int[][] contexts;
  private final int[] phases;
  private final Coder[] coders;
  private final int[][] cellOf;

  /** The states and words of a stream. */
  private static final class Coder {
    private final ByteCursor in;
    private final int rows;
    private final long tail;
    private final long[] states;
    private int bit;
    private int current;
    private final Deque<Long> words = new ArrayDeque<>();

    Coder(ByteCursor in, int rows) {
      this.in = in;
      this.rows = rows;
      tail = in.varint(rows - 1);
      states = new long[tail == 0 ? 1 : 16];
      for (int s = 0; s < states.length; s++) {
        int n = (int) bits(5);
        long lowest = bits(31);
        states[s] = (1L << (31 + n)) + (bits(n) << 31) + lowest;
      }
      while (bit % 8 != 0) {
        if (bits(1) != 0) {
          throw in.damaged("the last byte of the states is not filled with zeros");
        }
      }
    }

    private long bits(int count) {
      long value = 0;
      for (int b = 0; b < count; b++, bit++) {
        if (bit % 8 == 0) {
          current = in.bytes(1)[0];
        }
        value |= (long) (current >> (bit % 8) & 1) << b;
      }
      return value;
    }

    private int stateOf(int row) {
      return tail == 0 || row >= rows - tail ? 0 : row % 16;
    }

    long slot(int row) {
      return states[stateOf(row)] % (1 << 24);
    }

    void advance(int row, long start, long end) {
      int s = stateOf(row);
      long x = (end - start) * (states[s] >>> 24) + slot(row) - start;
      if (x < LOWEST) {
        x = x << 32 | (words.isEmpty() ? in.u32() : words.remove());
      }
      states[s] = x;
      if (tail > 0 && row == rows - tail - 1) {
        for (int other = 1; other < 16; other++) {
          if (states[other] < 1L << 32 || states[other] >= 1L << 33) {
            throw in.damaged("a state is no word");
          }
          words.add(states[other] - (1L << 32));
        }
      }
    }

    void finish() {
      if (states[0] != LOWEST || !words.isEmpty()) {
        throw in.damaged("a coder is not where it was at first");
      }
    }
  }

  /** A row to be decoded: its number, the event's first row, and the event's size. */
  private record Row(int number, int first, int size) {}

  private LearnedStreams(
      LearnedModel model,
      ByteCursor[] in,
      long[][] given,
      int[][] contexts,
      int rows,
      int[] phases) {
    this.contexts = contexts;
    this.model = model;
    this.in = in;
    this.given = given;
    this.rows = rows;
    this.phases = phases;
    coders = new Coder[in.length];
    cellOf = new int[in.length][rows];
  }

  /**
   * Decodes the streams of all columns of a model.
   *
   * @param in null where the symbols are given
   * @param given null where they are not
   * @param contexts for each context, each row's cell; −1 where a list has no such entry
   * @param counts the rows of each event; not looked at where the model knows no events
   * @param phases of each row
   */
  static long[][] decode(
      LearnedModel model,
      ByteCursor[] in,
      long[][] given,
      int[][] contexts,
      long[] counts,
      int rows,
      int[] phases) {
    if (rows == 0) {
      for (ByteCursor stream : in) {
        if (stream != null) {
          stream.expectEnd();
        }
      }
      return new long[in.length][0];
    }
    return new LearnedStreams(model, in, given, contexts, rows, phases).decode(counts);
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
      boolean isCoded = given[j] == null && model.cells().get(j).count() > 1;
      coders[j] = isCoded ? new Coder(in[j], rows) : null;
    }
    List<Row> order = order(counts);
    for (int position = 0; position < rows; position++) {
      decodeRow(order.get(position), position);
    }
    long[][] symbols = new long[columns][rows];
    for (int j = 0; j < columns; j++) {
      if (coders[j] != null) {
        coders[j].finish();
      }
      if (given[j] == null) {
        readRawBits(j, order, symbols);
      } else {
        symbols[j] = given[j];
      }
    }
    return symbols;
  }

  private void decodeRow(Row row, int position) {
    float[] x = new float[model.inputs(in.length)];
    int place = row.number() - row.first();
    float shift = phases[row.number()] / 256f;
    int at = 0;
    if (model.events()) {
      int places = model.places();
      x[Math.min(place, places - 1)] = 1;
      x[places + Math.min(row.size(), 8) - 1] = 1;
      x[places + 8] = place * 0.2f;
      x[places + 9] = row.size() * 0.2f;
      at = places + 10;
    }
    for (int c = 0; c < contexts.length; c++) {
      int cell = contexts[c][row.number()];
      if (cell >= 0) {
        float[] known = model.contextCells().get(c).inputs(cell, 0);
        x[at] = known[0];
        x[at + 1] = known[1];
      }
      at += 2;
    }
    LearnedNetwork network = new LearnedNetwork(model);
    for (int j = 0; j < in.length; j++) {
      Cells cells = model.cells().get(j);
      if (model.events()) {
        if (place > 0) {
          float[] leading = cells.inputs(cellOf[j][row.first()], shift);
          float[] before = cells.inputs(cellOf[j][row.number() - 1], shift);
          x[at] = leading[0];
          x[at + 1] = leading[1];
          x[at + 2] = before[0];
          x[at + 3] = before[1];
        }
        at += 4;
      }
      network.step(j, x);
      int cell =
          given[j] != null
              ? cells.of(difference(j, row.number()))
              : cells.count() == 1 ? 0 : decodeCell(network, j, position, shift);
      cellOf[j][row.number()] = cell;
      float[] own = cells.inputs(cell, shift);
      x[at] = own[0];
      x[at + 1] = own[1];
      at += 2;
    }
  }

  /** The given symbol of a row, less that of the column that it refers to. */
  private long difference(int j, int row) {
    int reference = model.cells().get(j).reference();
    return reference < 0 ? given[j][row] : given[j][row] - given[reference][row];
  }

  private int decodeCell(LearnedNetwork network, int j, int position, float shift) {
    Cells cells = model.cells().get(j);
    long slot = coders[j].slot(position);
    int low = 0;
    int high = cells.count();
    while (high - low > 1) {
      int middle = (low + high) / 2;
      if (network.cumulative(cells, middle, shift) <= slot) {
        low = middle;
      } else {
        high = middle;
      }
    }
    coders[j].advance(
        position, network.cumulative(cells, low, shift), network.cumulative(cells, low + 1, shift));
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
