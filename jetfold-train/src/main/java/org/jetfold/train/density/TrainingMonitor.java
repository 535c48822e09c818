package org.jetfold.train.density;

/** Is told how training goes, on the thread that trains. */
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
   * What will be trained.
   *
   * @param columns the number of columns
   * @param trainingRows rows to learn from
   * @param heldOutRows rows to judge by
   * @param hidden units of each hidden layer
   * @param components distributions a mixture
   * @param weights weights of the network
   * @param staticBits what the columns' own distributions take, in bits a row
   * @param resumedAt the share of training that a checkpoint has done; 0 at a fresh start
   */
  record Plan(
      int columns,
      int trainingRows,
      int heldOutRows,
      int hidden,
      int components,
      long weights,
      double staticBits,
      double resumedAt) {}

  /** Training begins. */
  void begins(Plan plan);

  /**
   * Training goes on.
   *
   * @param share of the training that is done, from 0 to 1
   * @param bits what the model takes now, in bits a row on held-out events
   * @param secondsLeft about how long it will take, at most
   */
  void progress(double share, double bits, double secondsLeft);

  /** All is learned; now it is tried how coarsely the weights can be rounded. */
  void rounds();
}
