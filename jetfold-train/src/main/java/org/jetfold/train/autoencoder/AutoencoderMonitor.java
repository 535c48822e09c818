package org.jetfold.train.autoencoder;

/** Is told how the training of an autoencoder goes, on the thread that trains. */
public interface AutoencoderMonitor {
  /**
   * Training begins.
   *
   * @param rows rows to learn from
   * @param heldOutRows rows to judge by
   * @param weights weights and biases
   * @param resumedAt the share of training that a checkpoint has done; 0 at a fresh start
   */
  void begins(int rows, int heldOutRows, long weights, double resumedAt);

  /**
   * Held-out events were asked.
   *
   * @param share of the training that is done, from 0 to 1
   * @param epoch passes over the data
   * @param meanSquare error of normalized variables
   */
  void judged(double share, double epoch, double meanSquare);
}
