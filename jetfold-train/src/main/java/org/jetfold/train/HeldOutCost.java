package org.jetfold.train;

import org.jetfold.codec.bytes.ByteWriter;
import org.jetfold.codec.density.DensityEncoder;
import org.jetfold.codec.density.DensityModel;
import org.jetfold.codec.network.Kernels;

/** What a model takes for rows, found by coding them as a file would hold them. */
final class HeldOutCost {
  private static final int BLOCK_ROWS = 1 << 15;

  private HeldOutCost() {}

  /** For each column of the model, its streams' bytes. */
  static long[] bytes(DensityModel model, TrainingData data) {
    DensityEncoder encoder = new DensityEncoder(model, Kernels.best());
    int columns = data.columns().size();
    long[] bytes = new long[columns];
    int[] offsets = data.offsets();
    int event = 0;
    while (event < data.events()) {
      int end = event + 1;
      while (end < data.events() && offsets[end + 1] - offsets[event] <= BLOCK_ROWS) {
        end++;
      }
      int[] block = new int[end - event];
      for (int i = 0; i < block.length; i++) {
        block[i] = event + i;
      }
      TrainingData part = data.select(block);
      ByteWriter[] streams = new ByteWriter[columns];
      for (int column = 0; column < columns; column++) {
        streams[column] = new ByteWriter();
      }
      encoder.encode(part.symbols(), part.order(), streams);
      for (int column = 0; column < columns; column++) {
        bytes[column] += streams[column].size();
      }
      event = end;
    }
    return bytes;
  }
}
