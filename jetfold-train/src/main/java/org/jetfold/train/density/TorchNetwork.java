package org.jetfold.train.density;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import org.jetfold.codec.network.AutoregressiveShape;
import org.jetfold.codec.network.AutoregressiveWeights;
import org.jetfold.codec.network.Kernel;
import org.jetfold.train.optimization.Backpropagation;
import org.jetfold.train.optimization.Trainable;

/**
 * The masked network on libtorch, and the loss of rows. The mathematics is that of the codec's
 * kernels (docs/density.md), up to rounding. Not thread-safe.
 */
final class TorchNetwork implements Trainable, AutoCloseable {
  /** Rows whose loss is computed together. */
  private static final int MAX_ROWS = 1024;

  private static final float MAX_LOG_WEIGHT = 30;
  private static final float MAX_CENTRE = 64;
  private static final float MIN_LOG_SCALE = -9;
  private static final float MAX_LOG_SCALE = 4;

  private final AutoregressiveShape shape;
  private final DenseLayout layout;
  private final Backpropagation backpropagation;
  private final NDManager manager;
  private final NDArray[] weights;
  private final NDArray[] masks;
  private final NDArray cellShare;

  /**
   * A network.
   *
   * @param cells the number of cells of each column
   * @param threads how many threads to use
   */
  TorchNetwork(AutoregressiveShape shape, int[] cells, AutoregressiveWeights initial, int threads) {
    this.shape = shape;
    layout = new DenseLayout(shape);
    manager =
        Engine.getEngine("PyTorch").newBaseManager(Engine.getEngine("PyTorch").defaultDevice());
    weights = new NDArray[layout.matrices()];
    masks = new NDArray[layout.matrices()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = manager.create(layout.dense(i, initial.arrays()[i]), dimensions(i));
      masks[i] = manager.create(layout.mask(i), dimensions(i));
    }
    // Every cell has one count; the mixture divides the rest.
    float[] shares = new float[cells.length];
    for (int column = 0; column < cells.length; column++) {
      shares[column] = 1 - (float) cells[column] / (1 << Kernel.PRECISION);
    }
    cellShare = manager.create(shares, new Shape(1, cells.length));
    backpropagation = new Backpropagation(this, threads);
  }

  private Shape dimensions(int matrix) {
    return new Shape(layout.rows(matrix), layout.lines(matrix));
  }

  @Override
  public NDManager manager() {
    return manager;
  }

  /** The weights, to be changed in place by an optimizer; others after a {@link #set}. */
  @Override
  public NDArray[] parameters() {
    return weights;
  }

  @Override
  public boolean isBias(int matrix) {
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
    // Not NDArray.set, which makes libtorch print a warning.
    weights[array].close();
    weights[array] = manager.create(layout.dense(array, values), dimensions(array));
  }

  /**
   * The mean loss of some rows in bits per row, without raw bits, and its gradients. Rows count by
   * their weights, of which the mean over all rows of the sample is 1.
   *
   * @param scope owns the gradients and all intermediate arrays
   * @param gradients receives one for each matrix
   */
  double lossAndGradients(RowTensors rows, int[] chosen, NDManager scope, NDArray[] gradients) {
    double bits =
        backpropagation.lossAndGradients(
            chosen,
            backpropagation.parts(chosen.length),
            chosen.length,
            loss(rows),
            scope,
            gradients);
    for (int matrix = 0; matrix < gradients.length; matrix++) {
      gradients[matrix].muli(masks[matrix]);
    }
    return bits;
  }

  private Backpropagation.Loss loss(RowTensors rows) {
    return (arrays, part, unused, scope) -> {
      RowTensors.Batch batch = rows.batch(scope, part);
      NDArray bits = bits(batch, arrays);
      NDArray weights = batch.weights();
      return weights == null ? bits.sum() : bits.mul(weights).sum();
    };
  }

  /** The mean loss of some rows in bits per row, without raw bits. */
  double bits(RowTensors rows, int[] chosen) {
    return backpropagation.loss(chosen, MAX_ROWS, loss(rows)) / rows.weight(chosen);
  }

  /** Rows × columns: the bits of each value. */
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
    NDArray logWeights = parts.get(0).clip(-MAX_LOG_WEIGHT, MAX_LOG_WEIGHT).softmax(1);
    NDArray centres = parts.get(1).clip(-MAX_CENTRE, MAX_CENTRE);
    NDArray steepness = parts.get(2).clip(MIN_LOG_SCALE, MAX_LOG_SCALE).neg().exp();
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
    backpropagation.close();
    manager.close();
  }
}
