package org.jetfold.codec.autoencoder;

import org.jetfold.codec.network.Kernel;

/** The function that a hidden unit applies to its sum. */
public enum Activation {
  /** The hyperbolic tangent. */
  TANH(1) {
    @Override
    void apply(Kernel kernel, float[] y, int units, int rows) {
      kernel.tanh(y, 0, units, rows);
    }
  },
  /** The sum where it is above 0, else a hundredth of it. */
  LEAKY_RELU(2) {
    @Override
    void apply(Kernel kernel, float[] y, int units, int rows) {
      kernel.leak(y, 0, units, rows, SLOPE);
    }
  };

  /** The slope of {@link #LEAKY_RELU} below 0. */
  public static final float SLOPE = 0.01f;

  private final int code;

  Activation(int code) {
    this.code = code;
  }

  /** Its number in files. */
  int code() {
    return code;
  }

  abstract void apply(Kernel kernel, float[] y, int units, int rows);
}
