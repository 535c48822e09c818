package org.jetfold.codec.density;

import org.jetfold.codec.bytes.ByteWriter;
import org.jetfold.codec.entropy.IntervalCoder;
import org.jetfold.codec.entropy.RawBits;
import org.jetfold.codec.network.AutoregressiveNetwork;
import org.jetfold.codec.network.Kernel;

/**
 * Writes the streams of a block's modelled columns (docs/format.md section 12.4). Immutable and
 * safe to share.
 */
public final class DensityEncoder {
  private final DensityModel model;
  private final AutoregressiveNetwork network;
  private final ContextInputs context;

  /** An encoder for a model, run by {@code kernel}. */
  public DensityEncoder(DensityModel model, Kernel kernel) {
    this.model = model;
    this.network = model.network(kernel);
    this.context = new ContextInputs(model.shape(), model.alphabets());
  }

  /**
   * Writes streams.
   *
   * @param symbols of each column of the model, in its order, a symbol a row
   * @param out one a column
   * @throws IllegalArgumentException where the model has no cell for a symbol, and no escape
   */
  public void encode(long[][] symbols, EventOrder order, ByteWriter[] out) {
    Intervals intervals = Intervals.of(model, network, context, symbols, order);
    for (int column = 0; column < symbols.length; column++) {
      write(column, order, intervals, out[column]);
    }
  }

  private void write(int column, EventOrder order, Intervals intervals, ByteWriter out) {
    int count = order.count();
    if (count == 0) {
      return;
    }
    Alphabet alphabet = model.alphabets().get(column);
    if (alphabet.cells() > 1) {
      IntervalCoder.encode(intervals.starts()[column], intervals.ends()[column], count, out);
    }
    long[] coded = intervals.coded()[column];
    char[] cells = intervals.cells()[column];
    long[] inOrder = new long[count];
    char[] cellsInOrder = new char[count];
    for (int position = 0; position < count; position++) {
      inOrder[position] = coded[order.row(position)];
      cellsInOrder[position] = cells[order.row(position)];
    }
    RawBits.pack(alphabet.firstSymbols(), alphabet.rawBits(), inOrder, cellsInOrder, count, out);
  }
}
