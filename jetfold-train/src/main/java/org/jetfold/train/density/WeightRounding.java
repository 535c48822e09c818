package org.jetfold.train.density;

import java.util.Arrays;
import org.jetfold.codec.density.QuantizedWeights;
import org.jetfold.codec.network.AutoregressiveWeights;
import org.jetfold.train.TrainingInterruptedException;

/**
 * Chooses how coarsely each array of weights is rounded. Coarse steps cost bits of the rows, fine
 * steps cost bits of the model.
 *
 * <p>The cost of rounding each array is measured alone, and the costs are assumed to add up. The
 * chosen steps of all arrays are then measured together, and made finer while they cost too much.
 */
final class WeightRounding {
  /** The finest step is two to this power. */
  private static final int MIN_EXPONENT = -9;

  /** The coarsest step is two to this power. */
  private static final int MAX_EXPONENT = 0;

  /** Rounding the weights of a shared model may cost so many bits per row. */
  private static final double MAX_LOSS_OF_SHARED = 0.005;

  /** The steps of a shared model are first chosen as if it were stored with so many rows. */
  private static final double MANY_ROWS = 1 << 26;

  /** With so many rows every array has the finest steps that gain anything. */
  private static final double MAX_ROWS = MANY_ROWS * (1 << 16);

  /** Where rounding an array costs so many bits per row, no coarser step is tried. */
  private static final double MAX_LOSS_OF_ARRAY = 4;

  private final TorchNetwork network;
  private final AutoregressiveWeights weights;
  private final RowTensors rows;
  private final int[] measured;
  private final double exactBits;
  private final double[][] losses;
  private final double[][] sizes;

  /**
   * Measures the cost of each step.
   *
   * @param network whose weights will be changed
   * @param measured the numbers of the rows to measure with
   * @throws TrainingInterruptedException where the thread was interrupted, here and below
   */
  WeightRounding(
      TorchNetwork network, AutoregressiveWeights weights, RowTensors rows, int[] measured) {
    this.network = network;
    this.weights = weights;
    this.rows = rows;
    this.measured = measured;
    network.set(weights);
    exactBits = bits();
    float[][] arrays = weights.arrays();
    int candidates = MAX_EXPONENT - MIN_EXPONENT + 1;
    losses = new double[arrays.length][candidates];
    sizes = new double[arrays.length][candidates];
    for (int a = 0; a < arrays.length; a++) {
      boolean tooCoarse = arrays[a].length == 0;
      for (int c = 0; c < candidates; c++) {
        sizes[a][c] = bits(arrays[a], step(c));
        if (!tooCoarse) {
          network.set(a, rounded(arrays[a], step(c)));
          // What a coarser step gains by chance, it loses beside the other arrays.
          double change = Math.abs(bits() - exactBits);
          losses[a][c] = c == 0 ? change : Math.max(losses[a][c - 1], change);
          tooCoarse = losses[a][c] > MAX_LOSS_OF_ARRAY;
        } else if (arrays[a].length > 0) {
          losses[a][c] = Double.POSITIVE_INFINITY;
        }
      }
      network.set(a, arrays[a]);
    }
  }

  private double bits() {
    if (Thread.currentThread().isInterrupted()) {
      throw new TrainingInterruptedException();
    }
    return network.bits(rows, measured);
  }

  private static float step(int candidate) {
    return Math.scalb(1f, MIN_EXPONENT + candidate);
  }

  private static float[] rounded(float[] array, float step) {
    float[] rounded = new float[array.length];
    for (int i = 0; i < array.length; i++) {
      rounded[i] = (float) Math.rint((double) array[i] / step) * step;
    }
    return rounded;
  }

  /** An estimate of the bits that the multiples take: their entropy, and those of its table. */
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

  /**
   * Weights for a model that is stored with so many rows: those that make both together smallest.
   */
  QuantizedWeights storedWith(long rowsToCode) {
    return QuantizedWeights.of(weights, chosen((double) rowsToCode));
  }

  /** Weights for a shared model: the smallest that cost almost nothing. */
  QuantizedWeights shared() {
    double low = 1;
    double high = MANY_ROWS;
    while (loss(QuantizedWeights.of(weights, chosen(high))) > MAX_LOSS_OF_SHARED
        && high < MAX_ROWS) {
      high *= 16;
    }
    while (high / low > 1.2) {
      double middle = Math.sqrt(low * high);
      if (loss(QuantizedWeights.of(weights, chosen(middle))) <= MAX_LOSS_OF_SHARED) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return QuantizedWeights.of(weights, chosen(high));
  }

  private double loss(QuantizedWeights quantized) {
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
