package org.jetfold.train.density;

/**
 * The progress of a training, and its learning rate: a warm-up, then half a cosine down to almost
 * nothing. Progress is the used share of the time or of the steps, whichever is larger. Immutable.
 *
 * @param seconds the time for the training
 * @param steps the steps for the training
 * @param maxRate the largest learning rate
 */
record Schedule(double seconds, int steps, double maxRate) {
  /** For random initial weights. */
  static final double MAX_RATE = 4e-3;

  /** For the weights of a trained model, which larger steps would undo. */
  static final double MAX_RATE_FROM_START = 1e-3;

  private static final double WARM_UP = 0.05;
  private static final double MIN_RATE = 1e-6;

  /** From 0 to 1. */
  double progress(double elapsed, int step) {
    return Math.min(1, Math.max(elapsed / seconds, (double) step / steps));
  }

  float rate(double progress) {
    double share =
        progress < WARM_UP
            ? progress / WARM_UP
            : 0.5 * (1 + Math.cos(Math.PI * (progress - WARM_UP) / (1 - WARM_UP)));
    return (float) (maxRate * share + MIN_RATE);
  }
}
