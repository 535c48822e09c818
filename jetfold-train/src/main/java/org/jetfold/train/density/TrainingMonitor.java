package org.jetfold.train.density;

/** Follows a training. Called on the thread that trains. */
public interface TrainingMonitor {
  /** A monitor that does nothing. */
  TrainingMonitor NONE =
      new TrainingMonitor() {
        @Override
        public void begins(Plan plan) {}

        @Override
        public void progress(double share, double bits, double secondsLeft) {}

        @Override
        public void rounds() {}
      };

  /**
   * What is trained.
   *
   * @param sample the data
   * @param columns the number of columns of the model
   * @param trainingRows rows of the training set
   * @param validationRows rows of the validation set
   * @param hidden units of each hidden layer
   * @param components logistic distributions of each mixture
   * @param weights the number of weights
   * @param staticBits bits per row of the validation set with the columns' own distributions
   * @param resumedAt the share of the training that a checkpoint has done; 0 without one
   */
  record Plan(
      TrainingSample sample,
      int columns,
      int trainingRows,
      int validationRows,
      int hidden,
      int components,
      long weights,
      double staticBits,
      double resumedAt) {}

  /**
   * A short training of one of several collections begins, which estimates what its model saves.
   *
   * @param sample of the collection
   * @param number of the collection, from 1
   * @param of how many there are
   */
  default void estimates(TrainingSample sample, int number, int of) {}

  /** Training begins. */
  void begins(Plan plan);

  /**
   * A step is done.
   *
   * @param share of the training that is done, from 0 to 1
   * @param bits per row of the validation set with the best weights so far
   * @param secondsLeft an upper estimate of the remaining time
   */
  void progress(double share, double bits, double secondsLeft);

  /** The steps are done, and the weights are being rounded. */
  void rounds();
}
