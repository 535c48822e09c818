package org.jetfold.train;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import org.jetfold.codec.network.AutoregressiveShape;
import org.jetfold.codec.network.AutoregressiveWeights;
import org.jetfold.codec.network.Kernel;

/**
 * The masked network on libtorch, and what a batch of rows costs with it. The mathematics is that
 * of the codec's kernels (docs/density.md), up to rounding. Not thread-safe.
 */
final class TorchNetwork implements AutoCloseable {
  private static final float LARGEST_LOG_WEIGHT = 30;
  private static final float LARGEST_CENTRE = 64;
  private static final float LOWEST_LOG_SCALE = -9;
  private static final float HIGHEST_LOG_SCALE = 4;

  private final AutoregressiveShape shape;
  private final DenseLayout layout;
  private final NDManager manager;
  private final NDArray[] weights;
  private final NDArray[] masks;
  private final NDArray cellShare;

  /**
   * A network.
   *
   * @param cells the number of cells of each column
   */
  TorchNetwork(AutoregressiveShape shape, int[] cells, AutoregressiveWeights initial) {
    this.shape = shape;
    layout = new DenseLayout(shape);
    manager = Engine.getEngine("PyTorch").newBaseManager(Engine.getEngine("PyTorch").defaultDevice());
    weights = new NDArray[layout.matrices()];
    masks = new NDArray[layout.matrices()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = manager.create(layout.dense(i, initial.arrays()[i]), dimensions(i));
      masks[i] = manager.create(layout.mask(i), dimensions(i));
    }
    // Every cell has one count; the mixture shares out the rest.
    float[] shares = new float[cells.length];
    for (int column = 0; column < cells.length; column++) {
      shares[column] = 1 - (float) cells[column] / (1 << Kernel.PRECISION);
    }
    cellShare = manager.create(shares, new Shape(1, cells.length));
  }

  private Shape dimensions(int matrix) {
    return new Shape(layout.rows(matrix), layout.lines(matrix));
  }

  /** Where it runs: a GPU where there is one. */
  Device device() {
    return manager.getDevice();
  }

  NDManager manager() {
    return manager;
  }

  /** The weights, to be changed in place by an optimizer. */
  NDArray[] parameters() {
    return weights;
  }

  /** Whether a matrix is one of biases. */
  boolean isBias(int matrix) {
    return matrix == 1 || matrix == 3 || matrix == 6;
  }

  AutoregressiveWeights weights() {
    float[][] arrays = new float[weights.length][];
    for (int i = 0; i < arrays.length; i++) {
      arrays[i] = layout.weights(i, weights[i].toFloatArray());
    }
    return AutoregressiveWeights.of(arrays);
  }

  void set(AutoregressiveWeights values) {
    for (int i = 0; i < weights.length; i++) {
      set(i, values.arrays()[i]);
    }
  }

  /** Sets one of the arrays of {@link AutoregressiveWeights}. */
  void set(int array, float[] values) {
    weights[array].set(layout.dense(array, values));
  }

  /**
   * The mean loss of a batch in bits a row, without raw bits, and its gradients.
   *
   * @param gradients receives one for each matrix, in {@code batch}'s manager
   */
  float learn(RowTensors.Batch batch, NDArray[] gradients) {
    NDManager scope = batch.inputs().getManager();
    NDArray[] leaves = new NDArray[weights.length];
    for (int i = 0; i < leaves.length; i++) {
      leaves[i] = weights[i].duplicate();
      leaves[i].attach(scope);
      leaves[i].setRequiresGradient(true);
    }
    float bits;
    try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      NDArray loss = bits(batch, leaves).sum(new int[] {1}).mean();
      collector.backward(loss);
      bits = loss.getFloat();
    }
    for (int i = 0; i < leaves.length; i++) {
      gradients[i] = leaves[i].getGradient().muli(masks[i]);
    }
    return bits;
  }

  /**
   * The mean loss of some rows in bits a row, without raw bits.
   *
   * @param size how many rows to look at together
   */
  double bits(RowTensors rows, int[] chosen, int size) {
    double sum = 0;
    for (int from = 0; from < chosen.length; from += size) {
      int[] part =
          Arrays.copyOfRange(chosen, from, Math.min(from + size, chosen.length));
      try (NDManager scope = manager.newSubManager()) {
        NDArray[] views = new NDArray[weights.length];
        for (int i = 0; i < views.length; i++) {
          views[i] = weights[i].duplicate();
          views[i].attach(scope);
        }
        sum += bits(rows.batch(scope, part), views).sum().getFloat();
      }
    }
    return sum / chosen.length;
  }

  /** Rows × columns: what each value costs. */
  private NDArray bits(RowTensors.Batch batch, NDArray[] w) {
    int k = shape.components();
    int columns = shape.columns();
    NDArray x = batch.inputs();
    NDArray outputs = x.matMul(w[5]).add(w[6]);
    if (shape.hidden() > 0) {
      NDArray first = Activation.relu(x.matMul(w[0]).add(w[1]));
      NDArray second = Activation.relu(first.matMul(w[2]).add(w[3]));
      outputs = outputs.add(second.matMul(w[4]));
    }
    NDList parts = outputs.reshape(-1, 3L * k, columns).split(3, 1);
    NDArray logWeights = parts.get(0).clip(-LARGEST_LOG_WEIGHT, LARGEST_LOG_WEIGHT).softmax(1);
    NDArray centres = parts.get(1).clip(-LARGEST_CENTRE, LARGEST_CENTRE);
    NDArray steepness = parts.get(2).clip(LOWEST_LOG_SCALE, HIGHEST_LOG_SCALE).neg().exp();
    NDArray lower = batch.lower().sub(centres).mul(steepness);
    NDArray upper = batch.upper().sub(centres).mul(steepness);
    // σ(b) − σ(a) loses all digits where both are near 1: there, σ(−a) − σ(−b) is taken.
    NDArray side =
        lower.add(upper).gt(0).toType(DataType.FLOAT32, false).mul(-2).add(1).stopGradient();
    NDArray share =
        Activation.sigmoid(upper.mul(side)).sub(Activation.sigmoid(lower.mul(side))).mul(side);
    return share
        .mul(logWeights)
        .sum(new int[] {1})
        .mul(cellShare)
        .add(1f / (1 << Kernel.PRECISION))
        .log()
        .mul(-1 / Math.log(2));
  }

  @Override
  public void close() {
    manager.close();
  }
}
