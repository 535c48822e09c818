package org.jetfold.train.autoencoder;

/** Follows the training of an autoencoder. Called on the thread that trains. */
public interface AutoencoderMonitor {
  /**
   * Training begins.
   *
   * @param trainingRows rows of the training set
   * @param validationRows rows of the validation set
   * @param weights the number of weights and biases
   * @param resumedAt the share of the training that a checkpoint has done; 0 without one
   */
  void begins(int trainingRows, int validationRows, long weights, double resumedAt);

  /**
   * A validation is done.
   *
   * @param share of the training that is done, from 0 to 1
   * @param epoch the number of epochs so far
   * @param loss the mean squared error of the normalized variables of the validation set
   */
  void validated(double share, double epoch, double loss);
}
