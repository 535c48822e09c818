package org.jetfold.train.descent;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/** A network whose weights an optimizer changes. */
public interface Trainable {
  /** Owns the weights. */
  NDManager manager();

  /** The weights, to be changed in place. */
  NDArray[] parameters();

  /** Whether an array is one of biases, or another that weight decay leaves alone. */
  boolean isBias(int parameter);
}
