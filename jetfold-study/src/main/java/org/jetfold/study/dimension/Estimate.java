package org.jetfold.study.dimension;

/**
 * A number with its statistical error.
 *
 * @param value the number
 * @param error one standard deviation
 */
public record Estimate(double value, double error) {
  /** Mean and standard deviation of replicas, as of a bootstrap. */
  static Estimate ofReplicas(double[] replicas) {
    double sum = 0;
    for (double replica : replicas) {
      sum += replica;
    }
    double mean = sum / replicas.length;
    double squares = 0;
    for (double replica : replicas) {
      squares += (replica - mean) * (replica - mean);
    }
    return new Estimate(mean, Math.sqrt(squares / (replicas.length - 1)));
  }
}
