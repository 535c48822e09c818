package org.jetfold.train.density;

import org.jetfold.codec.density.Alphabet;
import org.jetfold.codec.density.DensityModel;
import org.jetfold.codec.density.Intervals;
import org.jetfold.codec.network.Kernel;

/**
 * What a model takes for rows: found from the very intervals that the coder would be given, so that
 * nothing is left out but what a block's streams begin and end with.
 */
final class HeldOutCost {
  private HeldOutCost() {}

  /** For each column of the model, bits a row. */
  static double[] bits(DensityModel model, TrainingData data) {
    Intervals intervals = Intervals.of(model, data.symbols(), data.order());
    double[] bits = new double[data.columns().size()];
    for (int column = 0; column < bits.length; column++) {
      Alphabet alphabet = model.alphabets().get(column);
      byte[] raw = alphabet.levels();
      int[] starts = intervals.starts()[column];
      int[] ends = intervals.ends()[column];
      double nats = 0;
      long rawBits = 0;
      for (int i = 0; i < starts.length; i++) {
        nats -= Math.log(ends[i] - starts[i]);
        rawBits += raw[intervals.cells()[column][i]];
      }
      bits[column] = Kernel.PRECISION + (nats / Math.log(2) + rawBits) / starts.length;
    }
    return bits;
  }
}
