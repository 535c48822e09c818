package org.jetfold.codec.reference;

/** The network of section 12.3, one row and one step at a time. */
final class LearnedNetwork {
  private static final float L = 1.442695f;
  private static final float[] COEFFICIENTS = {
    0.0012440877f, 0.009678064f, 0.055484153f, 0.24022952f, 0.693147f, 1f
  };

  private final LearnedModel model;
  private final float[] a;
  private final float[] b;
  private final float[] mixture;
  private int atF;
  private int atS;
  private int atO;
  private int atK;

  /** A network for one row. */
  LearnedNetwork(LearnedModel model) {
    this.model = model;
    a = new float[model.hidden()];
    b = new float[model.hidden()];
    mixture = new float[3 * model.components()];
  }

  /** Takes the next step, j, which sees the inputs before I_j. */
  void step(int j, float[] x) {
    int from = model.firstUnit(j);
    int to = model.firstUnit(j + 1);
    float[][] weights = model.weights();
    for (int u = from; u < to; u++) {
      float y = weights[1][u];
      for (int i = 0; i < model.inputs(j); i++) {
        y = Math.fma(weights[0][atF++], x[i], y);
      }
      a[u] = y > 0 ? y : 0;
    }
    for (int u = from; u < to; u++) {
      float y = weights[3][u];
      for (int i = 0; i < to; i++) {
        y = Math.fma(weights[2][atS++], a[i], y);
      }
      b[u] = y > 0 ? y : 0;
    }
    for (int output = 0; output < mixture.length; output++) {
      float y = weights[6][j * mixture.length + output];
      for (int i = 0; i < to; i++) {
        y = Math.fma(weights[4][atO++], b[i], y);
      }
      for (int i = 0; i < model.inputs(j); i++) {
        y = Math.fma(weights[5][atK++], x[i], y);
      }
      mixture[output] = y;
    }
    normalize();
  }

  /** Puts weights, centres and steepnesses in the place of outputs. */
  private void normalize() {
    int k = model.components();
    float largest = -30;
    for (int i = 0; i < k; i++) {
      mixture[i] = clamp(mixture[i], -30, 30);
      largest = Math.max(largest, mixture[i]);
    }
    float sum = 0;
    for (int i = 0; i < k; i++) {
      mixture[i] = exp2((mixture[i] - largest) * L);
      sum += mixture[i];
    }
    for (int i = 0; i < k; i++) {
      mixture[i] /= sum;
      mixture[k + i] = clamp(mixture[k + i], -64, 64);
      mixture[2 * k + i] = -L * exp2(-L * clamp(mixture[2 * k + i], -9, 4));
    }
  }

  private static float clamp(float v, float lowest, float highest) {
    return v > lowest ? Math.min(v, highest) : lowest;
  }

  private static float exp2(float exponent) {
    float y = clamp(exponent, -126, 126);
    int n = (int) (y + 256) - 256;
    float r = Math.min(Math.max(y - n, 0), 1);
    float p = 2.1715024e-04f;
    for (float q : COEFFICIENTS) {
      p = Math.fma(p, r, q);
    }
    return Math.scalb(Math.min(p, 2), n);
  }

  /** C of a cell for the column of the last step. */
  int cumulative(Cells cells, int c, float shift) {
    if (c == 0 || c == cells.count()) {
      return c == 0 ? 0 : 1 << 24;
    }
    int k = model.components();
    float z = cells.boundary(c, shift);
    float sum = 0;
    for (int i = 0; i < k; i++) {
      float logistic = 1 / (1 + exp2((z - mixture[k + i]) * mixture[2 * k + i]));
      sum = Math.fma(mixture[i], logistic, sum);
    }
    float g = (1 << 24) - cells.count();
    return c + (int) (Math.min(sum, 1) * g);
  }
}
