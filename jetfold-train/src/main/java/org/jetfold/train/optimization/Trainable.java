package org.jetfold.train.optimization;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/** A network whose weights an optimizer changes. */
public interface Trainable {
  /** Owns the weights. */
  NDManager manager();

  /** The weights, which the optimizer changes in place. */
  NDArray[] parameters();

  /** Whether weight decay leaves an array alone, as it does biases. */
  boolean isBias(int parameter);
}
