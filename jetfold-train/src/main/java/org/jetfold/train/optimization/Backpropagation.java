package org.jetfold.train.optimization;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Arrays;
import java.util.List;

/**
 * The loss of a batch, and its gradients, on libtorch: each of several threads does a part of the
 * rows. Closing it ends the threads. Not thread-safe.
 */
public final class Backpropagation implements AutoCloseable {
  private final Trainable network;
  private final Shards shards;

  public Backpropagation(Trainable network, int threads) {
    this.network = network;
    shards = new Shards(threads);
  }

  /** A sum over rows, computed from a network's arrays. */
  public interface Loss {
    /**
     * The sum.
     *
     * @param arrays a thread's copies of the network's arrays
     * @param part the number of the part, from 0
     * @param scope owns all intermediate arrays
     */
    NDArray of(NDArray[] arrays, int[] rows, int part, NDManager scope);
  }

  private record Part(double loss, NDArray[] gradients) {}

  /** Into how many parts rows are best divided: one where libtorch has a GPU. */
  public int parts(int rows) {
    return network.manager().getDevice().isGpu() ? 1 : shards.parts(rows);
  }

  /**
   * The loss of some rows and its gradients.
   *
   * @param parts into how many parts they are divided
   * @param share what the sum is divided by
   * @param scope owns the gradients and all intermediate arrays
   * @param gradients receives one for each array
   */
  public double lossAndGradients(
      int[] rows, int parts, double share, Loss loss, NDManager scope, NDArray[] gradients) {
    List<Part> done =
        shards.forEach(
            parts, i -> gradients(part(rows, i, parts), i, share, loss, scope.newSubManager()));
    double sum = 0;
    for (int i = 0; i < parts; i++) {
      sum += done.get(i).loss();
      for (int array = 0; array < gradients.length; array++) {
        NDArray gradient = done.get(i).gradients()[array];
        gradients[array] = i == 0 ? gradient : gradients[array].addi(gradient);
      }
    }
    return sum;
  }

  private Part gradients(int[] rows, int part, double share, Loss loss, NDManager scope) {
    // The mode belongs to the thread. DJL's own class for it allows one thread at a time.
    JniUtils.setGradMode(true);
    try {
      NDArray[] leaves = copies(scope);
      for (NDArray leaf : leaves) {
        leaf.setRequiresGradient(true);
      }
      NDArray mean = loss.of(leaves, rows, part, scope).div((float) share);
      JniUtils.backward(
          (PtNDArray) mean,
          (PtNDArray) scope.ones(mean.getShape(), DataType.FLOAT32),
          /* keepGraph= */ false,
          /* createGraph= */ false);
      NDArray[] gradients = new NDArray[leaves.length];
      for (int i = 0; i < leaves.length; i++) {
        gradients[i] =
            leaves[i].hasGradient()
                ? leaves[i].getGradient()
                : scope.zeros(leaves[i].getShape(), DataType.FLOAT32);
      }
      return new Part(mean.getFloat(), gradients);
    } finally {
      JniUtils.setGradMode(false);
    }
  }

  /**
   * The loss of some rows, without gradients.
   *
   * @param maxRows of a part
   */
  public double loss(int[] rows, int maxRows, Loss loss) {
    int parts = Math.max(parts(rows.length), (rows.length + maxRows - 1) / maxRows);
    double sum = 0;
    for (double part : shards.forEach(parts, i -> lossOfPart(part(rows, i, parts), i, loss))) {
      sum += part;
    }
    return sum;
  }

  private double lossOfPart(int[] rows, int part, Loss loss) {
    JniUtils.setGradMode(false);
    try (NDManager scope = network.manager().newSubManager()) {
      return loss.of(copies(scope), rows, part, scope).getFloat();
    }
  }

  private NDArray[] copies(NDManager scope) {
    NDArray[] copies = new NDArray[network.parameters().length];
    for (int i = 0; i < copies.length; i++) {
      copies[i] = network.parameters()[i].duplicate();
      copies[i].attach(scope);
    }
    return copies;
  }

  private static int[] part(int[] rows, int part, int count) {
    int from = (int) ((long) rows.length * part / count);
    int to = (int) ((long) rows.length * (part + 1) / count);
    return Arrays.copyOfRange(rows, from, to);
  }

  @Override
  public void close() {
    shards.close();
  }
}
