package org.jetfold.train.density;

/**
 * How far training is, and how fast it learns there: a warm-up, then half a cosine down to nothing.
 * Progress is the share that is used up of the time or of the steps, whichever is more. Immutable.
 *
 * @param seconds time that there is
 * @param steps steps that there are
 */
record Schedule(double seconds, int steps) {
  private static final double LARGEST_RATE = 4e-3;
  private static final double WARM_UP = 0.05;
  private static final double LOWEST_RATE = 1e-6;

  /** From 0 to 1. */
  double progress(double elapsed, int step) {
    return Math.min(1, Math.max(elapsed / seconds, (double) step / steps));
  }

  static float rate(double progress) {
    double share =
        progress < WARM_UP
            ? progress / WARM_UP
            : 0.5 * (1 + Math.cos(Math.PI * (progress - WARM_UP) / (1 - WARM_UP)));
    return (float) (LARGEST_RATE * share + LOWEST_RATE);
  }
}
