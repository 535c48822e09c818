package org.jetfold.train.density;

import java.util.Arrays;
import org.jetfold.codec.density.QuantizedWeights;
import org.jetfold.codec.network.AutoregressiveWeights;
import org.jetfold.train.TrainingInterruptedException;

/**
 * Chooses how coarsely each array of weights is rounded: what rounding costs the rows against what
 * finer steps cost the model.
 *
 * <p>The loss of each array's rounding is measured alone, and taken to add up; what is chosen is
 * measured together, and made finer as long as that is too much.
 */
final class WeightRounding {
  /** Steps are two to the powers from this … */
  private static final int FINEST = -9;

  /** … to this. */
  private static final int COARSEST = 0;

  /** A shared model may lose so many bits a row by its weights' rounding. */
  private static final double LOSS_OF_SHARED = 0.005;

  /** Rows that a shared model is weighed against first. */
  private static final double MANY_ROWS = 1 << 26;

  /** And last: then no array has coarser steps than it must. */
  private static final double MOST_ROWS = MANY_ROWS * (1 << 16);

  /** Where an array's rounding costs so many bits a row, no coarser step is tried. */
  private static final double HOPELESS = 4;

  private final TorchNetwork network;
  private final AutoregressiveWeights weights;
  private final RowTensors rows;
  private final int[] judged;
  private final double exactBits;
  private final double[][] losses;
  private final double[][] sizes;

  /**
   * Measures.
   *
   * @param network whose weights will be changed
   * @param judged the rows to measure the loss on
   * @throws TrainingInterruptedException where the thread was interrupted, here and below
   */
  WeightRounding(TorchNetwork network, AutoregressiveWeights weights, RowTensors rows, int[] judged)
      throws TrainingInterruptedException {
    this.network = network;
    this.weights = weights;
    this.rows = rows;
    this.judged = judged;
    network.set(weights);
    exactBits = bits();
    float[][] arrays = weights.arrays();
    int candidates = COARSEST - FINEST + 1;
    losses = new double[arrays.length][candidates];
    sizes = new double[arrays.length][candidates];
    for (int a = 0; a < arrays.length; a++) {
      boolean tooCoarse = arrays[a].length == 0;
      for (int c = 0; c < candidates; c++) {
        sizes[a][c] = bits(arrays[a], step(c));
        if (!tooCoarse) {
          network.set(a, rounded(arrays[a], step(c)));
          losses[a][c] = bits() - exactBits;
          tooCoarse = losses[a][c] > HOPELESS;
        } else if (arrays[a].length > 0) {
          losses[a][c] = Double.POSITIVE_INFINITY;
        }
      }
      network.set(a, arrays[a]);
    }
  }

  private double bits() throws TrainingInterruptedException {
    if (Thread.currentThread().isInterrupted()) {
      throw new TrainingInterruptedException();
    }
    return network.bits(rows, judged);
  }

  private static float step(int candidate) {
    return Math.scalb(1f, FINEST + candidate);
  }

  private static float[] rounded(float[] array, float step) {
    float[] rounded = new float[array.length];
    for (int i = 0; i < array.length; i++) {
      rounded[i] = (float) Math.rint((double) array[i] / step) * step;
    }
    return rounded;
  }

  /** About how many bits the multiples take: their entropy, and something for its table. */
  private static double bits(float[] array, float step) {
    long[] multiples = new long[array.length];
    for (int i = 0; i < array.length; i++) {
      multiples[i] = (long) Math.rint((double) array[i] / step);
    }
    Arrays.sort(multiples);
    double bits = 0;
    for (int i = 0; i < multiples.length; ) {
      int end = i + 1;
      while (end < multiples.length && multiples[end] == multiples[i]) {
        end++;
      }
      bits -= (end - i) * Math.log((double) (end - i) / multiples.length) / Math.log(2);
      bits += Math.log(2.0 + end - i) / Math.log(2);
      i = end;
    }
    return bits;
  }

  /** Weights for a model that is stored with so many rows: both together take the least. */
  QuantizedWeights storedWith(long rowsToCode) {
    return QuantizedWeights.of(weights, chosen((double) rowsToCode));
  }

  /** Weights for a model that is shared: the smallest that lose next to nothing. */
  QuantizedWeights shared() throws TrainingInterruptedException {
    double fewest = 1;
    double most = MANY_ROWS;
    while (loss(QuantizedWeights.of(weights, chosen(most))) > LOSS_OF_SHARED && most < MOST_ROWS) {
      most *= 16;
    }
    while (most / fewest > 1.2) {
      double middle = Math.sqrt(fewest * most);
      if (loss(QuantizedWeights.of(weights, chosen(middle))) <= LOSS_OF_SHARED) {
        most = middle;
      } else {
        fewest = middle;
      }
    }
    return QuantizedWeights.of(weights, chosen(most));
  }

  private double loss(QuantizedWeights quantized) throws TrainingInterruptedException {
    network.set(quantized.weights());
    return bits() - exactBits;
  }

  private float[] chosen(double rowsToCode) {
    float[] steps = new float[losses.length];
    for (int a = 0; a < steps.length; a++) {
      int best = 0;
      double least = Double.POSITIVE_INFINITY;
      for (int c = 0; c < losses[a].length; c++) {
        double total = rowsToCode * losses[a][c] + sizes[a][c];
        if (total < least) {
          least = total;
          best = c;
        }
      }
      steps[a] = step(best);
    }
    return steps;
  }
}
