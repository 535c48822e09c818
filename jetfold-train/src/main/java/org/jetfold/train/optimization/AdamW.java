package org.jetfold.train.optimization;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter, 2019). DJL's own gives no access to the
 * moments, which a checkpoint needs. Not thread-safe.
 */
final class AdamW {
  private static final float BETA1 = 0.9f;
  private static final float EPSILON = 1e-8f;

  private final Trainable network;
  private final float decay;
  private final float beta2;
  private final NDArray[] means;
  private final NDArray[] squares;
  private int steps;

  /**
   * An optimizer before its first step.
   *
   * @param decay weight decay
   * @param beta2 how much of the mean square of gradients a step keeps
   */
  AdamW(Trainable network, float decay, float beta2) {
    this.network = network;
    this.decay = decay;
    this.beta2 = beta2;
    NDArray[] parameters = network.parameters();
    means = new NDArray[parameters.length];
    squares = new NDArray[parameters.length];
    for (int i = 0; i < parameters.length; i++) {
      means[i] = network.manager().zeros(parameters[i].getShape(), DataType.FLOAT32);
      squares[i] = network.manager().zeros(parameters[i].getShape(), DataType.FLOAT32);
    }
  }

  /**
   * Changes the network's weights.
   *
   * @param gradients one for each matrix; changed
   * @param usable whether the gradients are finite; the weights stay as they are otherwise
   */
  void step(NDArray[] gradients, float rate, boolean usable) {
    steps++;
    if (!usable) {
      return;
    }
    double meanCorrection = 1 - Math.pow(BETA1, steps);
    double squareCorrection = 1 - Math.pow(beta2, steps);
    for (int i = 0; i < gradients.length; i++) {
      NDArray gradient = gradients[i];
      NDArray weights = network.parameters()[i];
      squares[i].muli(beta2).addi(gradient.mul(gradient).muli(1 - beta2));
      means[i].muli(BETA1).addi(gradient.muli(1 - BETA1));
      if (!network.isBias(i)) {
        weights.muli(1 - rate * decay);
      }
      // The results live as long as the arrays that they come from, unless they are closed.
      try (NDArray square = squares[i].div(squareCorrection);
          NDArray deviation = square.sqrt().addi(EPSILON);
          NDArray change = means[i].div(deviation)) {
        weights.subi(change.muli(rate / meanCorrection));
      }
    }
  }

  int steps() {
    return steps;
  }

  float[][] means() {
    return arrays(means);
  }

  float[][] squares() {
    return arrays(squares);
  }

  private static float[][] arrays(NDArray[] tensors) {
    float[][] arrays = new float[tensors.length][];
    for (int i = 0; i < arrays.length; i++) {
      arrays[i] = tensors[i].toFloatArray();
    }
    return arrays;
  }

  /** Takes over another optimizer's state. */
  void restore(int otherSteps, float[][] otherMeans, float[][] otherSquares) {
    steps = otherSteps;
    for (int i = 0; i < means.length; i++) {
      means[i].close();
      squares[i].close();
      Shape shape = network.parameters()[i].getShape();
      means[i] = network.manager().create(otherMeans[i], shape);
      squares[i] = network.manager().create(otherSquares[i], shape);
    }
  }
}
