package org.jetfold.train.density;

import org.jetfold.codec.density.Alphabet;
import org.jetfold.codec.density.DensityModel;
import org.jetfold.codec.density.Intervals;
import org.jetfold.codec.network.Kernel;

/**
 * How many bits rows take with a model. The coder's own intervals are used, so that only the first
 * and last bytes of a block's streams are not counted.
 */
final class CodingCost {
  private CodingCost() {}

  /** Bits per row of each column of the model; rows count by their weights. */
  static double[] bits(DensityModel model, TrainingData data) {
    Intervals intervals = Intervals.of(model, data.symbols(), data.order(model.contextAlphabets()));
    double[] bits = new double[data.columns().size()];
    for (int column = 0; column < bits.length; column++) {
      Alphabet alphabet = model.alphabets().get(column);
      byte[] raw = alphabet.levels();
      int[] starts = intervals.starts()[column];
      int[] ends = intervals.ends()[column];
      double nats = 0;
      double rawBits = 0;
      double all = 0;
      for (int i = 0; i < starts.length; i++) {
        double weight = data.weight(i);
        nats -= weight * Math.log(ends[i] - starts[i]);
        rawBits += weight * raw[intervals.cells()[column][i]];
        all += weight;
      }
      bits[column] = Kernel.PRECISION + (nats / Math.log(2) + rawBits) / all;
    }
    return bits;
  }
}
