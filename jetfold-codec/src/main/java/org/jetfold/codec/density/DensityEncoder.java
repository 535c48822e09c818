package org.jetfold.codec.density;

import org.jetfold.codec.bytes.ByteWriter;
import org.jetfold.codec.entropy.IntervalCoder;
import org.jetfold.codec.entropy.StreamBuffers;
import org.jetfold.codec.network.AutoregressiveNetwork;
import org.jetfold.codec.network.Kernel;

/**
 * Writes the streams of a block's modelled columns (docs/format.md section 12.5). Immutable and
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
    this.context = ContextInputs.of(model);
  }

  /**
   * The intervals of a block's symbols.
   *
   * @param symbols of each column of the model, in its order, a symbol per row
   * @throws IllegalArgumentException where the model has no cell for a symbol, and no escape
   */
  public Intervals intervals(long[][] symbols, EventOrder order) {
    return Intervals.of(model, network, context, symbols, order);
  }

  /**
   * Writes streams.
   *
   * @param out one per column
   */
  public void encode(Intervals intervals, EventOrder order, ByteWriter[] out) {
    for (int column = 0; column < out.length; column++) {
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
    alphabet.rawBits().pack(inOrder, 0, cellsInOrder, count, out, new StreamBuffers());
  }
}
